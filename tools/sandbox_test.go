package tools_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// present is the moment the sandboxes of these tests live in.
func present() time.Time { return time.Date(2026, time.November, 22, 16, 0, 0, 0, time.UTC) }

// demoCompany is the demo company before a test changes it.
var demoCompany = sandbox.New(sandbox.Options{Now: present})

// box is a catalogue that works on a sandbox of its own.
type box struct {
	*tools.Catalog

	inside *sandbox.Server
	road   *road
}

func newBox(t *testing.T, key string) box {
	t.Helper()
	inside := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
	r := &road{next: inprocess.Transport{Handler: inside}}
	return box{Catalog: on(t, r, key), inside: inside, road: r}
}

// on returns a catalogue whose requests take a road. Nobody is asked to
// confirm anything.
func on(t *testing.T, r http.RoundTripper, key string) *tools.Catalog {
	t.Helper()
	return with(t, r, key, tools.Options{Mode: "sandbox", Confirm: tools.ConfirmOff})
}

func with(t *testing.T, r http.RoundTripper, key string, o tools.Options) *tools.Catalog {
	t.Helper()
	o.Now = present
	return wired(t, r, key, "", o)
}

// wired returns a catalogue with controls that keep their journal in a folder,
// or in memory.
func wired(tb testing.TB, r http.RoundTripper, key, folder string, o tools.Options) *tools.Catalog {
	tb.Helper()
	var api *fisklapi.Client
	o.Policy = writepolicy.New(writepolicy.Options{
		Dir: folder, Limits: writepolicy.Unlimited(), DryRun: o.DryRun, Logger: slog.New(slog.DiscardHandler), Now: o.Now,
		Company: func(context.Context) (writepolicy.Company, error) {
			return writepolicy.Company{Key: "demo", Name: "Demo", Zone: time.UTC}, nil
		},
		LookBack: func(ctx context.Context, w fisklapi.Write, begun time.Time) (fisklapi.Result, error) {
			return api.LookBack(ctx, w, begun)
		},
	})
	tb.Cleanup(func() {
		if err := o.Policy.Close(); err != nil {
			tb.Error(err)
		}
	})
	if o.Exports == nil {
		o.Exports = export.New(export.Options{Dir: tb.TempDir(), Owner: key, Now: present})
	}
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(key), BaseURL: "http://127.0.0.1", Transport: r, Rate: -1,
		MinorUnits: fisklapi.Hundredths, Now: o.Now, ReadOnly: o.ReadOnly, Guard: o.Policy.Guard,
	})
	if err != nil {
		tb.Fatal(err)
	}
	c, err := tools.New(api, o)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// call carries a tool out.
func call(t *testing.T, c *tools.Catalog, name, args string) tools.Answer {
	t.Helper()
	tool, ok := c.Find(name)
	if !ok {
		t.Fatalf("there is no tool %s", name)
	}
	return c.Call(t.Context(), tool, tools.Request{Args: json.RawMessage(args)})
}

// deny makes every request fail that needs a permission, as it would for a key
// that lacks it.
func (b box) deny(permission string) {
	for _, e := range fisklapi.Endpoints() {
		if e.Permission == permission {
			b.inside.Inject(sandbox.Fault{
				Method: e.Method, Path: strings.NewReplacer("{id}", "[0-9]*", "{type}", "*").Replace(e.Path), Status: http.StatusForbidden, Times: -1,
			})
		}
	}
}

// road notes which operations are asked for.
type road struct {
	next http.RoundTripper

	mu   sync.Mutex
	seen []fisklapi.Operation
}

func (r *road) RoundTrip(req *http.Request) (*http.Response, error) {
	i := slices.IndexFunc(fisklapi.Endpoints(), func(e fisklapi.Endpoint) bool {
		return e.Method == req.Method && fits(e.Path, req.URL.Path)
	})
	r.mu.Lock()
	if i >= 0 {
		r.seen = append(r.seen, fisklapi.Endpoints()[i].Operation)
	}
	r.mu.Unlock()
	return r.next.RoundTrip(req)
}

// fits reports that a path is of the form of a template. A fixed segment wins
// over an id because ids are numbers.
func fits(template, path string) bool {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, got, func(w, g string) bool {
		return w == g || w == "{type}" || w == "{id}" && (strings.Trim(g, "0123456789") == "" || strings.HasPrefix(g, "00000000-"))
	})
}

// asked returns the operations asked for so far.
func (r *road) asked() []fisklapi.Operation {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.seen)
}

// written returns the operations asked for so far that change something.
func (r *road) written() []fisklapi.Operation {
	return slices.DeleteFunc(r.asked(), func(op fisklapi.Operation) bool {
		return op == fisklapi.OpPreviewInvoice || slices.ContainsFunc(fisklapi.Endpoints(), func(e fisklapi.Endpoint) bool {
			return e.Operation == op && e.Method == http.MethodGet
		})
	})
}

// permissions are what the operations asked for need.
func (r *road) permissions() []string {
	needed := make(map[string]bool)
	for _, e := range fisklapi.Endpoints() {
		if e.Permission != "" && slices.Contains(r.asked(), e.Operation) {
			needed[e.Permission] = true
		}
	}
	return slices.Sorted(maps.Keys(needed))
}

