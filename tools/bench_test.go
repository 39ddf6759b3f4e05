package tools_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// canned answers every request at once with the same bytes.
type canned map[string][]byte

func (c canned) RoundTrip(req *http.Request) (*http.Response, error) {
	b := c[req.URL.Path]
	if behind := req.URL.Query().Get("page"); behind != "" && behind != "0" {
		b = []byte("[]")
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader(b)), ContentLength: int64(len(b)), Request: req,
	}, nil
}

// BenchmarkCall is what a call costs this program itself: arguments, client,
// decoding, both forms of the answer.
func BenchmarkCall(b *testing.B) {
	clients, invoices := make([]map[string]any, 10), make([]map[string]any, 5)
	for i := range clients {
		clients[i] = map[string]any{
			"id": 1024 + i, "name": "Northwind Bakery", "email": "accounts@northwind.example",
			"country": "GB", "currency": "GBP", "created": "2026-06-13T10:00:00Z", "taxNumber": "GB123456789",
		}
	}
	for i := range invoices {
		invoices[i] = map[string]any{
			"id": 4900 - i, "number": "INV-0142", "status": "Sent", "clientId": 1020, "clientName": "Løvåstøl Bakery",
			"clientEmail": "accounts@northwind.example", "invoiceDate": "2026-11-21", "dueDate": "2026-12-21", "currency": "GBP",
			"subtotal": 45000, "taxTotal": 9000, "total": 54000, "paid": 0, "outstanding": 54000,
			"notes": "Payment by bank transfer within 30 days.", "created": "2026-11-21T09:30:00Z", "updated": "2026-11-23T09:30:00Z",
		}
	}
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key("fsk_bench"), Rate: -1,
		Transport: canned{
			"/v1/clients": page(b, clients), "/v1/invoices": page(b, invoices),
			"/v1/company": []byte(`{"id":1,"name":"Bench Ltd","currency":"GBP"}`),
		},
	})
	if err != nil {
		b.Fatal(err)
	}
	catalog, err := tools.New(api, tools.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"list_clients", "list_invoices"} {
		t, _ := catalog.Find(name)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a := catalog.Call(b.Context(), t, tools.Request{Args: json.RawMessage(`{"limit":10}`)})
				if a.Err != nil {
					b.Fatal(a.Text)
				}
				if _, err := json.Marshal(a.Result()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func page(tb testing.TB, v any) []byte {
	tb.Helper()
	all, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return all
}
