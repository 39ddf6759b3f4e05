package resources_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/resources"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

func present() time.Time { return time.Date(2026, time.November, 22, 16, 0, 0, 0, time.UTC) }

// demoCompany is the demo company before a test changes it.
var demoCompany = sandbox.New(sandbox.Options{Now: present})

// world is a company's resources beside its tools.
type world struct {
	*resources.Books
	*tools.Catalog

	asked *tape
}

// tape notes the paths of requests, which may come side by side.
type tape struct {
	next http.RoundTripper

	mu    sync.Mutex
	paths []string
}

func (t *tape) RoundTrip(r *http.Request) (*http.Response, error) {
	t.mu.Lock()
	t.paths = append(t.paths, r.URL.EscapedPath())
	t.mu.Unlock()
	return t.next.RoundTrip(r)
}

// taken returns the paths that were asked for since it was last called.
func (t *tape) taken() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	paths := t.paths
	t.paths = nil
	return paths
}

// open opens the demo company's books. An empty name means the only company.
func open(t *testing.T, name, key, dir string, toolsets ...string) world {
	t.Helper()
	asked := &tape{next: inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}}
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(key), BaseURL: "http://127.0.0.1", Rate: -1, MinorUnits: fisklapi.Hundredths, Now: present,
		Transport: asked,
	})
	if err != nil {
		t.Fatal(err)
	}
	files := export.New(export.Options{Dir: dir, Owner: name + key, Now: time.Now})
	c, err := tools.New(api, tools.Options{Name: name, Exports: files, Now: time.Now, Toolsets: toolsets})
	if err != nil {
		t.Fatal(err)
	}
	return world{resources.New(api, resources.Options{Name: name, Exports: files, Voice: c, Toolsets: toolsets}), c, asked}
}

func text(t *testing.T, p resources.Companies, uri string) string {
	t.Helper()
	contents, failed := p.Read(t.Context(), uri)
	if failed != nil {
		t.Fatalf("%s: %v", uri, failed)
	}
	c, ok := contents.(mcp.TextResourceContents)
	if !ok || c.URI != uri {
		t.Fatalf("%s is %+v", uri, contents)
	}
	return c.Text
}

// TestSameAsTools finds in each resource all that the tool of the same name
// says, and at each link that a tool gives what it said.
func TestSameAsTools(t *testing.T) {
	t.Parallel()
	w := open(t, "", sandbox.KeyOwner, t.TempDir())
	for uri, call := range map[string][2]string{
		"fiskl://accounts":                                           {"list_accounts", `{"all":true}`},
		"fiskl://taxes":                                              {"list_taxes", `{}`},
		"fiskl://date-periods":                                       {"list_date_periods", `{}`},
		"fiskl://clients/Northwind%20Bakery":                         {"get_client", `{"client":"Northwind Bakery"}`},
		"fiskl://invoices/INV-0131":                                  {"get_invoice", `{"invoice":"INV-0131"}`},
		"fiskl://quotes/QUOTE-0001":                                  {"get_quote", `{"quote":"QUOTE-0001"}`},
		"fiskl://products/Design%20work":                             {"get_product", `{"product":"Design work"}`},
		"fiskl://reports/profit_and_loss?period=last%20quarter":      {"get_profit_and_loss", `{"period":"last quarter"}`},
		"fiskl://reports/balance_sheet?end=2026-10-31&basis=cash":    {"get_balance_sheet", `{"as_of":"2026-10-31","basis":"cash"}`},
		"fiskl://reports/receivables_aging":                          {"get_receivables_aging", `{}`},
		"fiskl://reports/tax_report?start=2026-07-01&end=2026-09-30": {"get_tax_report", `{"start":"2026-07-01","end":"2026-09-30"}`},
		"fiskl://reports/financial_ratios":                           {"get_financial_ratios", `{}`},
		"fiskl://reports/general_ledger?period=last%20week":          {"get_general_ledger", `{"period":"last week","all":true}`},
		"fiskl://reports/cash_flow?period=last%20quarter":            {"get_cash_flow", `{"period":"last quarter"}`},
		"fiskl://reports/trial_balance?period=last%20month":          {"get_trial_balance", `{"period":"last month"}`},
	} {
		tool, _ := w.Find(call[0])
		a := w.Call(t.Context(), tool, tools.Request{Args: json.RawMessage(call[1])})
		if a.Err != nil {
			t.Fatal(a.Text)
		}
		got := text(t, resources.Companies{w.Books}, uri)
		said := strings.TrimSuffix(string(a.Structured), "}")
		if !strings.HasPrefix(got, said) || !strings.Contains(got, `"complete":`) || !strings.Contains(got, `currency":"`) && !strings.Contains(got, `"base_currency":"GBP"`) {
			t.Errorf("%s: got %s, want what %s says, a currency and whether it is complete: %s", uri, got, call[0], a.Structured)
		}
		for _, link := range a.Links {
			if again := text(t, resources.Companies{w.Books}, link.URI); !json.Valid([]byte(again)) || len(again) < len(said)*9/10 {
				t.Errorf("%s: got %s, want what %s says, which links to it: %s", link.URI, again, call[0], said)
			}
		}
	}
}

