package contract_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// noon is the moment at which every test takes place.
func noon() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) }

// demoCompany is the demo company before a test changes it.
var demoCompany = sandbox.New(sandbox.Options{Now: noon})

// reading counts the operations that change nothing.
func reading() int {
	return len(slices.DeleteFunc(fisklapi.Endpoints(), func(e fisklapi.Endpoint) bool { return e.Method != http.MethodGet }))
}

func client(tb testing.TB, h http.Handler) *fisklapi.Client {
	tb.Helper()
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(sandbox.KeyOwner), BaseURL: "http://127.0.0.1", Transport: inprocess.Transport{Handler: h}, Rate: -1, Now: noon,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return api
}

func ours(tb testing.TB) *contract.Contract {
	tb.Helper()
	c, err := contract.Ours()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// TestSandboxKeepsTheContract finds every operation that reads in the sandbox,
// and nothing that the contract does not say of it.
func TestSandboxKeepsTheContract(t *testing.T) {
	t.Parallel()
	outcomes := ours(t).Probe(t.Context(), client(t, sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})), nil)
	if want := reading(); len(outcomes) != want {
		t.Errorf("%d operations were asked, want the %d that read", len(outcomes), want)
	}
	for _, o := range outcomes {
		if o.Verdict != contract.Kept || !o.Sound() {
			t.Errorf("%+v", o)
		}
	}
}

// another is a sandbox of which one path answers otherwise.
func another(path string, answer func(w http.ResponseWriter, was string)) http.Handler {
	inside := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != path {
			inside.ServeHTTP(w, r)
			return
		}
		recorder := httptest.NewRecorder()
		inside.ServeHTTP(recorder, r)
		w.Header().Set("Content-Type", "application/json")
		answer(w, recorder.Body.String())
	})
}

func says(text string) func(http.ResponseWriter, string) {
	return func(w http.ResponseWriter, _ string) { _, _ = io.WriteString(w, text) }
}

func status(code int) func(http.ResponseWriter, string) {
	return func(w http.ResponseWriter, _ string) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, `{"message": "Acme Ltd owes 5000"}`)
	}
}

// TestProbe finds how an answer differs, by the names of fields alone.
func TestProbe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path   string
		answer func(http.ResponseWriter, string)
		op     fisklapi.Operation
		want   contract.Outcome // the lists and the verdict
		sound  bool
	}{
		"field unknown": {
			"/v1/company", says(`{"id": 1, "name": "Acme Ltd", "currency": "GBP", "vatNumber": "GB123", "vatScheme": {"rate": 5}}`), fisklapi.OpGetCompany,
			contract.Outcome{Verdict: contract.Differs, Unknown: []string{"vatNumber", "vatScheme"}},
			true,
		},
		"field missing": {
			"/v1/company", says(`{"id": 1, "name": null, "base": "GBP"}`), fisklapi.OpGetCompany,
			contract.Outcome{Verdict: contract.Differs, Unknown: []string{"base"}, Missing: []string{"currency", "name"}},
			false,
		},
		"other kinds": {
			"/v1/clients", says(`[{"id": "a-1", "name": "Acme Ltd", "cc": "x@example.com", "archived": 1, "created": "22/11/2026"}]`), fisklapi.OpListClients,
			contract.Outcome{Verdict: contract.Differs, Changed: []string{
				"[].archived is a whole number where the contract has true or false", "[].cc is text where the contract has a list",
				"[].created is not written as a date-time", "[].id is text where the contract has a whole number",
			}},
			false,
		},
		"wrapped": {
			"/v1/clients", func(w http.ResponseWriter, was string) { says(`{"content": `+was+`, "last": true}`)(w, "") }, fisklapi.OpListClients,
			contract.Outcome{Verdict: contract.Differs, Changed: []string{"the answer comes wrapped in content"}},
			false,
		},
		"deep": {
			"/v1/reports/profit-and-loss", func(w http.ResponseWriter, was string) {
				says(strings.Replace(was, `"rows":[{`, `"rows":[{"colour":"red",`, 1))(w, "")
			}, fisklapi.OpGetProfitAndLoss,
			contract.Outcome{Verdict: contract.Differs, Unknown: []string{"sections[].rows[].colour"}},
			true,
		},
		"names of books": {
			"/v1/company", says(`{"id": 1, "name": "a", "currency": "GBP", "Acme Ltd": 5, "4711": {}}`), fisklapi.OpGetCompany,
			contract.Outcome{Verdict: contract.Differs, Unknown: []string{"(a name not shown)"}},
			true,
		},
		"another word": {
			"/v1/company", says(`{"id": 1, "name": "a", "currency": "GBP", "accountingMethod": "Acme"}`), fisklapi.OpGetCompany,
			contract.Outcome{Verdict: contract.Differs, Changed: []string{"accountingMethod holds a word that the contract does not list"}},
			false,
		},
		"moved":      {"/v1/company", status(http.StatusNotFound), fisklapi.OpGetCompany, contract.Outcome{Verdict: contract.Moved}, false},
		"no method":  {"/v1/company", status(http.StatusMethodNotAllowed), fisklapi.OpGetCompany, contract.Outcome{Verdict: contract.Moved}, false},
		"refused":    {"/v1/company", status(http.StatusForbidden), fisklapi.OpGetCompany, contract.Outcome{Verdict: contract.Refused}, true},
		"broken":     {"/v1/company", status(http.StatusInternalServerError), fisklapi.OpGetCompany, contract.Outcome{Verdict: contract.Failed}, false},
		"not JSON":   {"/v1/company", says("Acme Ltd"), fisklapi.OpGetCompany, contract.Outcome{Verdict: contract.Failed}, false},
		"no records": {"/v1/vendors", says("[]"), fisklapi.OpGetVendor, contract.Outcome{Verdict: contract.NotAsked}, true},
		"no periods": {"/v1/date-periods", says("[]"), fisklapi.OpListPayments, contract.Outcome{Verdict: contract.NotAsked}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, o := range ours(t).Probe(t.Context(), client(t, another(c.path, c.answer)), nil) {
				if o.Operation != c.op {
					continue
				}
				if o.Verdict != c.want.Verdict || !slices.Equal(o.Unknown, c.want.Unknown) || !slices.Equal(o.Missing, c.want.Missing) || !slices.Equal(o.Changed, c.want.Changed) || o.Sound() != c.sound {
					t.Errorf("got %+v", o)
				}
				if s := o.Sentence(); s == "" || strings.Contains(s, "Acme") || strings.Contains(s, "GB123") || strings.Contains(s, "5000") {
					t.Errorf("it says %q", s)
				}
			}
		})
	}
}

// TestProbeAllowed finds that what the credential may not read is not asked.
func TestProbeAllowed(t *testing.T) {
	t.Parallel()
	for _, o := range ours(t).Probe(t.Context(), client(t, sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})), []string{"client.read"}) {
		free := o.Operation == fisklapi.OpListClients || o.Operation == fisklapi.OpGetClient || o.Operation == fisklapi.OpListDatePeriods || o.Operation == fisklapi.OpGetPermissions
		if free && o.Verdict != contract.Kept || !free && (o.Verdict != contract.NotAsked || !strings.HasPrefix(o.Why, "the credential lacks ")) {
			t.Errorf("got %+v", o)
		}
	}
}

// TestProbeEnds finds that a probe ends when its time is over, whatever is still
// unanswered.
func TestProbeEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	hang := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	for _, o := range ours(t).Probe(ctx, client(t, hang), nil) {
		if o.Verdict != contract.Failed && o.Verdict != contract.NotAsked {
			t.Errorf("got %+v", o)
		}
	}
}
