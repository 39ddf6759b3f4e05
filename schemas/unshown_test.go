package schemas_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

const threeLines = "Acme House\n14 Quay Street\nManchester M3 4AB"

// TestUnshown has the right value by hand of each way to write a text back.
func TestUnshown(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, stored, given, want string }{
		{"as structured", threeLines, threeLines, threeLines},
		{"on one line", threeLines, "Acme House 14 Quay Street Manchester M3 4AB", threeLines},
		{"with the sign for line ends", threeLines, "Acme House ⏎ 14 Quay Street ⏎ Manchester M3 4AB", threeLines},
		{"in its quotes", threeLines, `"Acme House ⏎ 14 Quay Street ⏎ Manchester M3 4AB"`, threeLines},
		{"a number changed", threeLines, "Acme House 15 Quay Street Manchester M3 4AB", "Acme House\n15 Quay Street\nManchester M3 4AB"},
		{"a line added", threeLines, "Acme House ⏎ 14 Quay Street ⏎ Manchester M3 4AB ⏎ England", threeLines + "\nEngland"},
		{"a line taken out", threeLines, "Acme House\nManchester M3 4AB", "Acme House\nManchester M3 4AB"},
		{"lines joined on purpose", threeLines, "Acme House, 14 Quay Street\nManchester M3 4AB", "Acme House, 14 Quay Street\nManchester M3 4AB"},
		{"lines made on purpose", "Acme House 14 Quay Street", "Acme House\n14 Quay Street", "Acme House\n14 Quay Street"},
		{"all new", threeLines, "1 High Street\nLeeds", "1 High Street\nLeeds"},
		{"new where there was none", "", "1 High Street ⏎ Leeds", "1 High Street\nLeeds"},
		{"carriage returns", "a\r\nb\r\nc", "a\nb\nc", "a\r\nb\r\nc"},
		{"carriage returns, one word new", "a\r\nb\r\nc", "a\nd\nc", "a\r\nd\r\nc"},
		{"blank lines", "Dear all,\n\nthanks.\n", "Dear all, ⏎  ⏎ thanks.", "Dear all,\n\nthanks.\n"},
		{"blank lines on one line", "Dear all,\n\nthanks.\n", "Dear all, thanks. Bye", "Dear all,\n\nthanks. Bye"},
		{"likenesses", `C:\new <b> "x" ` + "`y`", "\"C:＼new ‹b› 'x' 'y'\"", `C:\new <b> "x" ` + "`y`"},
		{"likenesses, a word added", `C:\new <b> "x"`, "C:＼new ‹b› 'x' more", `C:\new <b> "x" more`},
		{"a quote changed on purpose", "O’Brien", "O'Brien", "O'Brien"},
		{"guillemets on purpose", "a", "a ‹b›", "a ‹b›"},
		{"parted", "see ![x](http://x.example) now", "see ![x] (http://x.example) then", "see ![x](http://x.example) then"},
		{"invisible", "a\u200bb c", "ab d", "a\u200bb d"},
		{"blanks around", "  a\tb ", "a b", "  a\tb "},
		{"the sign itself", "press ⏎ twice", "press ⏎ twice", "press ⏎ twice"},
		{"nothing seen", "\u200b", "\uFFFD", "\u200b"},
	} {
		if got := schemas.Unshown(test.stored, test.given); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestCutSaysSo(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word and line\n", 900)
	shown := schemas.Prose(long)
	if !strings.HasSuffix(shown, " [cut here, the rest is in the Fiskl app]") || len([]rune(shown)) > schemas.MaxProse || !schemas.HoldsCut(shown) || !schemas.HoldsCut(schemas.Fence(shown)) {
		t.Errorf("got a text that ends in %q", shown[len(shown)-80:])
	}
	if whole := schemas.Prose(strings.Repeat("x ", 1700)); schemas.HoldsCut(whole) || len(whole) != 3399 {
		t.Errorf("notes of 3,400 characters are cut to %d", len(whole))
	}
	for given, want := range map[string]bool{
		shown:                              true,
		schemas.Fence(shown):               true,
		shown + " And more.":               true,
		strings.Split(shown, "…")[0]:       true, // the mark taken off
		strings.Split(shown, "…")[0] + "…": true,
		long[:300] + "…":                   true, // as a sentence would show it
		long[:300]:                         false,
		long:                               false,
		"Something else…":                  false,
	} {
		if got := schemas.CutShort(long, given); got != want {
			t.Errorf("%.30q, %d bytes: cut short is %v", given, len(given), got)
		}
	}
}

// FuzzUnshown finds that a text written back in a form in which it was shown
// is the stored one, to the last byte, whatever it is.
func FuzzUnshown(f *testing.F) {
	for _, seed := range []string{threeLines, "a\r\nb", `\ " ‹ < ](`, "\u200b", "⏎", "a ⏎ b\nc", "\t", "x\u2028y", "＼\\", "\xff", "“a”\n'b'"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, stored string) {
		if len(stored) > 4000 {
			return
		}
		fenced := schemas.Fence(schemas.Prose(stored))
		for _, given := range []string{stored, schemas.Prose(stored), schemas.Short(stored), fenced, schemas.Clean(stored, 5000)} {
			if schemas.HoldsCut(given) || given == "" {
				continue
			}
			if got := schemas.Unshown(stored, given); got != stored {
				t.Errorf("stored %q, shown and written as %q, became %q", stored, given, got)
			}
		}
	})
}
