package doctor_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/doctor"
	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
)

// machine is a home folder with the program in it, and clients' files.
func machine(t *testing.T, files map[string]string) (home string, clients []install.Client) {
	t.Helper()
	home = t.TempDir()
	put(t, filepath.Join(home, "bin", "fiskl-mcp"), "#!/bin/sh\n", 0o700)
	for name, text := range files {
		put(t, filepath.Join(home, name), strings.ReplaceAll(text, "$HOME", home), 0o600)
	}
	return home, install.Clients(install.Machine{OS: "linux", Home: home, Env: func(string) string { return "" }})
}

func put(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

const desktop = ".config/Claude/claude_desktop_config.json"

// entry is the text of a file with one entry of ours.
func entry(fields string) string { return `{"mcpServers": {"fiskl": {` + fields + `}}}` }

// TestPrograms finds what can be wrong with a client's file.
func TestPrograms(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs paths of Unix, which Windows lacks")
	}
	const good = `"command": "$HOME/bin/fiskl-mcp", "args": ["stdio", "--sandbox"]`
	for name, c := range map[string]struct {
		file, text string
		keyed      bool
		verdict    doctor.Verdict
		want       string
	}{
		"right":        {desktop, entry(good), false, doctor.OK, "starts this server"},
		"absent":       {desktop, `{}`, false, doctor.Note, "has no entry for this server"},
		"other's":      {desktop, `{"mcpServers": {"files": {"command": "files"}}}`, false, doctor.Note, "has no entry for this server"},
		"not JSON":     {desktop, `{"mcpServers": `, false, doctor.Problem, "claude_desktop_config.json"},
		"gone":         {desktop, entry(`"command": "$HOME/old/fiskl-mcp", "args": ["stdio"]`), true, doctor.Problem, `"fiskl" starts $HOME/old/fiskl-mcp, which is not there`},
		"a folder":     {desktop, entry(`"command": "$HOME/bin/../folder/fiskl-mcp", "args": ["stdio"]`), true, doctor.Problem, "which is a folder"},
		"a text":       {desktop, entry(`"command": "$HOME/text/fiskl-mcp", "args": ["stdio"]`), true, doctor.Problem, "which cannot be executed"},
		"not on path":  {desktop, entry(`"command": "nowhere/fiskl-mcp", "args": ["stdio"]`), true, doctor.Problem, "which is not on the path"},
		"another mode": {desktop, entry(`"command": "$HOME/bin/fiskl-mcp", "args": ["http"]`), true, doctor.Problem, "does not run fiskl-mcp stdio"},
		"no arguments": {desktop, entry(`"command": "$HOME/bin/fiskl-mcp"`), true, doctor.Problem, "does not run fiskl-mcp stdio"},
		"no key":       {desktop, entry(`"command": "$HOME/bin/fiskl-mcp", "args": ["stdio"]`), false, doctor.Note, "gives the server no API key"},
		"key of all":   {desktop, entry(`"command": "$HOME/bin/fiskl-mcp", "args": ["stdio"]`), true, doctor.OK, "starts this server"},
		"profile":      {desktop, entry(`"command": "$HOME/bin/fiskl-mcp", "args": ["stdio", "--profile=acme"]`), false, doctor.OK, "starts this server"},
		"handed on":    {".codex/config.toml", "[mcp_servers.fiskl]\ncommand = '$HOME/bin/fiskl-mcp'\nargs = ['stdio']\nenv_vars = ['FISKL_API_KEY']\n", false, doctor.OK, "starts this server"},
		"key in it":    {desktop, entry(good + `, "env": {"FISKL_API_KEY": "fsk_canaryDEF456"}`), false, doctor.Note, "the file holds an API key"},
		"turned off":   {".codex/config.toml", "[mcp_servers.fiskl]\ncommand = '$HOME/bin/fiskl-mcp'\nargs = ['stdio']\nenabled = false\n", true, doctor.Note, `"fiskl" is turned off in the file`},
		"turned on":    {".codex/config.toml", "[mcp_servers.fiskl]\ncommand = '$HOME/bin/fiskl-mcp'\nargs = ['stdio']\nenabled = true\n", true, doctor.OK, "starts this server"},
		"its own name": {desktop, entry(`"command": "$HOME/bin/fiskl-mcp-1.2", "args": ["stdio", "--sandbox"]`), false, doctor.OK, "starts this server"},
		"old flag":     {desktop, entry(`"command": "$HOME/bin/fiskl-mcp", "args": ["stdio", "--gone", "fsk_canaryDEF456"]`), true, doctor.Problem, `"fiskl" does not start: unknown flag: --gone`},
		"by variables": {desktop, entry(`"command": "$HOME/bin/fiskl-mcp", "args": ["stdio", "--gone"], "env": {"FISKL_CONFIG": "x"}`), true, doctor.OK, "starts this server"},
		"with remarks": {desktop, "{ // mine\n" + entry(good)[1:], false, doctor.Problem, "Claude Desktop takes plain JSON only"},
		"comma at end": {".claude.json", strings.Replace(entry(good), "}}}", "},}}", 1), false, doctor.Problem, "Claude Code takes plain JSON only"},
		"as they may":  {".cursor/mcp.json", "// mine\n" + entry(good), false, doctor.OK, "starts this server"},
		"sandbox key":  {desktop, entry(good + `, "env": {"FISKL_API_KEY": "fsk_sandboxOwner"}`), false, doctor.OK, "starts this server"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home, clients := machine(t, map[string]string{c.file: c.text, "text/fiskl-mcp": "text"})
			if err := os.MkdirAll(filepath.Join(home, "folder", "fiskl-mcp"), 0o700); err != nil {
				t.Fatal(err)
			}
			put(t, filepath.Join(home, "bin", "fiskl-mcp-1.2"), "#!/bin/sh\n", 0o700)
			starts := func(args []string) error {
				if slices.Contains(args, "--gone") {
					return fmt.Errorf("unknown flag: %s", strings.Join(args[1:], " "))
				}
				return nil
			}
			found := doctor.Programs{Clients: clients, Self: filepath.Join(home, "bin", "fiskl-mcp-1.2"), Keyed: c.keyed, Starts: starts}.Look()
			if len(found) != 1 || found[0].Verdict != c.verdict || (found[0].Do == "") != (c.verdict == doctor.OK) {
				t.Fatalf("got %+v", found)
			}
			said := found[0].Says + strings.Join(found[0].Details, "\n")
			if !strings.Contains(said, strings.ReplaceAll(c.want, "$HOME", home)) || strings.Contains(said, "canary") {
				t.Errorf("got %+v", found)
			}
		})
	}
}

