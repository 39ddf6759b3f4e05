package mailbox_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/mailbox"
)

// TestShow has the forms of domains by hand: the Punycode ones are what
// RFC 3492 gives.
func TestShow(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 60) + "@" + strings.Repeat("b", 60) + ".example"
	for in, want := range map[string]string{
		"":                           "",
		"pat@acme.example":           `"pat@acme.example"`,
		"Pat@ACME.example":           `"Pat@ACME.example"`,
		long:                         `"` + long + `"`,
		"a@b.example, c@d.example":   `"a@b.example", "c@d.example"`,
		"Pat <pat@acme.example>":     `"Pat ‹pat@acme.example›"`,
		"info@bücher.example":        `"info@bücher.example" (its domain in ASCII: xn--bcher-kva.example)`,
		"info@xn--bcher-kva.example": `"info@xn--bcher-kva.example" (its domain reads "bücher.example")`,
		"a@n\u043erthwind.example":   "\"a@n\u043erthwind.example\" (its domain in ASCII: xn--nrthwind-nbh.example; CAUTION: it mixes letters of Cyrillic and Latin, as addresses do that imitate others)",
		"p\u0430t@acme.example":      "\"p\u0430t@acme.example\" (CAUTION: it mixes letters of Cyrillic and Latin, as addresses do that imitate others)",
		"a@例え.example":               `"a@例え.example" (its domain in ASCII: xn--r8jz45g.example; letters: Han, Hiragana, Latin)`,
	} {
		got, err := mailbox.Show(in)
		if err != nil || got != want {
			t.Errorf("%q: got %s, %v, want %s", in, got, err, want)
		}
	}
	if got, err := mailbox.Show("a@b.example", "", "c@d.example"); err != nil || got != `"a@b.example", "c@d.example"` {
		t.Errorf("got %s, %v", got, err)
	}
}

// TestShowRefuses is about what a person could not see.
func TestShowRefuses(t *testing.T) {
	t.Parallel()
	for _, in := range []string{strings.Repeat("a", 321), "a\u200b@b.example", "a@b.exa\u202emple", "a@b\n.example"} {
		if got, err := mailbox.Show(in); got != "" || err == nil {
			t.Errorf("%q: got %q", in, got)
		} else if _, ours := errors.AsType[*mailbox.Error](err); !ours {
			t.Errorf("%q: got %v", in, err)
		}
	}
}
