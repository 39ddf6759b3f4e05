package install_test

import (
	"strings"
	"testing"
)

// TestDiffVeils shows what becomes of our entry, and of what stands around it
// no value: it may be the secret of somebody else's server.
func TestDiffVeils(t *testing.T) {
	t.Parallel()
	const added, gone = `"/opt/fiskl/fiskl-mcp"`, `"/old/fiskl-mcp"`
	for name, c := range map[string]struct {
		client, text string
		force        bool
		want         []string
	}{
		"around it": {
			"cursor", "{\n  \"mcpServers\": {\n    \"x\": {\n      \"env\": {\n        \"T\": \"hunter2\"\n      }\n    }\n  }\n}\n", false,
			[]string{"\n         \"T\": \"…\"\n", "\n+      \"command\": " + added},
		},
		"on its line": {
			"cursor", `{"hunter": 1, "mcpServers": {"x": {"args": ["-k", "hunter2"], "env": {"T": "hunter2"}}}}`, false,
			[]string{`-{"hunter": 1, "mcpServers": {"x": {"args": ["…", "…"], "env": {"T": "…"}}}}`, added},
		},
		"in it": {
			"claude-desktop", "\xef\xbb\xbf" + `{"mcpServers": {"fiskl": {"command": "/old/fiskl-mcp", "env": {"HTTPS_PROXY": "https://a:hunter2@b"}, "args": ["stdio"]}}}`, false,
			[]string{gone, added, `"HTTPS_PROXY": "…"`, `["stdio"]`, `["stdio", "--sandbox"]`},
		},
		"in its place": {
			"claude-desktop", `{"mcpServers": {"fiskl": {"command": "other", "args": ["hunter2"]}}}`, true,
			[]string{`{"command": "…", "args": ["…"]}`, added},
		},
		"of a table": {
			"codex", "[mcp_servers.x.env]\nT = \"hunter2\" # mine\nU = [\n  'hunter2',\n]\nn = 2\n", false,
			[]string{"\n T = \"…\" # mine\n", "\n U = \"…\"\n", "\n n = 2\n", "\n+command = " + added},
		},
		"in our table": {
			"codex", "[mcp_servers.fiskl]\ncommand = '/old/fiskl-mcp'\nargs = ['stdio']\nenv = { T = 'hunter2' }\n", false,
			[]string{"\n-command = '/old/fiskl-mcp'\n", "\n+command = " + added, "\n env = \"…\"\n"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := client(t, c.client, c.text)
			w := wish()
			w.Force = c.force
			diff := planned(t, client, w).Diff()
			if strings.Contains(diff, "hunter2") {
				t.Errorf("it shows a secret:\n%s", diff)
			}
			for _, want := range c.want {
				if !strings.Contains(diff, want) {
					t.Errorf("%q is not in\n%s", want, diff)
				}
			}
		})
	}
}
