package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// lists are what tells two companies apart.
func lists() []string {
	return []string{
		"/v1/company", "/v1/clients", "/v1/vendors", "/v1/products", "/v1/taxes", "/v1/quotes", "/v1/invoices?size=100&sort=created,desc",
		"/v1/payments?startDate=2026-01-01&endDate=2026-12-31", "/v1/accounts", "/v1/audit",
		"/v1/reports/trial-balance?date=2026-11-22", "/v1/reports/balance-sheet?date=2026-11-22",
	}
}

// holds are the answers to all lists.
func (a api) holds(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, path := range lists() {
		_, body := a.call(t, http.MethodGet, path, nil)
		all[path] = string(body)
	}
	return all
}

func TestCopyGoesItsOwnWay(t *testing.T) {
	t.Parallel()
	inside := sandbox.New(sandbox.Options{Now: present})
	original := api{inside, sandbox.KeyOwner}
	copied := func() api { return api{sandbox.New(sandbox.Options{Now: present, Like: inside}), sandbox.KeyOwner} }
	first, second := copied(), copied()
	before := api{sandbox.New(sandbox.Options{Now: present}), sandbox.KeyOwner}.holds(t)
	for path, body := range second.holds(t) {
		if body != before[path] {
			t.Errorf("%s of a copy is not what a new sandbox has", path)
		}
	}
	work := func(a api) {
		a.create(t, "/v1/clients", `{"name":"Quayside Cycles"}`)
		a.create(t, "/v1/invoices", `{"clientId":1024,"items":[{"name":"Hours","quantity":1,"price":5000}]}`)
		a.call(t, http.MethodPost, "/v1/invoices/5253/mark-paid", nil)
		a.call(t, http.MethodPut, "/v1/clients/1024", `{"name":"Renamed"}`)
	}
	work(first)
	for name, a := range map[string]api{"the original": original, "the other copy": second} {
		for path, body := range a.holds(t) {
			if body != before[path] {
				t.Errorf("%s of %s has changed", path, name)
			}
		}
	}
	fresh := api{sandbox.New(sandbox.Options{Now: present}), sandbox.KeyOwner}
	work(fresh)
	after := fresh.holds(t)
	work(original)
	for name, a := range map[string]api{"the copy": first, "the original": original} {
		for path, body := range a.holds(t) {
			if body != after[path] {
				t.Errorf("%s of %s is not what a new sandbox has", path, name)
			}
		}
	}
	if after["/v1/invoices?size=100&sort=created,desc"] == before["/v1/invoices?size=100&sort=created,desc"] {
		t.Error("nothing was changed")
	}
}

// What a test pays for a company of its own.
func BenchmarkLike(b *testing.B) {
	a := demo()
	for b.Loop() {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/v1/company", http.NoBody)
		r.Header.Set("Authorization", "Bearer "+a.key)
		demo().handler.ServeHTTP(w, r)
	}
}
