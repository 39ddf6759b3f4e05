package clients_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestGoSDK plays the scenario with the official Go SDK against the built
// program, started as a desktop client would start it.
func TestGoSDK(t *testing.T) {
	t.Parallel()
	session := connect(t, build(t))
	if got, want := session.InitializeResult().ProtocolVersion, "2026-07-28"; got != want {
		t.Errorf("negotiated revision %s, want %s", got, want)
	}
	steps := load(t)
	assertCovered(t, steps, list(t, session))
	captured := map[string]string{}
	for _, s := range steps {
		s = s.fill(t, captured)
		result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: s.Tool, Arguments: s.Arguments})
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		s.check(t, result)
		s.capture(t, result, captured)
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

func connect(t *testing.T, binary string) *mcp.ClientSession {
	t.Helper()
	// The session is closed in a cleanup, when t.Context is already over.
	ctx := context.WithoutCancel(t.Context())
	command := exec.CommandContext(ctx, binary, "stdio", "--sandbox")
	command.Stderr = t.Output()
	client := mcp.NewClient(&mcp.Implementation{Name: "gosdk", Version: "1"}, nil)
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
