package secret_test

import (
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// TestMask finds every kind of key in a text, and leaves the rest alone.
func TestMask(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`"K": "fsk_abcDEF123456",`:          `"K": "fsk_…",`,
		"fsk_ab-cdSECRET and fsk_ab_SECRET": "fsk_… and fsk_…",
		"fsk_-----S,fsk_abcdef_SECRET-x":    "fsk_…,fsk_…",
		"fsk_sand… of FISKL_API_KEY":        "fsk_sand… of FISKL_API_KEY",
		"a key starts with fsk_":            "a key starts with fsk_",
		"":                                  "",
	} {
		if got := secret.Mask(text); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	if got := secret.Keys("fsk_ab-cdSECRET, fsk_sand…"); !slices.Equal(got, []string{"fsk_ab-cdSECRET"}) {
		t.Errorf("got %q, want the key alone", got)
	}
}

// TestQuote finds that what somebody typed is shown in quotes, and a key in it
// is not.
func TestQuote(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                "\"\"",
		"a \"b\"\n":       `"a \"b\"\n"`,
		"fsk_":            "(not shown, for it holds a key)",
		"x=FSK_abcDEF123": "(not shown, for it holds a key)",
	} {
		if got := secret.Quote(text); got != want {
			t.Errorf("%q: got %s", text, got)
		}
	}
}

// TestPrefix finds that a third of a key is shown at most.
func TestPrefix(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "…", "fsk_": "…", "fsk_abc": "fsk_a…", "fsk_abcdefghijkl": "fsk_abcd…", "fsk_abcdefghijklmnopqrst": "fsk_abcd…"} {
		if got := secret.Prefix(secret.New(text)); got != want {
			t.Errorf("%q: got %s", text, got)
		}
	}
}
