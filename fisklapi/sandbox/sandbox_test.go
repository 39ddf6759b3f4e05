package sandbox_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// present is the moment the tests live in: a Sunday afternoon in London.
func present() time.Time { return time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC) }

// api calls a sandbox with one key.
type api struct {
	handler http.Handler
	key     string
}

// demoCompany is the demo company before a test changes it.
var demoCompany = sandbox.New(sandbox.Options{Now: present})

func demo() api {
	return api{sandbox.New(sandbox.Options{Now: present, Like: demoCompany}), sandbox.KeyOwner}
}

func empty() api {
	return api{sandbox.New(sandbox.Options{Now: present, Empty: true}), sandbox.KeyOwner}
}

// object is any JSON object.
type object map[string]any

// call sends a request and answers status and body. A nil body sends none.
func (a api) call(t *testing.T, method, target string, body any) (int, []byte) {
	t.Helper()
	var reader io.Reader = http.NoBody
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	default:
		data, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		reader = strings.NewReader(string(data))
	}
	r := httptest.NewRequestWithContext(t.Context(), method, target, reader)
	r.Header.Set("Authorization", "Bearer "+a.key)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, r)
	if w.Header().Get("X-Request-Id") == "" {
		t.Errorf("%s %s: no X-Request-Id", method, target)
	}
	return w.Code, w.Body.Bytes()
}

// want sends a request, expects a status and decodes the answer.
func want[T any](t *testing.T, a api, status int, method, target string, body any) T {
	t.Helper()
	code, data := a.call(t, method, target, body)
	if code != status {
		t.Fatalf("%s %s: got %d, want %d: %s", method, target, code, status, data)
	}
	var out T
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatalf("%s %s: %v in %s", method, target, err, data)
	}
	return out
}

func (a api) get(t *testing.T, target string) object {
	t.Helper()
	return want[object](t, a, http.StatusOK, http.MethodGet, target, nil)
}

func (a api) list(t *testing.T, target string) []object {
	t.Helper()
	return want[[]object](t, a, http.StatusOK, http.MethodGet, target, nil)
}

func (a api) create(t *testing.T, target string, body any) object {
	t.Helper()
	return want[object](t, a, http.StatusCreated, http.MethodPost, target, body)
}

// do posts without a body.
func (a api) do(t *testing.T, target string) object {
	t.Helper()
	return want[object](t, a, http.StatusOK, http.MethodPost, target, nil)
}

// refused expects a 400 whose message holds a text.
func (a api) refused(t *testing.T, method, target string, body any, message string) {
	t.Helper()
	a.fails(t, http.StatusBadRequest, method, target, body, message)
}

func (a api) fails(t *testing.T, status int, method, target string, body any, message string) {
	t.Helper()
	got := want[object](t, a, status, method, target, body)
	if !strings.Contains(got.text("message"), message) {
		t.Errorf("%s %s: got message %q, want %q in it", method, target, got.text("message"), message)
	}
	for _, field := range []string{"timestamp", "error", "path"} {
		if got.text(field) == "" {
			t.Errorf("%s %s: the error body has no %s", method, target, field)
		}
	}
}

func (o object) text(field string) string {
	s, _ := o[field].(string)
	return s
}

func (o object) number(field string) int64 {
	f, _ := o[field].(float64)
	return int64(f)
}

func (o object) equal(t *testing.T, field string, value any) {
	t.Helper()
	got := o[field]
	if n, ok := value.(int); ok {
		value = float64(n)
	}
	if got != value {
		t.Errorf("%s: got %v, want %v", field, got, value)
	}
}

func TestNothingIsBuiltBeforeItIsNeeded(t *testing.T) {
	t.Parallel()
	looks := 0
	a := api{sandbox.New(sandbox.Options{Now: func() time.Time { looks++; return present() }}), sandbox.KeyOwner}
	if got := want[[]string](t, a, http.StatusOK, http.MethodGet, "/v1/me/permissions", nil); len(got) != 79 {
		t.Errorf("got %d permissions, want 79", len(got))
	}
	if looks != 0 {
		t.Errorf("the clock was read %d times before any data was asked for", looks)
	}
	if a.list(t, "/v1/clients"); looks == 0 {
		t.Error("the demo company was built without a look at the clock")
	}
}

func TestQuickStart(t *testing.T) {
	t.Parallel()
	a := demo()
	a.list(t, "/v1/date-periods")
	if got := a.list(t, "/v1/clients?size=25"); len(got) != 12 {
		t.Errorf("got %d clients, want the 12 that are not archived", len(got))
	}
	newest := a.list(t, "/v1/invoices?page=0&size=50&sort=created,desc")
	if len(newest) != 50 || newest[0].text("number") != "INV-0150" {
		t.Errorf("got %d invoices from %v on", len(newest), newest[0]["number"])
	}
	const body = `{"externalId":"order-2026-000123","clientId":1024,"invoiceDate":"2026-03-01","dueDate":"2026-03-31",
		"items":[{"name":"Consulting hours","quantity":10,"price":15000,"unit":"hour"}]}`
	made := a.create(t, "/v1/invoices", body)
	made.equal(t, "number", "INV-0151")
	made.equal(t, "status", "Draft")
	made.equal(t, "total", 150000)
}

func TestLockedPeriodLeavesRoomForTheDocumentedInvoice(t *testing.T) {
	t.Parallel()
	if got := demo().get(t, "/v1/company").text("lockedUntil"); got != "2025-03-31" {
		t.Errorf("got %s, want 2025-03-31", got)
	}
}

func TestEmptyCompany(t *testing.T) {
	t.Parallel()
	a := empty()
	for _, target := range []string{
		"/v1/clients", "/v1/vendors", "/v1/invoices", "/v1/quotes", "/v1/products",
		"/v1/payments?start=2020-01-01&end=2030-01-01",
	} {
		if code, data := a.call(t, http.MethodGet, target, nil); code != http.StatusOK || string(data) != "[]" {
			t.Errorf("%s: got %d %s, want an empty array", target, code, data)
		}
	}
	if got := len(a.list(t, "/v1/taxes")); got != 9 {
		t.Errorf("got %d taxes, want 9", got)
	}
	if got := len(a.list(t, "/v1/accounts?size=100")); got != 100 {
		t.Errorf("got %d accounts on the first page, want it full", got)
	}
}

func TestSameClockAndSeedMakeTheSameCompany(t *testing.T) {
	t.Parallel()
	targets := []string{
		"/v1/clients?includeArchived=true", "/v1/vendors", "/v1/products", "/v1/quotes", "/v1/audit?size=100", "/v1/accounts",
		"/v1/invoices?size=100", "/v1/invoices?size=100&page=1", "/v1/payments?size=100&start=2020-01-01&end=2030-01-01",
	}
	one, two := demo(), demo()
	other := api{sandbox.New(sandbox.Options{Now: present, Seed: 7}), sandbox.KeyOwner}
	differs := false
	for _, target := range targets {
		_, first := one.call(t, http.MethodGet, target, nil)
		_, second := two.call(t, http.MethodGet, target, nil)
		if string(first) != string(second) {
			t.Errorf("%s: two sandboxes with the same clock and seed differ", target)
		}
		_, third := other.call(t, http.MethodGet, target, nil)
		differs = differs || string(first) != string(third)
	}
	if !differs {
		t.Error("another seed changes nothing")
	}
}
