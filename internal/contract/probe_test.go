package contract_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// noon is the moment at which every test takes place.
func noon() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) }

func client(tb testing.TB, h http.Handler) *fisklapi.Client {
	tb.Helper()
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(sandbox.KeyOwner), BaseURL: "http://127.0.0.1", Transport: inprocess.Transport{Handler: h}, Rate: -1, Now: noon,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return api
}

func ours(tb testing.TB) *contract.Contract {
	tb.Helper()
	c, err := contract.Ours()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// TestSandboxKeepsTheContract finds every operation that reads in the sandbox,
// and nothing that the contract does not say of it.
func TestSandboxKeepsTheContract(t *testing.T) {
	t.Parallel()
	outcomes := ours(t).Probe(t.Context(), client(t, sandbox.New(sandbox.Options{Now: noon})), nil)
	if len(outcomes) != 34 {
		t.Errorf("%d operations were asked, want 34", len(outcomes))
	}
	for _, o := range outcomes {
		if o.Verdict != contract.Kept || !o.Sound() {
			t.Errorf("%+v", o)
		}
	}
}
