package contracttest_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/internal/contracttest"
)

// recorder is a test that remembers its errors instead of failing.
type recorder struct {
	testing.TB

	mu     sync.Mutex
	faults []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
}

// Fiskl prints the first two.
const (
	periods = `[{"name":"This Month","start":"2026-06-01","end":"2026-06-30"},` +
		`{"name":"This Financial Year-to-date","start":"2026-01-01","end":"2026-06-23","isDefault":true}]`
	order = `{"externalId":"order-2026-000123","clientId":1024,"invoiceDate":"2026-03-01","dueDate":"2026-03-31",` +
		`"items":[{"name":"Consulting hours","quantity":10,"price":15000,"unit":"hour"}]}`
	client  = `{"id":1,"name":"Acme"}`
	refusal = `{"status":400,"message":"no"}`
	invoice = `{"id":1,"number":"INV-0001","status":"Sent","clientId":1,"invoiceDate":"2026-01-01","dueDate":"2026-01-08","currency":"GBP",` +
		`"items":[{"name":"Hour","quantity":1.5,"price":100,"net":150,"tax":30,"total":180,"taxes":[{"taxId":1,"name":"VAT","rate":20,"amount":30}]}],` +
		`"taxes":[{"taxId":1,"name":"VAT","rate":20,"net":150,"amount":30}],"subtotal":150,"taxTotal":30,"total":180,"paid":0,"outstanding":180}`
)

func TestTransport(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name         string
		method, path string
		body         string
		status       int
		answer       string
		want         string // part of the only fault; none when empty
	}{
		{name: "kept", method: "GET", path: "/v1/clients/1", status: 200, answer: client},
		{name: "list kept", method: "GET", path: "/v1/clients?page=0&size=5&sort=created,desc", status: 200, answer: "[" + client + "]"},
		{name: "printed answer", method: "GET", path: "/v1/date-periods", status: 200, answer: periods},
		{name: "printed request", method: "POST", path: "/v1/invoices", body: order, status: 201, answer: invoice},
		{name: "printed query", method: "GET", path: "/v1/invoices?page=0&size=50&sort=created,desc", status: 200, answer: "[]"},
		{name: "wrong type in the answer", method: "GET", path: "/v1/clients/1", status: 200, answer: `{"id":"1","name":"Acme"}`, want: "getClient: "},
		{name: "required field missing", method: "GET", path: "/v1/clients/1", status: 200, answer: `{"id":1}`, want: "name"},
		{name: "fraction for money", method: "GET", path: "/v1/products", status: 200, answer: `[{"id":1,"name":"Hour","type":"Service","price":1.5}]`, want: "integer"},
		{name: "date with a time", method: "GET", path: "/v1/date-periods", status: 200, answer: `[{"name":"Today","start":"2026-06-01T00:00:00Z","end":"2026-06-01"}]`, want: "date"},
		{name: "unknown field in the answer", method: "GET", path: "/v1/clients/1", status: 200, answer: `{"id":1,"name":"Acme","colour":"red"}`, want: "colour"},
		{name: "free keys of a column", method: "GET", path: "/v1/reports/cash-flow?compare=1", status: 200, answer: `{"name":"Cash flow","currency":"GBP","start":"2026-05-01","end":"2026-05-31","sections":[],` +
			`"columns":[{"name":"May","totals":{"operating":1}}],"totals":{"operating":1,"investing":0,"financing":0,"netChange":1,"openingCash":0,"closingCash":1}}`},
		{name: "page in place of a list", method: "GET", path: "/v1/clients", status: 200, answer: `{"content":[]}`, want: "array"},
		{name: "undeclared status", method: "POST", path: "/v1/clients", body: `{"name":"Acme"}`, status: 202, answer: client, want: "createClient: "},
		{name: "unknown query parameter", method: "GET", path: "/v1/clients?colour=red", status: 200, answer: "[]", want: "colour"},
		{name: "wrong query parameter", method: "GET", path: "/v1/clients?page=first", status: 200, answer: "[]", want: "page"},
		{name: "missing query parameter", method: "GET", path: "/v1/payments?start=2026-01-01", status: 200, answer: "[]", want: "end"},
		{name: "unknown field in the request", method: "POST", path: "/v1/clients", body: `{"name":"Acme","colour":"red"}`, status: 201, answer: client, want: "colour"},
		{name: "missing field in the request", method: "POST", path: "/v1/clients", body: `{}`, status: 201, answer: client, want: "name"},
		{name: "composed schema kept", method: "POST", path: "/v1/invoices/1/send", status: 200, answer: invoice},
		{name: "unknown field in a line", method: "GET", path: "/v1/invoices/1", status: 200, answer: strings.Replace(invoice, `"net"`, `"colour":"red","net"`, 1), want: "colour"},
		{name: "body where none belongs", method: "POST", path: "/v1/invoices/1/send", body: `{}`, status: 200, answer: invoice, want: "body"},
		{name: "refused request is not judged", method: "GET", path: "/v1/clients?page=first", status: 400, answer: refusal},
		{name: "refusal is", method: "GET", path: "/v1/clients", status: 400, answer: `{"oops":true}`, want: "message"},
		{name: "no such operation", method: "DELETE", path: "/v1/clients/1", status: 200, answer: client, want: "no such operation"},
		{name: "no such operation, said so", method: "DELETE", path: "/v1/clients/1", status: 405, answer: refusal},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.answer)
			}))
			t.Cleanup(server.Close)
			watch := &recorder{TB: t}
			got := exchange(t, contracttest.Transport(watch, nil), test.method, server.URL+test.path, test.body)
			if got != test.answer {
				t.Errorf("got body %q, want %q", got, test.answer)
			}
			switch {
			case test.want == "" && len(watch.faults) > 0:
				t.Errorf("got faults %q, want none", watch.faults)
			case test.want != "" && (len(watch.faults) != 1 || !strings.Contains(watch.faults[0], test.want)):
				t.Errorf("got faults %q, want one with %q", watch.faults, test.want)
			}
		})
	}
}

