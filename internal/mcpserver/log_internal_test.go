package mcpserver

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestLoggedFailures finds that a defect is logged with what it was, because
// its answer sends people to the log, and that a refusal is not: it quotes what
// somebody wrote.
func TestLoggedFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer tools.Answer
		want   []string
	}{
		"panic":   {tools.Answer{Err: &tools.PanicError{Value: "index out of range", Stack: []byte("invoices.go:42")}, Defect: true}, []string{"level=ERROR msg=defect", "index out of range", "invoices.go:42"}},
		"defect":  {tools.Answer{Err: errors.New(`no endpoint for "Acme"`), Defect: true}, []string{"level=ERROR msg=defect", "no endpoint"}},
		"refusal": {tools.Answer{Err: &schemas.ArgumentError{Argument: "client", Problem: `"Acme" is secret`}}, []string{"level=INFO msg=\"call refused\""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			logCall(t.Context(), slog.New(slog.NewTextHandler(&b, nil)), tools.Tool{Name: "get_client"}, c.answer, 0)
			for _, part := range append(c.want, "tool=get_client") {
				if !strings.Contains(b.String(), part) {
					t.Errorf("got %q, want it to hold %q", b.String(), part)
				}
			}
			if strings.Contains(b.String(), "Acme") {
				t.Errorf("%q holds what somebody wrote", b.String())
			}
		})
	}
}
