package app

import (
	"strings"
	"testing"
)

// TestPrograms finds that each program has its own commands and no other's, and
// that the one for a desk says where the shared endpoint went, whatever follows.
func TestPrograms(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"http"}, {"http", "--listen", "127.0.0.1:0", "--auth", "header"}, {"http", "--help"}} {
		var err strings.Builder
		code := Desk().run(t.Context(), environment{args: args, out: &strings.Builder{}, err: &err})
		if code != exitUsage || !strings.Contains(err.String(), "fiskl-mcp-server http") {
			t.Errorf("%v: got %d %s", args, code, err.String())
		}
	}
	for _, command := range []string{"stdio", "call", "login"} {
		var err strings.Builder
		if code := endpointProgram().run(t.Context(), environment{args: []string{command}, out: &strings.Builder{}, err: &err}); code != exitUsage {
			t.Errorf("fiskl-mcp-server %s: got %d %s", command, code, err.String())
		}
	}
}
