package clients_test

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// stdio has the client start the program, as a desktop client would.
func stdio(t *testing.T, binary string) mcp.Transport {
	t.Helper()
	return &mcp.CommandTransport{Command: command(t, binary, "stdio", "--sandbox")}
}

// overHTTP has the client call the program, which serves many.
func overHTTP(t *testing.T, binary string) mcp.Transport {
	t.Helper()
	return &mcp.StreamableClientTransport{Endpoint: serve(t, binary), HTTPClient: &http.Client{}}
}

// serve starts the program on a free port, without a pace for callers, who are
// quicker here than people. It returns where, and stops the program in the end.
func serve(t *testing.T, binary string) string {
	t.Helper()
	server := command(t, binary+"-server", "http", "--sandbox", "--listen", "127.0.0.1:0", "--caller-rate", "0")
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Process.Signal(os.Interrupt); err != nil {
			t.Errorf("interrupt: %v", err)
		}
		if err := server.Wait(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	_, url, found := strings.Cut(strings.TrimSpace(line), "http://")
	if err != nil || !found {
		t.Fatalf("the server said %q instead of its address: %v", line, err)
	}
	return "http://" + url
}

func command(t *testing.T, binary string, args ...string) *exec.Cmd {
	t.Helper()
	// Cleanups stop the program, when t.Context is already over.
	c := exec.CommandContext(context.WithoutCancel(t.Context()), binary, args...)
	c.Env = append(c.Environ(), "FISKL_STATE_DIR="+t.TempDir())
	c.Stderr = t.Output()
	return c
}
