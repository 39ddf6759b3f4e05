package tools_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// trap carries requests out and panics on the answer to a certain method, as a
// defect of this program would.
type trap struct {
	next   http.RoundTripper
	method string
}

func (t trap) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := t.next.RoundTrip(req)
	if req.Method == t.method {
		panic(`"a defect"`)
	}
	return res, err
}

// TestDefect finds that a defect never claims that nothing was changed when a
// write may have been carried out before it.
func TestDefect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ method, tool, args, want string }{
		{http.MethodPost, "create_client", `{"name":"Quayside Cycles"}`, "Outcome unknown: "},
		{http.MethodGet, "list_clients", `{}`, "No answer: "},
	} {
		t.Run(c.tool, func(t *testing.T) {
			t.Parallel()
			inside := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
			books := on(t, trap{inprocess.Transport{Handler: inside}, c.method}, sandbox.KeyOwner)
			a := call(t, books, c.tool, c.args)
			var defect *tools.PanicError
			if !errors.As(a.Err, &defect) || !a.Defect || !strings.HasPrefix(a.Text, c.want) || strings.Contains(a.Text, "nothing was changed") {
				t.Errorf("got %q", a.Text)
			}
			if strings.Contains(a.Text, `"a defect"`) || strings.Contains(a.Text, "goroutine") {
				t.Errorf("%q holds what the panic said", a.Text)
			}
		})
	}
}
