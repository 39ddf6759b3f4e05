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
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader(b)), ContentLength: int64(len(b)), Request: req,
	}, nil
}

// BenchmarkCall is what a call costs this program itself: arguments, client,
// decoding, both forms of the answer.
func BenchmarkCall(b *testing.B) {
	rows := make([]map[string]any, 10)
	for i := range rows {
		rows[i] = map[string]any{
			"id": 1024 + i, "name": "Northwind Bakery", "email": "accounts@northwind.example",
			"country": "GB", "currency": "GBP", "created": "2026-06-13T10:00:00Z", "taxNumber": "GB123456789",
		}
	}
	page, err := json.Marshal(rows)
	if err != nil {
		b.Fatal(err)
	}
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key("fsk_bench"), Rate: -1,
		Transport: canned{"/v1/clients": page, "/v1/company": []byte(`{"id":1,"name":"Bench Ltd","currency":"GBP"}`)},
	})
	if err != nil {
		b.Fatal(err)
	}
	catalog, err := tools.New(api, tools.Options{})
	if err != nil {
		b.Fatal(err)
	}
	t, _ := catalog.Find("list_clients")
	args := json.RawMessage(`{"limit":10}`)
	b.ReportAllocs()
	for b.Loop() {
		if a := catalog.Call(b.Context(), t, tools.Request{Args: args}); a.Err != nil {
			b.Fatal(a.Text)
		}
	}
}
