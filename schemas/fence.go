package schemas

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxBare is how long a text is at most that may stand without quotes.
const maxBare = 50

// maxNamed is how much of a name a sentence or a heading shows.
const maxNamed = 100

// Fence returns a text as it stands in a cell of its own: unchanged when it
// reads like a name or a short entry, else in quotes. What could pass for a
// sentence, a row or a word of this server's is always in quotes.
func Fence(s string) string {
	if s == "" || figure(s) || bare(s, `&'’.-/()+#@%,:_!?"`) && s[0] != '"' && !taken(s) {
		return s
	}
	return QuotedWhole(s)
}

// QuotedWhole returns a text in double quotes as [Quoted] does, as much of it
// as is shown of any, and on one line: a sign stands where its lines end.
func QuotedWhole(s string) string { return `"` + inside(OneLine(Prose(s))) + `"` }

// figure reports an amount, a date or a number, which half of all cells are.
func figure(s string) bool {
	return len(s) <= maxBare && strings.Trim(s, "0123456789.-") == ""
}

// FenceItem returns a text as one of several in a cell, which signs part.
func FenceItem(s string) string {
	if strings.ContainsAny(s, `,"`) {
		return QuotedWhole(s)
	}
	return Fence(s)
}

// Name returns a name as it stands among this server's own words, in a
// heading or in a sentence: unchanged when it can only be read as a name, else
// in quotes and cut.
func Name(s string) string {
	if s == "" || bare(s, `&'’.-/()+#@%`) && !reads(s) {
		return s
	}
	return Quoted(s, maxNamed)
}

// Quoted returns a text cleaned, cut to limit characters and in double quotes.
// Inside, whatever could end the quotes or open a markup of some kind is
// written as its likeness.
func Quoted(s string, limit int) string { return `"` + inside(Clean(s, limit)) + `"` }

// inside writes a text as it stands between double quotes.
func inside(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '<':
			return '‹'
		case '>':
			return '›'
		case '`':
			return '\''
		case '\\':
			return '＼' // before the closing quote it would seem to undo it
		}
		if quotes(r) {
			return '\''
		}
		return r
	}, s)
	return strings.ReplaceAll(s, "](", "] (")
}

// quotes reports what a reader may take for a double quote.
func quotes(r rune) bool {
	return strings.ContainsRune("\"“”„‟«»″‶＂〝〞〟ʺ˝ˮ⹂❝❞", r)
}

// bare reports a short text of letters, digits and a few signs.
func bare(s string, signs string) bool {
	n := 0
	for _, r := range s {
		n++
		if n > maxBare || !ordinary(r) && !sign(r, signs) {
			return false
		}
	}
	return true
}

// sign reports one of some signs, nearly all of which are ASCII.
func sign(r rune, signs string) bool {
	if r < utf8.RuneSelf {
		return strings.IndexByte(signs, byte(r)) >= 0 //nolint:gosec // it is ASCII
	}
	return strings.ContainsRune(signs, r)
}

// ordinary reports what words, numbers and amounts of any script are made of.
func ordinary(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == ' ' ||
		r >= utf8.RuneSelf && unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.Sc)
}

// taken reports words that rows of this server's own begin with, what is
// written as its fields and tools are, and what is written as somebody's
// speech is.
func taken(s string) bool {
	first, _, several := strings.Cut(s, " ")
	switch {
	case strings.EqualFold(first, "total"), strings.Contains(s, ": "):
		return true
	case several:
		return strings.Contains(s, "_")
	default:
		return strings.EqualFold(s, "opening") || strings.EqualFold(s, "closing") ||
			strings.Contains(s, "_") && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
	}
}

// reads reports a text that goes on like a sentence or a heading does.
func reads(s string) bool {
	if strings.Contains(s, ". ") {
		return true
	}
	for word := range strings.FieldsSeq(s) {
		if strings.EqualFold(word, "to") || strings.EqualFold(word, "in") || strings.EqualFold(word, "on") {
			return true
		}
	}
	return false
}
