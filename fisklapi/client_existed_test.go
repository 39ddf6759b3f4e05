package fisklapi_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// merging is an API that answers with a record of its own where a client is to
// be made.
type merging struct{ next http.RoundTripper }

func (m merging) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method != http.MethodPost {
		return m.next.RoundTrip(req)
	}
	look, err := http.NewRequestWithContext(req.Context(), http.MethodGet, "http://127.0.0.1/v1/clients/1035", http.NoBody)
	if err != nil {
		return nil, err
	}
	look.Header = req.Header
	return m.next.RoundTrip(look)
}

// TestClientThatWasThere finds that a client which was there before is not told
// as made, and one of another name not as the one that was asked for.
func TestClientThatWasThere(t *testing.T) {
	t.Parallel()
	create := func(name string) (schemas.Client, error) {
		road := merging{inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})}}
		return connect(t, road).Clients.Create(t.Context(), schemas.NewClient{NewContact: schemas.NewContact{Name: name, Twin: schemas.Twin{AllowDuplicate: true}}})
	}
	got, err := create("Northwind Bakery")
	if err != nil || !strings.Contains(strings.Join(got.Warnings, " "), "nothing new was made") {
		t.Errorf("got %q and error %v", got.Warnings, err)
	}
	for _, name := range []string{"Northwind", "Evil Twin Ltd"} {
		var e *fisklapi.Error
		if _, err := create(name); !errors.As(err, &e) || !e.OutcomeUnknown || e.Done {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
