package app

import (
	"bytes"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

var update = flag.Bool("update", false, "write the generated files anew")

// TestReadme holds the table of the README against the code, and its length
// against what anybody reads.
func TestReadme(t *testing.T) {
	t.Parallel()
	page := tabled(t, "../../README.md", map[string]string{"tools": toolTable(t)})
	if lines := bytes.Count(page, []byte("\n")); lines > 150 {
		t.Errorf("the README has %d lines; nobody reads more than 150", lines)
	}
}

// TestSettings holds the table of the settings against the code.
func TestSettings(t *testing.T) {
	t.Parallel()
	tabled(t, "../../docs/settings.md", map[string]string{"settings": settingTable("")})
}

// TestHosting does so for the settings of the shared endpoint.
func TestHosting(t *testing.T) {
	t.Parallel()
	tabled(t, "../../docs/hosting.md", map[string]string{"settings": settingTable("http")})
}

// TestSignInPage does so for the settings of signing in.
func TestSignInPage(t *testing.T) {
	t.Parallel()
	tabled(t, "../../docs/sign-in.md", map[string]string{"settings": settingTable("login")})
}

// tabled is a page with its tables as they should be. It fails, or with
// -update writes them, when they are not.
func tabled(t *testing.T, path string, tables map[string]string) []byte {
	t.Helper()
	now, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := now
	for name, table := range tables {
		want = between(t, want, name, table)
	}
	if bytes.Equal(now, want) {
		return want
	}
	if !*update {
		t.Errorf("the tables of %s are stale: run go test ./internal/app -update", path)
		return want
	}
	if err := os.WriteFile(path, want, 0o600); err != nil {
		t.Fatal(err)
	}
	return want
}

// between puts text between the two marks of that name.
func between(t *testing.T, page []byte, name, text string) []byte {
	t.Helper()
	start, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->"
	before, rest, ok := strings.Cut(string(page), start)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("the page lacks the marks of %s", name)
	}
	return []byte(before + start + text + end + after)
}

// settingTable has the settings of one command, or of all.
func settingTable(command string) string {
	var b strings.Builder
	b.WriteString("| environment | flag | default | meaning |\n|---|---|---|---|\n")
	for _, s := range config.Settings() {
		if s.Command != command {
			continue
		}
		flagName := ""
		if s.Flag != "" {
			flagName = "`--" + s.Flag + "`"
		}
		initial := s.Initial
		if initial != "" {
			initial = "`" + initial + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", s.Env, flagName, initial, s.Help)
	}
	return b.String()
}

// toolTable has a row for each toolset: what it reads, what it changes, what
// it costs a model's context and what it needs of a key.
func toolTable(t *testing.T) string {
	t.Helper()
	p, err := company.Open(config.Config{Companies: []config.Company{{Sandbox: true}}}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| toolset | reads | changes | tokens | permissions |\n|---|---|---|---|---|\n")
	all := p.All()
	for len(all) > 0 {
		n := slices.IndexFunc(all, func(tool tools.Tool) bool { return tool.Toolset != all[0].Toolset })
		if n < 0 {
			n = len(all)
		}
		b.WriteString(setRow(p.Each[0].Catalog, all[:n]))
		all = all[n:]
	}
	return b.String()
}

func setRow(catalog *tools.Catalog, set []tools.Tool) string {
	var reads, changes, needs []string
	cost := 0
	for _, tool := range set {
		name := "`" + tool.Name + "`"
		if tool.Effect == tools.Read {
			reads = append(reads, name)
		} else {
			changes = append(changes, name)
		}
		for _, p := range catalog.Missing(tool.Needs, nil) {
			if p = "`" + p + "`"; !slices.Contains(needs, p) {
				needs = append(needs, p)
			}
		}
		cost += tool.Tokens()
	}
	return fmt.Sprintf("| %s | %s | %s | %d | %s |\n", set[0].Toolset,
		strings.Join(reads, " "), strings.Join(changes, " "), cost, strings.Join(needs, " "))
}