// calls gives every tool arguments that the sandbox carries out. Records are
// named by id, so that no look-up by name is needed; arguments fills them in.
func calls() map[string]string {
	const items = `"items":[{"name":"Hours","quantity":"7.5","price":"95.00","unit":"hour","taxes":["$tax"]}]`
	return map[string]string{
		"export_report":            `{"report":"profit_and_loss","period":"last quarter","format":"csv"}`,
		"export_list":              `{"list":"payments","period":"last quarter"}`,
		"get_profit_and_loss":      `{"period":"last financial year","compare":1}`,
		"get_balance_sheet":        `{"compare":1}`,
		"get_trial_balance":        `{"as_of":"2026-10-31"}`,
		"get_cash_flow":            `{"period":"last quarter","compare":2}`,
		"get_financial_ratios":     `{}`,
		"get_receivables_aging":    `{"detail":true}`,
		"get_payables_aging":       `{"detail":true}`,
		"get_general_ledger":       `{"period":"last month"}`,
		"get_transaction_detail":   `{"period":"last week","basis":"accrual"}`,
		"get_statement_of_account": `{"client":"$client"}`,
		"get_tax_report":           `{"period":"last quarter","detail":true}`,
		"list_accounts":            `{"search":"bank"}`,
		"compare_periods":          `{"period":"2026-09-01..2026-09-30","against":"2026-08-01..2026-08-31"}`,
		"review_books":             `{"start":"2026-10-01","end":"2026-10-31","signed_off":"2026-11-05"}`,
		"trace_figure":             `{"account":"5040","start":"2026-09-01","end":"2026-09-30"}`,
		"get_top_clients":          `{"by":"outstanding"}`,
		"get_invoice_totals":       `{}`,
		"get_payment_speed":        `{}`,
		"get_record_history":       `{"record_type":"client","record":"$client"}`,
		"list_changes":             `{"period":"last month","limit":10}`,
		"list_agent_actions":       `{"limit":10}`,
		"get_context":              `{}`,
		"list_date_periods":        `{}`,
		"request_feature":          `{"title":"Partial credit notes","description":"Crediting one line."}`,
		"list_clients":             `{}`,
		"get_client":               `{"client":"$client"}`,
		"create_client":            `{"name":"Quayside Cycles","cc":["a@b.example","c@d.example"]}`,
		"update_client":            `{"client":"$client","notes":"Asks for \"receipts\", twice."}`,
		"list_vendors":             `{}`,
		"get_vendor":               `{"vendor":"$vendor"}`,
		"create_vendor":            `{"name":"Spoke & Sons","registration_number":"0042"}`,
		"update_vendor":            `{"vendor":"$vendor","phone":"+44 20 7946 0000"}`,
		"list_invoices":            `{"status":"overdue"}`,
		"get_invoice":              `{"invoice":"$draft"}`,
		"preview_invoice":          `{"client":"$client",` + items + `}`,
		"create_invoice":           `{"client":"$client","notes":"Thank you.",` + items + `}`,
		"update_invoice":           `{"invoice":"$draft","notes":"Thank you."}`,
		"send_invoice":             `{"invoice":"$draft"}`,
		"mark_invoice_paid":        `{"invoice":"$sent"}`,
		"list_quotes":              `{}`,
		"get_quote":                `{"quote":"$quote"}`,
		"list_payments":            `{"period":"this year","limit":5}`,
		"get_payment":              `{"payment":"$payment"}`,
		"record_payment":           `{"invoice":"$sent","amount":"100.00","method":"Bank Transfer","notes":"First part"}`,
		"list_products":            `{}`,
		"get_product":              `{"product":"$product"}`,
		"create_product":           `{"name":"Wheel truing","type":"service","price":"45.50","currency":"GBP"}`,
		"update_product":           `{"product":"$product","price":"48.00"}`,
		"list_taxes":               `{}`,
		"get_tax":                  `{"tax":"$tax"}`,
	}
}

// arguments of a tool, which a new one has to be given here.
func arguments(t *testing.T, name string) string {
	t.Helper()
	args, ok := calls()[name]
	if !ok {
		t.Fatalf("calls has no arguments for %s", name)
	}
	for word, from := range map[string][2]string{
		"$draft":   {"list_invoices", `{"status":"draft","client":"Northwind Bakery"}`},
		"$sent":    {"list_invoices", `{"status":"sent"}`},
		"$quote":   {"list_quotes", `{"status":"converted"}`},
		"$payment": {"list_payments", `{}`},
		"$client":  {"list_clients", `{"search":"Blue Heron Hotels"}`},
		"$vendor":  {"list_vendors", `{}`},
		"$product": {"list_products", `{}`},
		"$tax":     {"list_taxes", `{}`},
	} {
		if strings.Contains(args, word) {
			args = strings.ReplaceAll(args, word, firstID(t, from[0], from[1]))
		}
	}
	return args
}

// firstID is the id of the first row of a list. Every sandbox of these tests
// holds the same.
func firstID(t *testing.T, tool, args string) string {
	t.Helper()
	var list struct {
		Rows []struct {
			ID json.Number `json:"id"`
		} `json:"rows"`
	}
	a := call(t, newBox(t, sandbox.KeyOwner).Catalog, tool, args)
	if err := json.Unmarshal(a.Structured, &list); err != nil || len(list.Rows) == 0 {
		t.Fatalf("%s: %s", tool, a.Text)
	}
	return list.Rows[0].ID.String()
}
