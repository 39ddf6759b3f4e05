package digest_test

import (
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
)

// TestOf holds digests to those that earlier versions kept: another one would
// lose what was written under it.
func TestOf(t *testing.T) {
	t.Parallel()
	const empty, abc = "e3b0c44298fc1c149afbf4c8996fb924", "ba7816bf8f01cfea414140de5dae2223" // of SHA-256, FIPS 180-4
	for name, c := range map[string]struct{ got, want string }{
		"nothing": {digest.Of[string](), empty},
		"text":    {digest.Of("abc"), abc},
		"parts":   {digest.Of("a", "", "bc"), abc},
		"bytes":   {digest.Of([]byte("abc")), abc},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", name, c.got, c.want)
		}
	}
}

// TestJSON finds one digest for one value, however its members were put in.
func TestJSON(t *testing.T) {
	t.Parallel()
	got, err := digest.JSON(map[string]any{"b": "<", "a": 1}, "op\n", "7\n")
	if want := digest.Of("op\n7\n" + `{"a":1,"b":"\u003c"}`); err != nil || got != want {
		t.Errorf("got %s and error %v, want %s", got, err, want)
	}
	if got, err := digest.JSON(func() {}); err == nil {
		t.Errorf("got %s for what has no JSON, want an error", got)
	}
}