// TestWrong reads what is not there.
func TestWrong(t *testing.T) {
	t.Parallel()
	acme, harbour := open(t, "acme", sandbox.KeyOwner, t.TempDir()), open(t, "harbour", sandbox.KeyInvoiceOnly, t.TempDir())
	several := resources.Companies{acme.Books, harbour.Books}
	for uri, want := range map[string]struct {
		kind resources.Kind
		says string
	}{
		"fiskl://company":                                                      {resources.Invalid, "company is missing; say which with ?company=: acme, harbour."},
		"fiskl://company?company=finch":                                        {resources.NotFound, `there is no company "finch"; say which: acme, harbour.`},
		"fiskl://company?company=acme&company=harbour":                         {resources.Invalid, "company is given twice"},
		"fiskl://invoices/99999?company=acme":                                  {resources.NotFound, `acme: No answer: no invoice is called "99999"`},
		"fiskl://vendors/2051?company=harbour":                                 {resources.Failed, "harbour: No answer: this credential may not do that. It lacks the permission vendor.read"},
		"fiskl://reports/cash_flow?company=harbour":                            {resources.Failed, "report.read"},
		"fiskl://company/7?company=acme":                                       {resources.NotFound, "there is no resource"},
		"fiskl://clients?company=acme":                                         {resources.NotFound, "there is no resource"},
		"fiskl://clients/?company=acme":                                        {resources.NotFound, "there is no resource"},
		"fiskl://clients/a/b?company=acme":                                     {resources.NotFound, "there is no resource"},
		"fiskl://clients/a%2Fb?company=acme":                                   {resources.NotFound, `no client is called "a/b"`},
		"fiskl://clients%2F1035?company=acme":                                  {resources.NotFound, "there is no resource"},
		"fiskl://clients/%5C?company=acme":                                     {resources.NotFound, "there is no resource"},
		"fiskl://clients/%00?company=acme":                                     {resources.NotFound, "there is no resource"},
		"fiskl://clients/%zz?company=acme":                                     {resources.NotFound, "there is no resource"},
		"fiskl://clients/%252e%252e?company=acme":                              {resources.NotFound, "no client is called"},
		"fiskl://clients/1035#notes":                                           {resources.NotFound, "there is no resource"},
		"fiskl://clients/acme?company=acme":                                    {resources.Invalid, `2 clients match "acme": "Acme Ltd" (id 1024`},
		"fiskl://payments/+8610?company=acme":                                  {resources.NotFound, "no such record"},
		"fiskl://exports/..?company=acme":                                      {resources.NotFound, "there is no resource"},
		"fiskl://exports/key?company=acme":                                     {resources.NotFound, "there is no such file"},
		"fiskl://taxes?company=acme&format=csv":                                {resources.Invalid, `"format" is not a parameter of this address`},
		"fiskl://reports/cash_flow?company=acme&period=2026-09-01..2026-09-30": {resources.Invalid, "two days are start and end"},
		"fiskl://reports/cash_flow?company=acme&start=x":                       {resources.Invalid, "start"},
		"FISKL://company":                                                      {resources.NotFound, "there is no resource"},
		strings.Repeat("fiskl://a", 200):                                       {resources.NotFound, "there is no resource"},
		"":                                                                     {resources.NotFound, "there is no resource"},
	} {
		contents, failed := several.Read(t.Context(), uri)
		if failed == nil || failed.Kind != want.kind || !strings.Contains(failed.Message, want.says) || failed.URI != uri {
			t.Errorf("%q: got %+v and %+v, want %+v", uri, contents, failed, want)
		}
	}
}

// TestLong finds that what is cut says so in every form, and how to get at the
// rest.
func TestLong(t *testing.T) {
	t.Parallel()
	p := resources.Companies{open(t, "", sandbox.KeyOwner, "").Books}
	for format, says := range map[string]string{
		"json":     `"complete":false,"next_cursor":"`,
		"markdown": "\n- Complete: false: rows are left out",
		"csv":      "\ncomplete,\"false: rows are left out",
	} {
		got := text(t, p, "fiskl://reports/general_ledger?period=this%20financial%20year&format="+format)
		if len(got) > 40_000 || !strings.Contains(got, says) || !strings.Contains(strings.ReplaceAll(got, `\_`, "_"), "have export_report or export_list write all of them to a file") {
			t.Errorf("%s: got %d bytes that end with %s, want at most 40000, %q and where the rest is", format, len(got), got[max(0, len(got)-400):], says)
		}
	}
}

