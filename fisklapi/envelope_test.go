package fisklapi_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestEnvelopes(t *testing.T) {
	t.Parallel()
	const row = `{"id":1,"name":"Acme"}`
	for _, test := range []struct {
		name, body string
		want       int
		kind       fisklapi.Kind
	}{
		{"bare", "[" + row + "]", 1, ""},
		{"bare and empty", " [ ] ", 0, ""},
		{"Spring", `{"content":[` + row + `],"pageable":{},"last":true,"sort":[]}`, 1, ""},
		{"items", `{"items":[]}`, 0, ""},
		{"data", `{"data":[` + row + `],"errors":[]}`, 1, ""},
		{"results", `{"results":[` + row + `]}`, 1, ""},
		{"its own name", `{"clients":[` + row + `],"total":1}`, 1, ""},
		{"last is odd", `{"items":[` + row + `],"last":"yes"}`, 1, ""},
		{"links beside it", `{"clients":[` + row + `],"links":[]}`, 1, ""},
		{"two lists", `{"clients":[` + row + `],"others":[` + row + `,` + row + `]}`, 0, fisklapi.Misread},
		{"no list", `{"clients":1}`, 0, fisklapi.Misread},
		{"empty object", `{}`, 0, fisklapi.Misread},
		{"null", `null`, 0, fisklapi.Misread},
		{"a text", `"no"`, 0, fisklapi.Misread},
		{"rows are no objects", `[1]`, 0, fisklapi.Misread},
		{"nothing", ``, 0, fisklapi.Unavailable},
		{"half", `[{"id":1`, 0, fisklapi.Unavailable},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world := answered(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(test.body)) })
			got, list, err := ids(t.Context(), world, schemas.PageArgs{})
			if len(got) != test.want || (test.kind == "") != (err == nil) || test.kind != "" && !errors.Is(err, test.kind) {
				t.Errorf("got %v and error %v, want %d rows and %q", got, err, test.want, test.kind)
			}
			if err == nil && !list.Complete {
				t.Error("got a list that is not complete")
			}
		})
	}
}

func TestSandboxEnvelope(t *testing.T) {
	t.Parallel()
	plain, _ := sandboxed(t)
	wrapped, _ := faulty(t, sandbox.Fault{Kind: sandbox.Envelope, Times: -1})
	want, err := plain.Invoices.List(t.Context(), schemas.InvoiceFilter{PageArgs: schemas.PageArgs{All: true}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := wrapped.Invoices.List(t.Context(), schemas.InvoiceFilter{PageArgs: schemas.PageArgs{All: true}})
	if err != nil || got.Count != want.Count || !got.Complete || got.Count < 100 {
		t.Errorf("got %d invoices, complete %t, and error %v, want %d", got.Count, got.Complete, err, want.Count)
	}
}
