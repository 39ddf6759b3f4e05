package clients_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestGoSDK plays the scenario with the official Go SDK against the built
// program, started as a desktop client would start it: once with a person whom
// the client can ask, and once without.
func TestGoSDK(t *testing.T) {
	t.Parallel()
	binary := build(t)
	for name, p := range map[string]*person{"by token": nil, "asking": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := client{connect(t, binary, p), p}
			if got, want := c.InitializeResult().ProtocolVersion, "2026-07-28"; got != want {
				t.Errorf("negotiated revision %s, want %s", got, want)
			}
			steps := load(t)
			assertCovered(t, steps, list(t, c.ClientSession))
			captured := map[string]string{}
			for _, s := range steps {
				s = s.fill(t, captured)
				result := c.take(t, s)
				s.check(t, result)
				s.capture(t, result, captured)
			}
		})
	}
}

func build(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", dir, "../../cmd/fiskl-mcp").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return filepath.Join(dir, "fiskl-mcp")
}

func connect(t *testing.T, binary string, p *person) *mcp.ClientSession {
	t.Helper()
	// The session is closed in a cleanup, when t.Context is already over.
	ctx := context.WithoutCancel(t.Context())
	command := exec.CommandContext(ctx, binary, "stdio", "--sandbox")
	command.Env = append(command.Environ(), "FISKL_STATE_DIR="+t.TempDir())
	command.Stderr = t.Output()
	options := &mcp.ClientOptions{}
	if p != nil {
		options.ElicitationHandler = p.handle
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "gosdk", Version: "1"}, options)
	session, err := client.Connect(ctx, &mcp.CommandTransport{Command: command}, nil)
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return session
}

func list(t *testing.T, session *mcp.ClientSession) []string {
	t.Helper()
	var names []string
	for tool, err := range session.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatalf("list tools: %v", err)
		}
		names = append(names, tool.Name)
	}
	return names
}