// TestProgramsExposed finds a key in a file that others can read.
func TestProgramsExposed(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	home, clients := machine(t, map[string]string{desktop: entry(`"command": "$HOME/bin/fiskl-mcp", "args": ["stdio"], "env": {"FISKL_API_KEY": "fsk_canaryDEF456"}`)})
	if err := os.Chmod(filepath.Join(home, desktop), 0o644); err != nil {
		t.Fatal(err)
	}
	found := doctor.Programs{Clients: clients}.Look()
	if len(found) != 1 || found[0].Verdict != doctor.Problem || !strings.Contains(found[0].Details[0], "others can read it (mode 0644)") || !strings.HasPrefix(found[0].Do, "Run: chmod 600 ") {
		t.Errorf("got %+v", found)
	}
}

// TestProgramsOne finds that one client with an entry is enough, and none at all
// no fault.
func TestProgramsOne(t *testing.T) {
	t.Parallel()
	_, clients := machine(t, map[string]string{
		desktop: entry(`"command": "$HOME/bin/fiskl-mcp", "args": ["stdio", "--sandbox"]`), ".cursor/mcp.json": "{}",
	})
	for _, f := range (doctor.Programs{Clients: clients}).Look() {
		if f.Verdict != doctor.OK {
			t.Errorf("got %+v", f)
		}
	}
	_, clients = machine(t, nil)
	if found := (doctor.Programs{Clients: clients}).Look(); len(found) != 1 || found[0].Verdict != doctor.OK {
		t.Errorf("got %+v", found)
	}
}