// TestSlash reads a record whose number has slashes.
func TestSlash(t *testing.T) {
	t.Parallel()
	w := open(t, "", sandbox.KeyOwner, "")
	create, _ := w.Find("create_client")
	if a := w.Call(t.Context(), create, tools.Request{Args: json.RawMessage(`{"name":"Kern 24/7 GmbH"}`)}); a.Err != nil {
		t.Fatal(a.Text)
	}
	if got := text(t, resources.Companies{w.Books}, "fiskl://clients/Kern%2024%2F7%20GmbH"); !strings.Contains(got, `"name":"Kern 24/7 GmbH"`) {
		t.Errorf("got %s, want the client of that name", got)
	}
}

// TestListed finds what is listed, and that nothing of it is out of the books.
func TestListed(t *testing.T) {
	t.Parallel()
	acme, harbour := open(t, "acme", sandbox.KeyOwner, ""), open(t, "harbour", sandbox.KeyOwner, "")
	several := resources.Companies{acme.Books, harbour.Books}
	never := func(*resources.Books, []fisklapi.Operation) bool { return false }
	only := func(b *resources.Books, needs []fisklapi.Operation) bool {
		return b == harbour.Books && slices.Contains(needs, fisklapi.OpListTaxes) || slices.Contains(needs, fisklapi.OpGetClient)
	}
	if l := several.List(never); len(l) != 0 {
		t.Errorf("listed are %v", l)
	}
	l, templates := several.List(only), several.Templates(only)
	if len(l) != 1 || l[0].URI != "fiskl://taxes?company=harbour" || l[0].Name != "taxes of harbour" {
		t.Errorf("listed are %+v", l)
	}
	if len(templates) != 1 || templates[0].URITemplate.Raw() != "fiskl://clients/{id}{?company}" {
		t.Errorf("templates are %+v", templates)
	}
	if n := len(acme.asked.taken()) + len(harbour.asked.taken()); n > 0 {
		t.Errorf("%d requests were made", n)
	}
	some := resources.Companies{open(t, "", sandbox.KeyOwner, "", "context", "quotes").Books}
	always := func(*resources.Books, []fisklapi.Operation) bool { return true }
	if l, templates := some.List(always), some.Templates(always); len(l) != 3 || len(templates) != 1 {
		t.Errorf("of two toolsets are %+v and %+v", l, templates)
	}
	if _, failed := some.Read(t.Context(), "fiskl://invoices/INV-0131"); failed == nil || failed.Kind != resources.NotFound {
		t.Errorf("what is not offered can be read: %v", failed)
	}
}

// broken is a voice that cannot speak.
type broken struct{ resources.Voice }

func (broken) Structured(context.Context, any) (json.RawMessage, error) { panic("secret") }
func (broken) Explain(error) string                                     { return "" }

// TestDefect finds that a panic is told of without its text.
func TestDefect(t *testing.T) {
	t.Parallel()
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(sandbox.KeyOwner), BaseURL: "http://127.0.0.1", Rate: -1,
		Transport: inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})},
	})
	if err != nil {
		t.Fatal(err)
	}
	p := resources.Companies{resources.New(api, resources.Options{Voice: broken{}})}
	_, failed := p.Read(t.Context(), "fiskl://taxes")
	if failed == nil || failed.Kind != resources.Defect || strings.Contains(failed.Message, "secret") || errors.Unwrap(failed) == nil {
		t.Errorf("got %+v, want a defect that does not show its cause", failed)
	}
}

// TestPaths finds that no address, however odd, makes a request to a path that
// is not one of a list, or of a record by its id.
func TestPaths(t *testing.T) {
	t.Parallel()
	w := open(t, "", sandbox.KeyOwner, "")
	p := resources.Companies{w.Books}
	whole := regexp.MustCompile(`^/v1/(company|taxes|clients|vendors|invoices|quotes|payments|products)(/[A-Za-z0-9_.:-]*[A-Za-z0-9][A-Za-z0-9_.:-]*)?$`) // ids are opaque
	rapid.Check(t, func(rt *rapid.T) {
		w.asked.taken()
		folder := rapid.SampledFrom([]string{"clients", "vendors", "invoices", "quotes", "payments", "products"}).Draw(rt, "folder")
		part := rapid.OneOf(rapid.String(), rapid.StringMatching(`(\.|%2[eEfF]|%5[cC]|/|[0-9]|\?|%25|%00|;|&|=){1,12}`))
		_, failed := p.Read(t.Context(), "fiskl://"+folder+"/"+part.Draw(rt, "id"))
		if failed != nil && failed.Kind == resources.Defect {
			rt.Fatalf("a defect: %v", errors.Unwrap(failed))
		}
		for _, path := range w.asked.taken() {
			if !whole.MatchString(path) {
				rt.Fatalf("asked %s", path)
			}
		}
	})
}
