package install_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
)

// FuzzPlan edits whatever may stand in a file. It is refused, or gets the
// entry and keeps every byte.
func FuzzPlan(f *testing.F) {
	for _, text := range []string{"", "{}", someone, `{"mcpServers": {"fiskl": {"command": "fiskl-mcp"}}}`, "// c\n{\"mcpServers\": {\n\"x\": {}, },}", "[a]\nb = 1", block} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"cursor", "codex"} {
			c, _ := client(t, name, text)
			had := install.Look(c)[0]
			ch, err := install.Plan(c, c.Places[0], wish())
			if err != nil {
				continue
			}
			if had.Problem != nil {
				t.Errorf("%q could not be read (%v), and became %q", text, had.Problem, ch.After)
			}
			if len(had.Servers) == 0 && strings.TrimSpace(strings.TrimPrefix(text, "\xef\xbb\xbf")) != "" && !isSubsequence(text, string(ch.After)) {
				t.Errorf("bytes of %q are missing in %q", text, ch.After)
			}
			c, _ = client(t, name, string(ch.After))
			if again := planned(t, c, wish()); again.Needed() {
				t.Errorf("%q became %q, and then %q", text, ch.After, again.After)
			}
			if gone := planned(t, c, removal()); !gone.Needed() {
				t.Errorf("the entry stays in %q", gone.After)
			}
		}
	})
}
