package app

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
)

// TestExample holds mcp.json.example against the program: its settings and its
// arguments exist, and its sandbox starts.
func TestExample(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../mcp.json.example")
	if err != nil {
		t.Fatal(err)
	}
	var example struct {
		Servers map[string]struct {
			Type    string            `json:"type"`
			Command string            `json:"command"`
			Args    []string          `json:"args"`
			Env     map[string]string `json:"env"`
		} `json:"mcpServers"`
	}
	if err := json.Unmarshal(b, &example); err != nil {
		t.Fatal(err)
	}
	if len(example.Servers) < 2 {
		t.Errorf("it has %d servers", len(example.Servers))
	}
	for name, s := range example.Servers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if s.Type != "stdio" || s.Command != "fiskl-mcp" {
				t.Errorf("it starts %s %s", s.Type, s.Command)
			}
			for env := range s.Env {
				if !slices.ContainsFunc(config.Settings(), func(known config.Setting) bool { return known.Env == env }) {
					t.Errorf("%s is not a setting", env)
				}
			}
			c := talk(t, nil, s.Args...)
			c.send(`{"jsonrpc":"2.0","id":1,"method":"tools/list"}`)
			if tools, _ := member(t, c.receive(), "result", "tools").([]any); len(tools) == 0 {
				t.Error("it lists no tools")
			}
			_ = c.in.Close()
			if code, rest := c.ended(); code != exitOK || rest != "" {
				t.Errorf("it ended with status %d and said %q; its log says %s", code, rest, c.log)
			}
		})
	}
}
