package schemas

import (
	"strings"
	"unicode/utf8"
)

// MaxProse is how many characters of a text that people write in lines reach a
// model: an address, notes, a description.
const MaxProse = 10_000

// Short returns a text of one line as it is shown. One that is cut says so.
func Short(s string) string {
	if plain(s) && len(s) <= MaxText {
		return strings.TrimSpace(s)
	}
	return cut(cleaned(s, false), MaxText)
}

// Prose returns a text with its line breaks as it is shown. One that is cut
// says so.
func Prose(s string) string {
	if plain(s) && len(s) <= MaxProse {
		return strings.TrimSpace(s)
	}
	return cut(cleaned(s, true), MaxProse)
}

// cut keeps the beginning of a text, so that with the mark it has limit
// characters.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:limit-utf8.RuneCountInString(cutMark)])) + cutMark
}

// cutMark ends a text that is longer than it is shown.
const cutMark = "… [cut here, the rest is in the Fiskl app]"

// Excerpt returns a text with its line breaks for one of many rows, where no
// room is for all of it.
func Excerpt(s string) string { return cut(cleaned(s, true), MaxText) }

// HoldsCut reports a text with the mark that [Short] and [Prose] cut with.
// Written back, it would end the record's own text there.
func HoldsCut(s string) bool { return strings.Contains(s, strings.TrimPrefix(cutMark, "… ")) }

// lineEnd stands for a line break where a text has one line to stand in.
const lineEnd = "⏎"

// OneLine writes a text on one line, with a sign where each of its lines ends.
func OneLine(s string) string { return strings.ReplaceAll(s, "\n", " "+lineEnd+" ") }

// lined reads what OneLine wrote.
func lined(s string) string {
	if !strings.Contains(s, lineEnd) {
		return s
	}
	for _, written := range []string{" " + lineEnd + " ", lineEnd + " ", " " + lineEnd, lineEnd} {
		s = strings.ReplaceAll(s, written, "\n")
	}
	return s
}
