package main

import (
	"reflect"
	"testing"
)

// TestSameAnswers finds that the shared endpoint, where the library is spared
// long results, says what standard input and output say: lists, answers of
// tools, and failures.
func TestSameAnswers(t *testing.T) {
	t.Parallel()
	h := receptive(t, nil, "--sandbox").by()
	c := talk(t, nil, "stdio", "--sandbox")
	for _, ask := range []struct{ method, name, params string }{
		{"tools/list", "", ""},
		{"tools/call", "list_invoices", `"name":"list_invoices","arguments":{"status":"unpaid"}`},
		{"tools/call", "list_invoices", `"name":"list_invoices","arguments":{"status":"lost"}`},
		{"tools/call", "get_invoice", `"name":"get_invoice","arguments":{"invoice":"999999"}`},
	} {
		got := member(t, h.post(ask.method, ask.name, ask.params).message(), "result")
		body, _ := h.request(ask.method, ask.name, ask.params)
		c.send(body)
		if want := member(t, c.receive(), "result"); want == nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s %s: got %v, want %v", ask.method, ask.params, got, want)
		}
	}
}
