package tools_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// actions reads the journal.
func actions(t *testing.T, d *desk, args string) schemas.ActionList {
	t.Helper()
	a := d.must(t, "list_agent_actions", args)
	d.valid(t, "list_agent_actions", a)
	within(t, a)
	var list schemas.ActionList
	if err := json.Unmarshal(a.Structured, &list); err != nil {
		t.Fatal(err)
	}
	if list.Count != len(list.Rows) || list.Complete != (list.NextCursor == "") || strings.Contains(a.Text, "NOT complete") == list.Complete {
		t.Fatalf("%d rows, count %d, complete %t, cursor %q", len(list.Rows), list.Count, list.Complete, list.NextCursor)
	}
	return list
}

// journalled returns a desk at which clients were created, and their names, newest
// first.
func journalled(t *testing.T, n int, name string) (*desk, []string) {
	t.Helper()
	d := newDesk(t, tools.Options{})
	var names []string
	for i := range n {
		d.clock.move(time.Second)
		names = append(names, fmt.Sprintf(name, i))
		d.must(t, "create_client", plus(t, `{}`, "name", names[i]))
	}
	slices.Reverse(names)
	return d, names
}

// actionPages reads the journal page by page.
func actionPages(t *testing.T, d *desk, args string) (names []string, pages int) {
	t.Helper()
	for next := args; next != ""; {
		list := actions(t, d, next)
		for _, row := range list.Rows {
			names = append(names, row.Record)
		}
		pages++
		next = ""
		if !list.Complete {
			next = plus(t, args, "cursor", list.NextCursor)
		}
	}
	return names, pages
}

// TestActionPages reads the journal in pages of any size, and finds each write
// once, newest first.
func TestActionPages(t *testing.T) {
	t.Parallel()
	d, want := journalled(t, 53, "Client %d")
	for args, most := range map[string]int{`{}`: 25, `{"limit":1}`: 1, `{"limit":7}`: 7, `{"limit":53}`: 53, `{"limit":52}`: 52, `{"limit":200}`: 200, `{"all":true}`: 53, `{"limit":3,"all":true}`: 53} {
		if got, n := actionPages(t, d, args); !slices.Equal(got, want) || n != (len(want)+most-1)/most {
			t.Errorf("%s: %d rows in %d pages", args, len(got), n)
		}
	}
	if got := actions(t, newDesk(t, tools.Options{}), `{}`); got.Count != 0 || !got.Complete {
		t.Errorf("an empty journal is %+v", got)
	}
}

// TestActionPagesStayPut finds that writes between two pages shift nothing.
func TestActionPagesStayPut(t *testing.T) {
	t.Parallel()
	d, want := journalled(t, 10, "Client %d")
	first := actions(t, d, `{"limit":4}`)
	d.must(t, "create_client", `{"name":"Another"}`)
	second := actions(t, d, plus(t, `{"all":true}`, "cursor", first.NextCursor))
	if second.Count != 6 || second.Rows[0].Record != want[4] || !second.Complete {
		t.Errorf("got %+v", second.Rows)
	}
}

// TestActionBudget reads a journal that no answer can hold.
func TestActionBudget(t *testing.T) {
	t.Parallel()
	d, want := journalled(t, slowtest.Times(270, 400), "%03d"+strings.Repeat(" Ümlaut", 7))
	if got, n := actionPages(t, d, `{"all":true}`); !slices.Equal(got, want) || n < 2 {
		t.Errorf("%d rows in %d pages", len(got), n)
	}
}

// TestActionArguments gives arguments that no page has.
func TestActionArguments(t *testing.T) {
	t.Parallel()
	d, _ := journalled(t, 3, "Client %d")
	for args, says := range map[string]string{
		`{"limit":-1}`:                  "limit must be at least 1",
		`{"limit":-1,"all":true}`:       "limit must be at least 1",
		`{"limit":201}`:                 "limit",
		`{"cursor":"x"}`:                "cursor is not one that this server gave, or of an entry that is no longer kept",
		`{"cursor":"0000000000000000"}`: "cursor is not one that this server gave",
	} {
		if a := d.call(t, "list_agent_actions", args); a.Err == nil || a.Defect || !strings.HasPrefix(a.Text, "No answer: ") || !strings.Contains(a.Text, says) {
			t.Errorf("%s: got %.300s", args, a.Text)
		}
	}
	if a := call(t, catalog(t, tools.Options{}), "list_agent_actions", `{}`); a.Err == nil || a.Text != "No answer: this server keeps no journal." {
		t.Errorf("got %s", a.Text)
	}
}

