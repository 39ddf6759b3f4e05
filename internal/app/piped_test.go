package app

import (
	"os"
	"strings"
	"testing"
)

// TestStartedWithoutCommand finds that a client whose entry lacks the command is
// served, and is told on standard error.
func TestStartedWithoutCommand(t *testing.T) {
	t.Parallel()
	c := launch(t, []string{"FISKL_SANDBOX=1"})
	c.send(`{"jsonrpc":"2.0","id":"ping","method":"ping"}`)
	if got := c.receive(); !strings.Contains(got, `"id":"ping"`) {
		t.Errorf("got %s", got)
	}
	_ = c.in.Close()
	if code := <-c.done; code != exitOK || !strings.Contains(c.log.String(), "it serves as fiskl-mcp stdio does") {
		t.Errorf("status %d\n%s", code, c.log)
	}
}

// TestEndpointWithoutCommand finds that the other program says what is missing.
func TestEndpointWithoutCommand(t *testing.T) {
	t.Parallel()
	in, feed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer feed.Close() //nolint:errcheck // nothing is written
	defer in.Close()   //nolint:errcheck // nothing is read
	var out, log strings.Builder
	code := endpointProgram().run(t.Context(), environment{in: in, out: &out, err: &log})
	if code != exitUsage || out.String() != "" || !strings.Contains(log.String(), "a command is missing: fiskl-mcp-server http") {
		t.Errorf("status %d: %s%s", code, &out, &log)
	}
}
