package company

import (
	"regexp"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestJournalOf names journals of numbers as they always were, and gives no two companies one file.
func TestJournalOf(t *testing.T) {
	t.Parallel()
	for id, want := range map[schemas.ID]string{"": "0", "501": "501", "9b2d8f5e-0c1a-4e7b-9d3f-2a6c4b8e1f70": "9b2d8f5e-0c1a-4e7b-9d3f-2a6c4b8e1f70"} {
		if got := journalOf(id); got != want {
			t.Errorf("%q: got %s", id, got)
		}
	}
	plain, seen := regexp.MustCompile(`^[0-9a-f]{32}$`), map[string]bool{}
	for _, id := range []schemas.ID{"aB", "AB", "a:b", "a.b", "a_b"} {
		name := journalOf(id)
		if !plain.MatchString(name) || seen[name] {
			t.Errorf("%q: got %s", id, name)
		}
		seen[name] = true
	}
}
