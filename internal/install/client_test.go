package install_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
)

// TestPlaces finds the files of all clients on all systems.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for system, want := range map[string]map[string][]string{
		"linux": {
			"claude-desktop": {".config/Claude/claude_desktop_config.json"},
			"claude-code":    {".claude.json"},
			"cursor":         {".cursor/mcp.json"},
			"vscode":         {".config/Code/User/mcp.json", ".config/Code - Insiders/User/mcp.json"},
			"codex":          {".codex/config.toml"},
			"gemini":         {".gemini/settings.json"},
		},
		"darwin": {
			"claude-desktop": {"Library/Application Support/Claude/claude_desktop_config.json"},
			"vscode":         {"Library/Application Support/Code/User/mcp.json", "Library/Application Support/Code - Insiders/User/mcp.json"},
			"codex":          {".codex/config.toml"},
		},
		"windows": {
			"claude-desktop": {
				"AppData/Local/Packages/Claude_a/LocalCache/Roaming/Claude/claude_desktop_config.json",
				"AppData/Local/Packages/Claude_b/LocalCache/Roaming/Claude/claude_desktop_config.json",
				"AppData/Roaming/Claude/claude_desktop_config.json",
			},
			"claude-code": {".claude.json"},
			"vscode":      {"AppData/Roaming/Code/User/mcp.json", "AppData/Roaming/Code - Insiders/User/mcp.json"},
		},
	} {
		t.Run(system, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			for _, p := range []string{"Claude_b", "Claude_a", "Other"} {
				folder(t, home, "AppData", "Local", "Packages", p)
			}
			all := install.Clients(install.Machine{OS: system, Home: home, Env: func(string) string { return "" }})
			if len(all) != 6 {
				t.Errorf("there are %d clients", len(all))
			}
			for name, files := range want {
				c, err := install.Find(all, name)
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, p := range c.Places {
					got = append(got, inHome(t, home, p.File))
				}
				if !slices.Equal(got, files) {
					t.Errorf("%s: got %q, want %q", name, got, files)
				}
			}
		})
	}
}

// TestPlacesMoved follows the variables by which clients are moved.
func TestPlacesMoved(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	env := map[string]string{"CLAUDE_CONFIG_DIR": filepath.Join(home, "cc"), "CODEX_HOME": filepath.Join(home, "cx"), "GEMINI_CLI_HOME": filepath.Join(home, "gm"), "XDG_CONFIG_HOME": filepath.Join(home, "xdg")}
	m := install.Machine{OS: "linux", Home: home, Env: func(name string) string { return env[name] }}
	for name, want := range map[string]string{
		"claude-code": "cc/.claude.json", "codex": "cx/config.toml", "gemini": "gm/.gemini/settings.json", "vscode": "xdg/Code/User/mcp.json",
	} {
		if got := place(t, m, name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	if err := os.WriteFile(filepath.Join(folder(t, home, "cc"), ".config.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, want := place(t, m, "claude-code"), "cc/.config.json"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestTargets are the files of a client where it has been, or the likeliest.
func TestTargets(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	m := install.Machine{OS: "linux", Home: home, Env: func(string) string { return "" }}
	targets := func() (files []string) {
		c, err := install.Find(install.Clients(m), "vscode")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range c.Targets() {
			files = append(files, inHome(t, home, p.File))
		}
		return files
	}
	const release, next = ".config/Code/User/mcp.json", ".config/Code - Insiders/User/mcp.json"
	if got := targets(); !slices.Equal(got, []string{release}) {
		t.Errorf("with neither: got %q, want %q", got, release)
	}
	folder(t, home, ".config", "Code - Insiders")
	if got := targets(); !slices.Equal(got, []string{next}) {
		t.Errorf("with one: got %q, want %q", got, next)
	}
	folder(t, home, ".config", "Code")
	if got := targets(); !slices.Equal(got, []string{release, next}) {
		t.Errorf("with both: got %q, want %q and %q", got, release, next)
	}
}

// TestLook shows what stands in the files, and the names of variables only.
func TestLook(t *testing.T) {
	t.Parallel()
	c, _ := client(t, "gemini", `{"mcpServers": {"a": {"url": "x"}, "fiskl": {"command": "C:\\p\\fiskl-mcp.EXE", "args": ["stdio"], "env": {"B": "secret", "A": 1}}}}`)
	got := install.Look(c)[0]
	if got.Problem != nil || !got.Exists || len(got.Servers) != 2 || got.Servers[0].Ours("") {
		t.Fatalf("got %+v, want two servers, the first not ours", got)
	}
	if s := got.Servers[1]; !s.Ours("") || !slices.Equal(s.Args, []string{"stdio"}) || !slices.Equal(s.Env, []string{"A", "B"}) {
		t.Errorf("got %+v, want ours, with stdio and the variables A and B", s)
	}
	c, _ = client(t, "codex", "[mcp_servers.b]\ncommand = \"/x/fiskl-mcp\"\nenv = {X = \"secret\"}\n[mcp_servers.a]\nurl = \"y\"\n")
	got = install.Look(c)[0]
	if len(got.Servers) != 2 || got.Servers[0].Ours("") || !got.Servers[1].Ours("") || !slices.Equal(got.Servers[1].Env, []string{"X"}) {
		t.Errorf("got %+v, want two servers, the second ours, with the variable X", got)
	}
	c, _ = client(t, "codex", "x")
	if got := install.Look(c)[0]; got.Problem == nil || !got.Exists {
		t.Errorf("got %+v, want a file with a problem", got)
	}
}

// place is where the likeliest file of a client is.
func place(t *testing.T, m install.Machine, name string) string {
	t.Helper()
	c, err := install.Find(install.Clients(m), name)
	if err != nil {
		t.Fatal(err)
	}
	return inHome(t, m.Home, c.Places[0].File)
}

func inHome(t *testing.T, home, path string) string {
	t.Helper()
	rel, err := filepath.Rel(home, path)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}

func folder(t *testing.T, parts ...string) string {
	t.Helper()
	path := filepath.Join(parts...)
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}
