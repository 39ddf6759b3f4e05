package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

func TestWrongPathsAndMethods(t *testing.T) {
	t.Parallel()
	a := empty()
	a.fails(t, http.StatusNotFound, http.MethodGet, "/v1/nothing", nil, "/v1/nothing")
	a.fails(t, http.StatusNotFound, http.MethodGet, "/", nil, "No endpoint")
	a.fails(t, http.StatusMethodNotAllowed, http.MethodDelete, "/v1/clients/1024", nil, "'DELETE' is not supported")
	a.fails(t, http.StatusNotFound, http.MethodGet, "/v1/clients/1", nil, "Client with id 1")
	a.refused(t, http.MethodGet, "/v1/clients/abc", nil, "whole number")
	a.refused(t, http.MethodGet, "/v1/invoices?clientId=abc", nil, "clientId")
	a.refused(t, http.MethodGet, "/v1/clients?includeArchived=perhaps", nil, "includeArchived")
}

func TestBodies(t *testing.T) {
	t.Parallel()
	a := demo()
	for _, tt := range []struct{ target, body, message string }{
		{"/v1/clients", "", "missing"},
		{"/v1/clients", "{", "JSON parse error"},
		{"/v1/clients", "[]", "wrong type"},
		{"/v1/clients", `{"name":7}`, "name"},
		{"/v1/clients", `{"name":"X","cc":"a@b.example"}`, "cc"},
		{"/v1/invoices", `{"clientId":"1024"}`, "clientId"},
		{"/v1/invoices", `{"clientId":1024,"items":[{"name":"x","quantity":"1","price":1}]}`, "items.quantity"},
		{"/v1/invoices", `{"clientId":1024,"items":[{"name":"x","quantity":1e99,"price":1}]}`, "items.quantity"},
		{"/v1/invoices", `{"clientId":1024,"items":[{"name":"x","quantity":1,"price":1.5}]}`, "items.price"},
		{"/v1/invoices", `{"clientId":1024,"items":[{"name":"x","quantity":1,"price":"1.50"}]}`, "items.price"},
		{"/v1/payments", `{"invoiceId":4821,"amount":"500"}`, "amount"},
		{"/v1/feature-requests", `{"title":" "}`, "title"},
	} {
		a.refused(t, http.MethodPost, tt.target, tt.body, tt.message)
	}
	large := `{"name":"` + strings.Repeat("x", 1<<20) + `"}`
	a.fails(t, http.StatusRequestEntityTooLarge, http.MethodPost, "/v1/clients", large, "larger")
	made := a.create(t, "/v1/clients", `{"name":"Tolerated","unknown":{"a":1}}`)
	made.equal(t, "country", "GB")
	made.equal(t, "currency", "GBP")
}

func TestFormBodiesAreNotTaken(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/clients", strings.NewReader("name=x"))
	r.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	empty().handler.ServeHTTP(w, r)
	if w.Code != http.StatusUnsupportedMediaType {
		t.Errorf("got %d, want 415", w.Code)
	}
}

func TestPaging(t *testing.T) {
	t.Parallel()
	a := demo()
	if got := len(a.list(t, "/v1/invoices")); got != 20 {
		t.Errorf("default size: got %d, want 20", got)
	}
	if got := len(a.list(t, "/v1/invoices?size=1000")); got != 100 {
		t.Errorf("largest size: got %d, want 100", got)
	}
	seen := map[int64]bool{}
	for page, rows := 0, 40; rows == 40; page++ {
		list := a.list(t, "/v1/invoices?size=40&page="+string(rune('0'+page)))
		for _, row := range list {
			seen[row.number("id")] = true
			if _, has := row["items"]; has {
				t.Errorf("%v: a list row has lines", row["number"])
			}
		}
		rows = len(list)
	}
	if len(seen) != 150 {
		t.Errorf("got %d invoices over all pages, want 150", len(seen))
	}
	for _, beyond := range []string{"size=50&page=3", "size=100&page=2", "page=9223372036854775807"} {
		if _, data := a.call(t, http.MethodGet, "/v1/invoices?"+beyond, nil); string(data) != "[]" {
			t.Errorf("%s: got %s, want []", beyond, data)
		}
	}
	if got := len(a.list(t, "/v1/invoices?page=-1&size=none")); got != 20 {
		t.Errorf("nonsense falls back to the default: got %d, want 20", got)
	}
}

func TestSorting(t *testing.T) {
	t.Parallel()
	a := demo()
	for target, field := range map[string]string{
		"/v1/invoices?size=100&sort=dueDate":      "dueDate",
		"/v1/invoices?size=100&sort=number,asc":   "number",
		"/v1/clients?sort=name":                   "name",
		"/v1/vendors?sort=name,ASC":               "name",
		"/v1/products?sort=name":                  "name",
		"/v1/quotes?sort=quoteDate":               "quoteDate",
		"/v1/accounts?size=100":                   "code",
		"/v1/invoices?sort=currency_not_a_field,": "",
	} {
		if field == "" {
			a.refused(t, http.MethodGet, target, nil, "no property")
			continue
		}
		rows := a.list(t, target)
		for i := 1; i < len(rows); i++ {
			if rows[i-1].text(field) > rows[i].text(field) {
				t.Errorf("%s: %q comes before %q", target, rows[i-1].text(field), rows[i].text(field))
			}
		}
	}
	a.refused(t, http.MethodGet, "/v1/invoices?sort=number,sideways", nil, "neither asc nor desc")
	twice := a.list(t, "/v1/invoices?size=100&sort=invoiceDate,desc&sort=number,asc")
	for i := 1; i < len(twice); i++ {
		before, after := twice[i-1], twice[i]
		if before.text("invoiceDate") == after.text("invoiceDate") && before.text("number") > after.text("number") {
			t.Errorf("%s comes before %s of the same day", before.text("number"), after.text("number"))
		}
	}
}

func BenchmarkListInvoices(b *testing.B) {
	s := sandbox.New(sandbox.Options{Now: present})
	for b.Loop() {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/v1/invoices?size=100&sort=created,desc", http.NoBody)
		r.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
