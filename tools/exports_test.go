package tools_test

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tiktoken-go/tokenizer"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// exported makes an export that must succeed, and reads the file back.
func exported(t *testing.T, c *tools.Catalog, files *export.Store, name, args string) (schemas.Export, [][]string) {
	t.Helper()
	out := read[schemas.Export](t, c, name, args)
	f, b, err := files.Open(path.Base(out.Resource))
	if err != nil || f.Size != out.Size {
		t.Fatalf("%s: %+v, error %v", out.Resource, f, err)
	}
	if out.Form != schemas.FormCSV {
		return out, nil
	}
	r := csv.NewReader(strings.NewReader(string(b)))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out, rows
}

func filed(t *testing.T, r http.RoundTripper, now func() time.Time) (*tools.Catalog, *export.Store) {
	t.Helper()
	files := export.New(export.Options{Dir: t.TempDir(), Owner: "a", Now: time.Now})
	return wired(t, r, sandbox.KeyOwner, "", tools.Options{Exports: files, Now: now}), files
}

// TestExports finds in files what the tools of the same name say.
func TestExports(t *testing.T) {
	t.Parallel()
	c, files := filed(t, inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}, present)
	list := read[schemas.InvoiceList](t, c, "list_invoices", `{"status":"unpaid","all":true}`)
	out, rows := exported(t, c, files, "export_list", `{"list":"invoices","status":"unpaid","format":"csv"}`)
	if len(rows) != 1+list.Count || out.Count != list.Count || !out.Complete || rows[1][1] != list.Rows[0].Number || rows[1][8] != string(list.Rows[0].Total) {
		t.Errorf("got %+v and %q, want %d rows", out, rows[:2], list.Count)
	}
	for i, sum := range list.Sums {
		if out.Sums[i] != sum {
			t.Errorf("the sums are %+v, want %+v", out.Sums, list.Sums)
		}
	}
	for _, name := range []string{"clients", "vendors", "quotes", "payments", "products", "taxes", "accounts"} {
		if out, rows := exported(t, c, files, "export_list", `{"list":"`+name+`","format":"csv"}`); out.Count < 3 || len(rows) != out.Count+1 || !out.Complete {
			t.Errorf("%s: %+v with %d rows", name, out, len(rows))
		}
	}
	if out, rows = exported(t, c, files, "export_report", `{"report":"statement_of_account","client":"Cascade","format":"csv"}`); out.Currency != "" || rows[2][9] != "USD" {
		t.Errorf("got %+v and %q, want the currency of the statement and no other", out, rows[2])
	}
	ledger := read[schemas.Ledger](t, c, "get_general_ledger", `{"period":"last quarter","all":true}`)
	out, _ = exported(t, c, files, "export_report", `{"report":"general_ledger","period":"last quarter"}`)
	if out.Currency != "GBP" || out.Start != "2026-07-01" || !out.Complete || out.Count < ledger.Count {
		t.Errorf("got %+v, want at least %d rows", out, ledger.Count)
	}
}

// TestExportsDetail finds each document in files of the reports that have them,
// and the last day of a period in those of one day.
func TestExportsDetail(t *testing.T) {
	t.Parallel()
	c, files := filed(t, inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}, present)
	for args, number := range map[string]string{
		`{"report":"tax_report","period":"last quarter","format":"csv"}`: "INV-0119",
		`{"report":"receivables_aging","format":"csv"}`:                  "INV-0131",
		`{"report":"payables_aging","format":"csv"}`:                     "TPW-20417",
	} {
		_, rows := exported(t, c, files, "export_report", args)
		if !slices.ContainsFunc(rows, func(row []string) bool { return slices.Contains(row, number) }) {
			t.Errorf("%s: %s is not in %q", args, number, rows)
		}
	}
	out, _ := exported(t, c, files, "export_report", `{"report":"balance_sheet","period":"2026-07-01..2026-09-30"}`)
	if named, _ := exported(t, c, files, "export_report", `{"report":"balance_sheet","period":"last quarter"}`); out.AsOf != "2026-09-30" || out.AsOf != named.AsOf || out.Totals[0] != named.Totals[0] {
		t.Errorf("got %+v, want %+v", out, named)
	}
}

