package schemas_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"plain", "Acme Ltd", "Acme Ltd"},
		{"accents", "Müller Café 日本 Ελλάς", "Müller Café 日本 Ελλάς"},
		{"combining", "e\u0301", "e\u0301"},
		{"lines", " a\nb\r\nc\td\u2028e\u2029f ", "a b  c d e f"},
		{"bell and NUL", "a\x00b\ac\x7fd\u0085e", "abcde"},
		{"ANSI", "a\x1b[31mb\x1b]0;x\ac", "a[31mb]0;xc"},
		{"bidi", "a\u202eb\u202dc\u2066d\u2069e\u200ff\u061cg", "abcdefg"},
		{"zero width", "a\u200bb\u200cc\u200dd\u2060e\ufefff", "abcdef"},
		{"soft hyphen", "a\u00adb", "ab"},
		{"tags", "a\U000E0001\U000E0041\U000E007Fb", "ab"},
		{"unassigned tags", "a\U000E0000\U000E0080\U000E0FFFb", "ab"},
		{"variation selectors", "a\ufe00b\U000E0100c\u180bd", "abcd"},
		{"emoji keep theirs", "\u2764\ufe0f", "\u2764\ufe0f"},
		{"fillers", "a\u3164b\u115f\u1160c\uffa0d\u2065e\u034ff", "abcdef"},
		{"private use", "a\ue000b\U00100000c", "abc"},
		{"only invisible", "\u200b\u202e \u2060", ""},
		{"not UTF-8", "a\xff\xfeb", "a\ufffdb"},
		{"long", strings.Repeat("é", 30), strings.Repeat("é", 21) + "…"},
		{"just fits", strings.Repeat("é", 22), strings.Repeat("é", 22)},
		{"cut at a space", strings.Repeat("é", 20) + "  b c", strings.Repeat("é", 20) + "…"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := schemas.Clean(test.in, 22); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestCleanLeavesNothingInvisible tries every character there is.
func TestCleanLeavesNothingInvisible(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		hides := unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Zl, unicode.Zp) && r != '\ufe0f'
		if got := schemas.Clean("a"+string(r)+"b", 10); hides && got != "ab" && got != "a b" && got != "a\ufffdb" {
			t.Errorf("%U stays: %q", r, got)
		} else if !hides && utf8.ValidRune(r) && got != "a"+string(r)+"b" {
			t.Errorf("%U is gone: %q", r, got)
		}
	}
}

func TestFindInvisible(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]rune{
		"":                     0,
		"Acme\nLtd\tand\rmore": 0,
		"\u2764\ufe0f\u200d":   0, // a joiner that emoji need
		"नि\u200cले":           0, // and one that scripts do
		"a\u200bb":             '\u200b',
		"a\u202e\u200bb":       '\u202e',
		"a\U000E0041":          '\U000E0041',
		"\x1b[2J":              '\x1b',
		"a\x00":                0x00,
		"\ufeffa":              '\ufeff',
		"a\u3164":              '\u3164',
	} {
		got, found := schemas.FindInvisible(in)
		if got != want || found != (want != 0 || strings.Contains(in, "\x00")) {
			t.Errorf("%q: got %U and %t, want %U", in, got, found, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "Acme Ltd", "a\u202eb", "\x1b[31m", "\xff\xfe", "\U000E0041", strings.Repeat("x", 50), " \u200b \u200b "} {
		f.Add(seed, 10)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit = 1 + (limit%100+100)%100
		got := schemas.Clean(s, limit)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > limit || got != strings.TrimSpace(got) {
			t.Errorf("%q became %q at limit %d", s, got, limit)
		}
		if again := schemas.Clean(got, limit); again != got {
			t.Errorf("%q became %q and then %q", s, got, again)
		}
		if r, found := schemas.FindInvisible(got); found || strings.ContainsAny(got, "\n\r\t\u200c\u200d") {
			t.Errorf("%q became %q, which hides %U", s, got, r)
		}
	})
}
