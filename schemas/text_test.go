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
		{"other line ends", "a\vb\fc\u0085d\x1ce\x1df\x1eg\x1fh", "a b c d e f g h"},
		{"bell and NUL", "a\x00b\ac\x7fd\be", "abcde"},
		{"colours", "a\x1b[31mb\x1b[38;5;1;4mc\u009b0md", "abcd"},
		{"titles and links", "\x1b]0;x\aa\x1b]8;;http://e\x1b\\b\x1b]8;;\x1b\\c\u009dx\u009cd\x1bPx\x1b\\e", "abcde"},
		{"sequences without an end", "a\x1b[31\u00e9\x1b]0;b \u0090c\x1b", "a31\u00e90;b c"},
		{"other escapes", "\x1bcb\x1b\x1b(Bc", "cb(Bc"},
		{"bidi", "a\u202eb\u202dc\u2066d\u2069e\u200ff\u061cg", "abcdefg"},
		{"zero width", "a\u200bb\u200cc\u200dd\u2060e\ufefff", "abcdef"},
		{"soft hyphen", "a\u00adb", "ab"},
		{"tags", "a\U000E0001\U000E0041\U000E007Fb", "ab"},
		{"unassigned tags", "a\U000E0000\U000E0080\U000E0FFFb", "ab"},
		{"variation selectors", "a\ufe00b\U000E0100c\u180bd", "abcd"},
		{"emoji keep theirs", "\u2764\ufe0f\u2764\ufe0f", "\u2764\ufe0f\u2764\ufe0f"},
		{"but nothing else does", "\ufe0fa\ufe0f1\ufe0f \ufe0f\u2764\ufe0f\ufe0f", "a1 \u2764\ufe0f"},
		{"accents of many scripts", "e\u0323\u0302 שָׁ ก็ี่ र्क्ष", "e\u0323\u0302 שָׁ ก็ี่ र्क्ष"},
		{"a heap of accents", "a" + strings.Repeat("\u0301\u0336", 9) + "b", "a\u0301\u0336\u0301\u0336b"},
		{"accents on nothing", "\u0301 \u0301a\u200b\u0301", "a\u0301"},
		{"Braille without a dot", "a\u2800b", "a b"},
		{"fillers", "a\u3164b\u115f\u1160c\uffa0d\u2065e\u034ff", "abcdef"},
		{"private use", "a\ue000b\U00100000c", "abc"},
		{"only invisible", "\u200b\u202e \u2060", "\ufffd"},
		{"only space", " \t\u2028\u00a0", ""},
		{"letters like others", "Асmе ⒶｃｍЕ", "Асmе ⒶｃｍЕ"},
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
		hides := r == '\u2800' || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co,
			unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Zl, unicode.Zp)
		got := schemas.Clean("a"+string(r)+"é", 10)
		if hides && got != "aé" && got != "a é" && got != "a\ufffdé" {
			t.Errorf("%U stays: %q", r, got)
		} else if !hides && utf8.ValidRune(r) && got != "a"+string(r)+"é" {
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
	for _, seed := range []string{"", "Acme Ltd", "a\u202eb", "\x1b[31m", "\xff\xfe", "\U000E0041", strings.Repeat("x", 50), " \u200b \u200b ", "\x1b]0;", "\u2764\ufe0f", "a\u0301\u0301\u0301\u0301\u0301", " \u0301", "\u2000\u0300"} {
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

func BenchmarkClean(b *testing.B) {
	for name, s := range map[string]string{
		"plain": "Northwind Bakery", "accents": "Café Lumière SARL", "hidden": "Acme\u202e \x1b[31mLtd", "long": strings.Repeat("a\u0301", 50_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				schemas.Clean(s, schemas.MaxText)
			}
		})
	}
}
