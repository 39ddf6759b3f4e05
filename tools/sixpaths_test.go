package tools_test

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// onlyDocumented is an API that has the paths which Fiskl prints, and answers
// all others as Spring does by itself.
func onlyDocumented(inside http.Handler) http.Handler {
	var there []string
	for _, e := range fisklapi.Endpoints() {
		if e.Documented() {
			there = append(there, e.Method+" "+e.Path)
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(there, r.Method+" "+r.URL.Path) {
			inside.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(map[string]any{"timestamp": present(), "status": 404, "error": "Not Found", "path": r.URL.Path})
	})
}

// sixPaths is a catalogue on an API of which only the printed paths are there.
func sixPaths(t *testing.T) *tools.Catalog {
	t.Helper()
	r := inprocess.Transport{Handler: onlyDocumented(sandbox.New(sandbox.Options{Now: present, Like: demoCompany}))}
	return with(t, r, sandbox.KeyOwner, tools.Options{Mode: "live", Unnamed: func(context.Context) string { return "(the company of key fsk_0123…)" }})
}

// TestSixPathsRead reads all that the printed paths tell.
func TestSixPathsRead(t *testing.T) {
	t.Parallel()
	c := sixPaths(t)
	clients := read[schemas.ClientList](t, c, "list_clients", `{"search":"Blue Heron"}`)
	if len(clients.Rows) != 1 || !clients.Complete {
		t.Fatalf("got %+v", clients)
	}
	id, _ := json.Marshal(clients.Rows[0].ID)
	ref := strings.Trim(string(id), `"`)
	byName := read[schemas.InvoiceList](t, c, "list_invoices", `{"client":"Blue Heron Hotels","all":true}`)
	byID := read[schemas.InvoiceList](t, c, "list_invoices", `{"client":"`+ref+`","all":true}`)
	if len(byName.Rows) == 0 || len(byName.Rows) != len(byID.Rows) || byID.AsOf != "2026-11-22" {
		t.Errorf("got %d invoices by name and %d by id as of %s", len(byName.Rows), len(byID.Rows), byID.AsOf)
	}
	for _, args := range []string{`{"status":"unpaid"}`, `{"status":"draft"}`, `{"period":"last quarter"}`, `{"start":"2026-01-01","end":"2026-06-30"}`} {
		a := call(t, c, "list_invoices", args)
		if a.Err != nil || !strings.Contains(string(a.Structured), `"complete"`) || !strings.Contains(a.Text, "(the company of key fsk_0123…)") || strings.Count(a.Text, "today in UTC") != 1 {
			t.Errorf("%s: got %.400s", args, a.Text)
		}
	}
	if periods := read[schemas.DatePeriods](t, c, "list_date_periods", `{}`); len(periods.Rows) == 0 {
		t.Error("there are no periods")
	}
}

// TestSixPathsWrite previews an invoice and creates it, twice.
func TestSixPathsWrite(t *testing.T) {
	t.Parallel()
	c := sixPaths(t)
	shown := read[schemas.Invoice](t, c, "preview_invoice", `{"client":"Blue Heron Hotels","items":[{"name":"Hours","quantity":"2","price":"50"}]}`)
	if shown.Total != "100.00" || shown.PreviewToken == "" || shown.InvoiceDate != "2026-11-22" || !warned(shown, "today's date in UTC (2026-11-22)") {
		t.Fatalf("got %+v", shown)
	}
	order := `{"preview_token":"` + shown.PreviewToken + `"}`
	made := read[schemas.Invoice](t, c, "create_invoice", order)
	if made.Status != "Draft" || made.AlreadyExisted || made.ExternalID == "" || !warned(made, "today's date in UTC") {
		t.Errorf("got %+v", made)
	}
	again := read[schemas.Invoice](t, c, "create_invoice", order)
	if !again.AlreadyExisted || again.ID != made.ID || again.ExternalID != made.ExternalID {
		t.Errorf("got %+v, want invoice %v again", again, made.ID)
	}
	dated := read[schemas.Invoice](t, c, "create_invoice", `{"client":"Blue Heron Hotels","date":"2026-11-20","items":[{"name":"Hours","quantity":"2","price":"50"}]}`)
	if dated.AlreadyExisted || warned(dated, "UTC") {
		t.Errorf("got %+v", dated)
	}
}

func warned(i schemas.Invoice, says string) bool {
	return slices.ContainsFunc(i.Warnings, func(w string) bool { return strings.Contains(w, says) })
}

// TestSixPathsMissing finds that tools whose path is missing say so, and that
// get_context has those that were found so far.
func TestSixPathsMissing(t *testing.T) {
	t.Parallel()
	c := sixPaths(t)
	for _, test := range [][3]string{
		{"list_vendors", `{}`, "No answer: this API has no GET /v1/vendors. The path is inferred"},
		{"create_vendor", `{"name":"Zed"}`, "Not done, nothing was changed: this API has no POST /v1/vendors. The path is inferred"},
		{"update_client", `{"client":"Blue Heron Hotels","notes":"x"}`, "Not done, nothing was changed: this API has no GET /v1/clients/{id}."},
		{"get_profit_and_loss", `{}`, "No answer: this API has no GET /v1/reports/profit-and-loss."},
		{"get_invoice", `{"invoice":"INV-0001"}`, "No answer: this API has no GET /v1/invoices/{id}."},
		{"get_payment", `{"payment":"7"}`, "No answer: there is no such record, or this credential may not see it, or this API has no GET /v1/payments/{id}"},
	} {
		if a := call(t, c, test[0], test[1]); a.Err == nil || a.Defect || !strings.HasPrefix(a.Text, test[2]) {
			t.Errorf("%s: got %s", test[0], a.Text)
		}
	}
	got := read[schemas.Context](t, c, "get_context", `{}`)
	if got.Today != "2026-11-22" || len(got.Permissions) == 0 || got.DefaultPeriod == "" || len(got.Notes) != 1 || !strings.Contains(got.Notes[0], "today is in UTC") {
		t.Errorf("got %+v", got)
	}
	for reason, tool := range map[string]string{
		"this API has no GET /v1/vendors": "list_vendors", "this API has no GET /v1/clients/{id}": "update_client", "this API has no GET /v1/invoices/{id}": "send_invoice",
	} {
		if !slices.ContainsFunc(got.Hidden, func(h schemas.HiddenTools) bool { return h.Reason == reason && slices.Contains(h.Tools, tool) }) {
			t.Errorf("got %+v, want %s: %s", got.Hidden, reason, tool)
		}
	}
	for _, works := range []string{"list_clients", "list_invoices", "preview_invoice", "create_invoice", "list_date_periods"} {
		if slices.ContainsFunc(got.Hidden, func(h schemas.HiddenTools) bool { return slices.Contains(h.Tools, works) }) {
			t.Errorf("%s works, and is among %+v", works, got.Hidden)
		}
	}
}
