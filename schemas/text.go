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

// emoji asks for the coloured form of the character before it.
const emoji = '\uFE0F'

// invisible reports the characters that can hide or reorder text: controls,
// formatting characters (bidirectional marks, zero-width characters, tags),
// what is not shown by default, and variation selectors other than the one
// that emoji use.
func invisible(r rune) bool {
	return r != emoji && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
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