// TestActionOutcomes finds each way in which a write can end.
func TestActionOutcomes(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{Confirm: tools.ConfirmOff})
	const content = `{"client":"1057","items":[{"name":"Hours","quantity":"2","price":"50"}]}`
	made := invoice(t, d.must(t, "create_invoice", content))
	d.must(t, "create_invoice", content)
	d.must(t, "record_payment", `{"invoice":"5253","amount":"100"}`)
	d.inside.Inject(sandbox.Fault{Method: http.MethodPost, Path: "/v1/invoices/*/send", Status: http.StatusUnprocessableEntity})
	if a := d.call(t, "send_invoice", `{"invoice":"5268"}`); a.Err == nil {
		t.Fatal(a.Text)
	}
	d.inside.Inject(sandbox.Fault{Method: http.MethodPost, Path: "/v1/products", Kind: sandbox.CutBefore})
	d.inside.Inject(sandbox.Fault{Method: http.MethodGet, Path: "/v1/products", Status: http.StatusServiceUnavailable, Times: 5})
	if a := d.call(t, "create_product", `{"name":"Wheel truing","type":"service","price":"45.50","currency":"GBP","allow_duplicate":true}`); a.Err == nil || !strings.HasPrefix(a.Text, "Outcome unknown: ") {
		t.Fatal(a.Text)
	}

	sending, listed := make(chan struct{}), make(chan struct{})
	d.meddler.meddle(func(r *http.Request) {
		if r.Method == http.MethodPut {
			close(sending)
			<-listed
		}
	}, nil)
	updated := make(chan tools.Answer)
	go func() { updated <- d.call(t, "update_client", `{"client":"1035","phone":"1"}`) }()
	<-sending
	d.inside.ClearFaults()
	rows := actions(t, d, `{}`).Rows
	close(listed)
	if a := <-updated; a.Err != nil {
		t.Error(a.Text)
	}
	at := "2026-11-22T16:00:00Z"
	want := []schemas.AgentAction{
		{At: at, Tool: "update_client", Record: "Northwind Bakery", RecordID: "1035", Outcome: "under way"},
		{At: at, Tool: "create_product", Record: "Wheel truing", Outcome: "unknown"},
		{At: at, Tool: "send_invoice", Record: "INV-0150", RecordID: "5268", Client: "Northwind Bakery", Amount: "1800.00", Currency: "GBP", Outcome: "not done"},
		{At: at, Tool: "record_payment", Record: "INV-0145", RecordID: "5253", Client: "Blue Heron Hotels", Amount: "100.00", Currency: "GBP", Outcome: "done"},
		{At: at, Tool: "create_invoice", Record: made.Number, RecordID: made.ID, Client: "Blue Heron Hotels", Amount: "100.00", Currency: "GBP", Outcome: "already existed"},
		{At: at, Tool: "create_invoice", Record: made.Number, RecordID: made.ID, Client: "Blue Heron Hotels", Amount: "100.00", Currency: "GBP", Outcome: "done"},
	}
	for i := range rows {
		if noted := rows[i].Note != ""; noted != (rows[i].Outcome == "unknown" || rows[i].Outcome == "not done") {
			t.Errorf("the note of %s is %q", rows[i].Outcome, rows[i].Note)
		}
		rows[i].Note = ""
	}
	if !slices.Equal(rows, want) {
		t.Errorf("got %+v\nwant %+v", rows, want)
	}
	d.clock.move(2 * time.Minute) // whatever was under way has arrived, or never will
	rows = actions(t, d, `{}`).Rows
	if rows[0].Outcome != string(fisklapi.Done) || rows[1].Outcome != string(fisklapi.NotDone) {
		t.Errorf("later it is %+v", rows[:2])
	}
}