// TestExportsNames finds reports and lists by their names however they are
// written, also as that of the tool.
func TestExportsNames(t *testing.T) {
	t.Parallel()
	c, files := filed(t, inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}, present)
	for args, of := range map[string]string{
		`{"report":"Profit and Loss"}`: "profit and loss", `{"report":" get_trial_balance"}`: "trial balance", `{"report":"tax-report"}`: "tax report",
		`{"list":"Taxes"}`: "Taxes", `{"list":"list_vendors"}`: "Vendors",
	} {
		name := "export_list"
		if strings.Contains(args, `"report"`) {
			name = "export_report"
		}
		if out, _ := exported(t, c, files, name, args); out.Of != of {
			t.Errorf("%s exports %s", args, out.Of)
		}
	}
}

// TestExportsNothing exports a report that has nothing to say.
func TestExportsNothing(t *testing.T) {
	t.Parallel()
	c, files := filed(t, inprocess.Transport{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		body := `{"name":"Tax Report","currency":"GBP","start":"2026-07-01","end":"2026-09-30","basis":"Accrual","agencies":[]}`
		if strings.HasSuffix(r.URL.Path, "/company") {
			body = `{"id":811,"name":"Acme","currency":"GBP"}`
		}
		_, _ = io.WriteString(w, body)
	})}, present)
	for _, form := range []string{"csv", "xlsx"} {
		out, _ := exported(t, c, files, "export_report", `{"report":"tax_report","period":"2026-07-01..2026-09-30","format":"`+form+`"}`)
		if out.Count != 0 || !out.Complete || len(out.Columns) < 5 {
			t.Errorf("got %+v", out)
		}
	}
}

// TestExportsRefused finds what cannot be exported, and whether the answer says
// what could.
func TestExportsRefused(t *testing.T) {
	t.Parallel()
	c, _ := filed(t, inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}, present)
	for args, says := range map[string]string{
		`{"list":"journals"}`:                                   "there are: invoices, clients",
		`{"list":"invoices","status":"lost"}`:                   `"lost" is none of draft, sent`,
		`{"list":"clients","status":"overdue"}`:                 "clients have none",
		`{"list":"taxes","period":"last month"}`:                "taxes have none",
		`{"list":"vendors","client":"Acme Ltd"}`:                "vendors are not of one client",
		`{"list":"invoices","client":"acme"}`:                   `2 clients match "acme"`,
		`{"list":"invoices","period":"2026-02-30..2026-03-01"}`: "not a date",
		`{"list":"invoices","format":"pdf"}`:                    "format must be one of: xlsx, csv",
		`{"report":"cats"}`:                                     "there are: profit_and_loss",
		`{"report":"statement_of_account"}`:                     "client is missing",
		`{"report":"cash_flow","basis":"cash"}`:                 "knows none",
	} {
		name := "export_list"
		if strings.Contains(args, `"report"`) {
			name = "export_report"
		}
		if a := call(t, c, name, args); a.Err == nil || !strings.Contains(a.Text, says) || len(a.Links) > 0 {
			t.Errorf("%s: got %s, want %s", args, a.Text, says)
		}
	}
	bare := with(t, inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}, sandbox.KeyOwner,
		tools.Options{Exports: export.New(export.Options{Now: present})})
	if a := call(t, bare, "export_list", `{"list":"taxes"}`); a.Err == nil || a.Text != "No answer: there is no folder to keep the file in. Set FISKL_STATE_DIR." {
		t.Errorf("without a folder: %s", a.Text)
	}
}

// slow is a clock on which every look takes a while.
type slow struct {
	mu   sync.Mutex
	now  time.Time
	step time.Duration
}

func (s *slow) read() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(s.step)
	return s.now
}