func TestTransportNeedsToken(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "[]")
	}))
	t.Cleanup(server.Close)
	watch := &recorder{TB: t}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v1/date-periods", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := contracttest.Transport(watch, nil).RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	content(t, resp)
	if len(watch.faults) != 1 || !strings.Contains(watch.faults[0], "uthorization") {
		t.Errorf("got faults %q, want one about Authorization", watch.faults)
	}
}

// TestTransportTogether is for the race detector: one contract serves all tests.
func TestTransportTogether(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, client)
	}))
	t.Cleanup(server.Close)
	road := contracttest.Transport(t, nil)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { exchange(t, road, http.MethodGet, server.URL+"/v1/clients/1", "") })
	}
	group.Wait()
}

func TestTransportCutAnswer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"id":`)
	}))
	t.Cleanup(server.Close)
	watch := &recorder{TB: t}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v1/clients/1", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := contracttest.Transport(watch, nil).RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(resp.Body)
	if string(got) != `{"id":` || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %q and error %v, want the half that came and an unexpected end", got, err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
	if len(watch.faults) > 0 {
		t.Errorf("got faults %q, want none", watch.faults)
	}
}

// exchange sends a request with a token and returns the body of the answer.
func exchange(tb testing.TB, road http.RoundTripper, method, url, body string) string {
	tb.Helper()
	req, err := http.NewRequestWithContext(tb.Context(), method, url, strings.NewReader(body))
	if err != nil {
		tb.Error(err)
		return ""
	}
	req.Header.Set("Authorization", "Bearer fsk_test")
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := road.RoundTrip(req)
	if err != nil {
		tb.Error(err)
		return ""
	}
	return content(tb, resp)
}

func content(tb testing.TB, resp *http.Response) string {
	tb.Helper()
	got, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		tb.Error(err)
	}
	return string(got)
}
