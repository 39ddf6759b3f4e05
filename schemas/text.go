package schemas

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is how many characters of a text of one line reach a model.
const MaxText = 2000

// Clean makes text that somebody wrote safe to show as data: control,
// bidirectional, zero-width and other invisible characters go, with the whole
// of each sequence meant for a terminal; line ends and tabs become spaces; of
// marks heaped on one letter the first few stay; and what is longer than limit
// characters is cut with an ellipsis. Invalid UTF-8, and a text in which
// nothing can be seen, becomes the replacement character, so that no text
// passes for one that is not there. Letters that look like others stay.
func Clean(s string, limit int) string {
	if plain(s) && len(s) <= limit {
		return strings.TrimSpace(s)
	}
	out := cleaned(s, false)
	if utf8.RuneCountInString(out) <= limit {
		return out
	}
	return strings.TrimSpace(string([]rune(out)[:limit-1])) + "…"
}

// cleaned is the whole of a text without what cannot be seen; with its line
// breaks, each as one line feed, or with spaces in their place.
func cleaned(s string, lines bool) string {
	c := cleaner{lines: lines}
	c.Grow(len(s))
	for _, r := range sequenceless(strings.ToValidUTF8(s, hidden)) {
		c.add(r)
	}
	out := strings.TrimSpace(c.String())
	if out == "" && strings.TrimSpace(s) != "" {
		return hidden
	}
	return out
}

// hidden stands where something is that cannot be shown.
const hidden = "\uFFFD"

// plain reports text that is all printable ASCII, as most is.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// maxMarks is how many combining marks one letter keeps: as many as any
// living script writes.
const maxMarks = 4

// emoji asks for the coloured form of the character before it.
const emoji = '\uFE0F'

// cleaner collects the characters that stay.
type cleaner struct {
	strings.Builder

	lines bool // line breaks stay
	last  rune // the one added last
	marks int  // how many marks stand on the last letter
	cr    bool // the last one read was a carriage return
}

func (c *cleaner) add(r rune) {
	pair := c.cr && r == '\n'
	c.cr = r == '\r'
	if r < ' ' || r > '~' {
		var stays bool
		if r, stays = c.turned(r); !stays || c.lines && pair {
			return
		}
	}
	if r <= '~' || !unicode.Is(unicode.M, r) {
		c.marks = 0
	}
	c.last = r
	_, _ = c.WriteRune(r) // a builder never fails to write
}

// turned is what stands for a character that is no plain one.
func (c *cleaner) turned(r rune) (as rune, stays bool) {
	switch {
	case c.lines && breaks(r):
		return '\n', true
	case blank(r):
		return ' ', true
	default:
		return r, !invisible(r) && (!unicode.Is(unicode.M, r) || c.bears(r))
	}
}

// bears reports that a mark may stand on what was added last, and counts it.
func (c *cleaner) bears(mark rune) bool {
	if mark == emoji {
		// Anywhere else than on a symbol it changes nothing that can be seen,
		// and its being there or not could spell something.
		return unicode.Is(unicode.S, c.last)
	}
	if c.last == 0 || unicode.IsSpace(c.last) || c.marks == maxMarks {
		return false
	}
	c.marks++
	return true
}

// breaks reports what ends a line of text.
func breaks(r rune) bool {
	return r >= '\n' && r <= '\r' || r == 0x85 || r == '\u2028' || r == '\u2029'
}

// blank reports what breaks lines, moves to another column or leaves a gap:
// whatever some program takes for the end of a line, and the pattern of
// Braille without a dot.
func blank(r rune) bool {
	return r >= '\t' && r <= '\r' || r >= 0x1C && r <= 0x1F || r == 0x85 || r == '\u2028' || r == '\u2029' || r == '\u2800'
}

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