// TestMillion exports lists that have no end: the file stops, and says so.
func TestMillion(t *testing.T) {
	t.Parallel()
	endless := inprocess.Transport{Handler: short{1_000_000}}
	for name, c := range map[string]struct {
		step time.Duration
		most int
		says string
	}{
		"many rows": {0, 100_000, "a file holds 100000 rows at most"},
		"slow":      {time.Second, 60_000, "reading them took longer than 45 seconds"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.step == 0 {
				slowtest.Only(t)
			}
			clock := &slow{now: present(), step: c.step}
			catalog, files := filed(t, endless, clock.read)
			out, rows := exported(t, catalog, files, "export_list", `{"list":"invoices","format":"csv"}`)
			if out.Complete || out.Count == 0 || out.Count > c.most || !strings.Contains(out.Missing, c.says) || !strings.Contains(out.Missing, "NOT in the file") {
				t.Errorf("got %+v", out)
			}
			if rows[1][1] != "'=1+1" {
				t.Errorf("a formula is written as %q", rows[1][1])
			}
			if last := rows[len(rows)-1]; len(rows) != 1+out.Count || len(last) != len(rows[0]) {
				t.Errorf("the file has %d rows, of which the last is %q, want %d of its kind alone", len(rows), last, out.Count)
			}
			if a := call(t, catalog, "export_list", `{"list":"taxes"}`); c.step == 0 && a.Err != nil {
				t.Errorf("afterwards: %s", a.Text)
			}
		})
	}
}

// short is an upstream with many short invoices.
type short struct{ records int }

func (u short) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch r.URL.Path {
	case "/v1/company":
		_, _ = io.WriteString(w, `{"id":1,"name":"=Acme","currency":"GBP","timeZone":"Europe/London"}`)
	case "/v1/invoices":
		_, _ = io.WriteString(w, shortPage(u.records, r.URL.Query()))
	default:
		_, _ = io.WriteString(w, `[]`)
	}
}

func shortPage(records int, query url.Values) string {
	var number, size int
	_ = json.Unmarshal([]byte(query.Get("page")), &number)
	_ = json.Unmarshal([]byte(query.Get("size")), &size)
	type invoice struct {
		ID       int    `json:"id,string"`
		Number   string `json:"number"`
		Status   string `json:"status"`
		ClientID int    `json:"clientId"`
		Client   string `json:"clientName"`
		Dated    string `json:"invoiceDate"`
		Due      string `json:"dueDate"`
		Currency string `json:"currency"`
		Total    int    `json:"total"`
		Paid     int    `json:"paid"`
		Unpaid   int    `json:"outstanding"`
	}
	rows := []invoice{}
	for id := number*size + 1; id <= min(records, (number+1)*size); id++ {
		rows = append(rows, invoice{id, "=1+1", "Sent", 9, "Acme", "2026-10-01", "2026-12-01", "GBP", 100, 0, 100})
	}
	b, err := json.Marshal(rows)
	if err != nil {
		return "[]"
	}
	return string(b)
}

// TestLinks finds which answers link what they are of, and what that costs.
func TestLinks(t *testing.T) {
	t.Parallel()
	enc, err := tokenizer.Get(tokenizer.O200kBase)
	if err != nil {
		t.Fatal(err)
	}
	const maxTokens = 55
	b := newBox(t, sandbox.KeyOwner)
	for step, want := range map[[2]string][]string{
		{"get_invoice", `{"invoice":"INV-0131"}`}:                            {"fiskl://invoices/5211"},
		{"get_client", `{"client":"Northwind Bakery"}`}:                      {"fiskl://clients/1035"},
		{"list_clients", `{"search":"acme"}`}:                                {"fiskl://clients/1024", "fiskl://clients/1090"},
		{"list_clients", `{}`}:                                               nil,
		{"get_context", `{}`}:                                                nil,
		{"get_balance_sheet", `{"as_of":"2026-10-31","basis":"cash"}`}:       {"fiskl://reports/balance_sheet?basis=cash&end=2026-10-31"},
		{"get_profit_and_loss", `{"start":"2026-07-01","end":"2026-09-30"}`}: {"fiskl://reports/profit_and_loss?end=2026-09-30&start=2026-07-01"},
		{"get_profit_and_loss", `{"period":"last quarter","compare":1}`}:     nil,
		{"get_statement_of_account", `{"client":"Northwind Bakery"}`}:        nil,
		{"create_client", `{"name":"Quayside Cycles"}`}:                      nil,
	} {
		a := call(t, b.Catalog, step[0], step[1])
		if a.Err != nil {
			t.Fatal(a.Text)
		}
		var got []string
		for _, link := range a.Links {
			got = append(got, link.URI)
			text, err := json.Marshal(link)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := enc.Count(string(text)); err != nil || n > maxTokens {
				t.Errorf("%s costs %d tokens, error %v", text, n, err)
			}
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%v links %v, want %v", step, got, want)
		}
	}
}
