package schemas

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is how many characters of one text that a user wrote reach a model.
const MaxText = 2000

// Clean makes text that somebody wrote safe to show as data: control,
// bidirectional, zero-width and other invisible characters go, line ends and
// tabs become spaces, and what is longer than limit characters is cut with an
// ellipsis. Invalid UTF-8 becomes the replacement character.
func Clean(s string, limit int) string {
	if plain(s) && len(s) <= limit {
		return strings.TrimSpace(s)
	}
	s = strings.Map(visible, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:limit-1])) + "…"
}

// plain reports text that is all printable ASCII, as most is.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func visible(r rune) rune {
	switch {
	case r == '\n', r == '\r', r == '\t', r == '\u2028', r == '\u2029':
		return ' '
	case invisible(r):
		return -1
	default:
		return r
	}
}

// invisible reports the characters that can hide or reorder text: controls,
// formatting characters (bidirectional marks, zero-width characters, tags) and
// variation selectors other than the one that emoji use.
func invisible(r rune) bool {
	switch {
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
		return true
	case r >= 0xFE00 && r <= 0xFE0E, r >= 0xE0100 && r <= 0xE01EF:
		return true
	case r == 0x034F, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x3164, r == 0xFFA0:
		return true
	default:
		return false
	}
}

// FindInvisible returns the first character of s that nobody could see in
// Fiskl. Joiners that scripts and emoji need, and line ends, are not counted.
func FindInvisible(s string) (rune, bool) {
	for _, r := range s {
		switch r {
		case '\n', '\r', '\t', '\u200C', '\u200D':
			continue
		}
		if invisible(r) {
			return r, true
		}
	}
	return 0, false
}
