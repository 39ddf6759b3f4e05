package clients_test

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/scenario"
)

// TestGoSDK plays the scenario with the official Go SDK against the built
// program, in both eras: once with a person whom the client can ask, and once
// without.
func TestGoSDK(t *testing.T) {
	t.Parallel()
	binary := build(t)
	for _, asking := range []bool{false, true} {
		for _, w := range []struct {
			name     string
			open     func(t *testing.T, binary string) mcp.Transport
			revision string
		}{
			{"stdio", stdio, "2026-07-28"},
			{"HTTP", overHTTP, "2026-07-28"},
			{"HTTP", overHTTP, "2025-11-25"},
		} {
			t.Run(fmt.Sprintf("%s, %s, asking %t", w.name, w.revision, asking), func(t *testing.T) {
				t.Parallel()
				var p *person
				if asking {
					p = &person{}
				}
				play(t, client{connect(t, w.open(t, binary), w.revision, p), p}, w.revision)
			})
		}
	}
}

func play(t *testing.T, c client, revision string) {
	t.Helper()
	if got := c.InitializeResult().ProtocolVersion; got != revision {
		t.Errorf("negotiated revision %s, want %s", got, revision)
	}
	steps := scenario.Load(t, "scenario.json")
	scenario.AssertCovered(t, steps, list(t, c.ClientSession))
	captured := map[string]string{}
	for _, s := range steps {
		s = s.Fill(t, captured)
		result := c.take(t, s)
		s.Check(t, result)
		s.Keep(t, result, captured)
	}
	assertPrompts(t, c.ClientSession)
	assertResources(t, c, revision)
}

func build(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", dir, "../../cmd/fiskl-mcp", "../../cmd/fiskl-mcp-server").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return filepath.Join(dir, "fiskl-mcp")
}

func connect(t *testing.T, transport mcp.Transport, revision string, p *person) *mcp.ClientSession {
	t.Helper()
	options := &mcp.ClientOptions{}
	if p != nil {
		options.ElicitationHandler = p.handle
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "gosdk", Version: "1"}, options)
	// The session is closed in a cleanup, when t.Context is already over.
	session, err := client.Connect(context.WithoutCancel(t.Context()), transport, &mcp.ClientSessionOptions{ProtocolVersion: revision})
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
