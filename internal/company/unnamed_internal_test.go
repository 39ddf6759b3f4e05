package company

import (
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// TestListedAs finds that a key is shown as Fiskl's own list shows it, and never
// more of it.
func TestListedAs(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"fsk_0123456789abcdefghijklmnopqrstuvwxyz": "fsk_0123456789ab…",
		"fsk_0123456789abcdefghijklmn":             "fsk_0123456789ab…",
		"fsk_abcdef":                               "fsk_abc…",
		"fsk_":                                     "…",
		"":                                         "…",
	} {
		if got := listedAs(secret.New(key)); got != want {
			t.Errorf("%s: got %s, want %s", key, got, want)
		}
	}
}
