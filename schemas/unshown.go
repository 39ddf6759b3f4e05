package schemas

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unshown returns what somebody means who was shown the text stored and writes
// given in its place. What was shown is not quite what is stored: it may stand
// on one line, without what cannot be seen, and with likenesses of the signs
// that could end quotes. So a text given as it was shown is the stored one, and
// of one that was changed in part the rest stays as it is stored.
func Unshown(stored, given string) string {
	if isShown(stored, given) {
		return stored
	}
	given = lined(given)
	if strings.Contains(stored, "](") {
		given = strings.ReplaceAll(given, "] (", "](")
	}
	was, tail := pieces(stored)
	is, end := pieces(given)
	return join(was, is, matched(was, is), tail, end)
}

// CutShort reports a text that is the beginning of what is stored, as it was
// shown cut. Written back, it would lose the rest.
func CutShort(stored, given string) bool {
	if given == stored {
		return false
	}
	if HoldsCut(given) {
		return true
	}
	begun, ellipsis := strings.CutSuffix(strings.Trim(strings.TrimSpace(given), `"`), "…")
	begun = cleaned(lined(begun), false)
	whole := cleaned(stored, false)
	all, some := utf8.RuneCountInString(whole), utf8.RuneCountInString(begun)
	const fewest = 20 // nothing is shown shorter
	long := ellipsis && some >= fewest || all > MaxText && some >= MaxText-100
	return long && some < all && (strings.HasPrefix(whole, begun) || strings.HasPrefix(inside(whole), begun))
}

// isShown reports that given is a form in which stored is shown.
func isShown(stored, given string) bool {
	if given == stored {
		return true
	}
	quoted := strings.TrimSuffix(strings.TrimPrefix(given, `"`), `"`)
	for _, shown := range []string{Prose(stored), Short(stored)} {
		for _, form := range []string{shown, OneLine(shown)} {
			if given == form || given == inside(form) || quoted == inside(form) {
				return true
			}
		}
	}
	return false
}

// piece is a word with the blanks before it.
type piece struct{ gap, word string }

// pieces takes a text apart. What cannot be seen counts as a blank where it
// stands by itself. The tail is the blanks behind the last word.
func pieces(s string) (all []piece, tail string) {
	var gap strings.Builder
	for s != "" {
		end := strings.IndexFunc(s, func(r rune) bool { return !separates(r) })
		if end < 0 {
			end = len(s)
		}
		_, _ = gap.WriteString(s[:end]) // a builder never fails to write
		s = s[end:]
		if end = strings.IndexFunc(s, separates); end < 0 {
			end = len(s)
		}
		word := s[:end]
		s = s[end:]
		if strings.IndexFunc(word, func(r rune) bool { return !invisible(r) }) < 0 {
			_, _ = gap.WriteString(word)
			continue
		}
		all = append(all, piece{gap.String(), word})
		gap.Reset()
	}
	return all, gap.String()
}

func separates(r rune) bool { return unicode.IsSpace(r) || blank(r) }

// maxCompared bounds the pairs of words that are compared; of texts that
// differ in more, only their beginnings and ends are.
const maxCompared = 1 << 20

// matched returns, for each word of is, which word of was it shows; -1 for a
// new one.
func matched(was, is []piece) []int {
	pair := slices.Repeat([]int{-1}, len(is))
	from := 0
	for from < min(len(was), len(is)) && shows(was[from].word, is[from].word) {
		pair[from] = from
		from++
	}
	a, b := len(was), len(is)
	for a > from && b > from && shows(was[a-1].word, is[b-1].word) {
		a, b = a-1, b-1
		pair[b] = a
	}
	if (a-from)*(b-from) <= maxCompared {
		common(was[from:a], is[from:b], func(i, j int) { pair[from+j] = from + i })
	}
	return pair
}

// common calls pair for the words of a longest common subsequence.
func common(was, is []piece, pair func(i, j int)) {
	width := len(is) + 1
	longest := make([]int32, (len(was)+1)*width) // of what begins at two words
	for i := range slices.Backward(was) {
		for j := range slices.Backward(is) {
			best := max(longest[(i+1)*width+j], longest[i*width+j+1])
			if shows(was[i].word, is[j].word) {
				best = max(best, longest[(i+1)*width+j+1]+1)
			}
			longest[i*width+j] = best
		}
	}
	for i, j := 0, 0; i < len(was) && j < len(is); {
		switch longest[i*width+j] {
		case longest[(i+1)*width+j]:
			i++
		case longest[i*width+j+1]:
			j++
		default:
			pair(i, j)
			i, j = i+1, j+1
		}
	}
}

// shows reports that a word is how the stored one is shown.
func shows(stored, word string) bool {
	if word == stored {
		return true
	}
	if plain(stored) && !strings.ContainsAny(stored, "<>`\\\"") {
		return false
	}
	c := cleaned(stored, false)
	return word == c || word == inside(c)
}

// join writes the words of is, those that show one of was as it is stored, and
// the blanks before a word too where it is known which those are.
func join(was, is []piece, pair []int, tail, end string) string {
	oneLine := !slices.ContainsFunc(is, func(p piece) bool { return strings.Contains(p.gap, "\n") })
	aligned := align(pair, len(was))
	var b strings.Builder
	for j, p := range is {
		if i := aligned[j]; i >= 0 {
			p.gap = gap(was[i].gap, p.gap, oneLine)
		}
		if i := pair[j]; i >= 0 {
			p.word = was[i].word
		}
		_, _ = b.WriteString(p.gap + p.word) // a builder never fails to write
	}
	if last := len(is) - 1; last >= 0 && pair[last] == len(was)-1 {
		end = gap(tail, end, oneLine)
	}
	return b.String() + end
}

// align returns, for each word, in the place of which stored one it stands; -1
// for one that was put in. A word that shows a stored one stands in its place,
// and as many words as were there before stand in theirs.
func align(pair []int, stored int) []int {
	aligned := slices.Clone(pair)
	for from := 0; from < len(pair); {
		if pair[from] >= 0 {
			from++
			continue
		}
		to, before, after := from, -1, stored
		for to < len(pair) && pair[to] < 0 {
			to++
		}
		if from > 0 {
			before = pair[from-1]
		}
		if to < len(pair) {
			after = pair[to]
		}
		if after-before-1 == to-from {
			for k := range to - from {
				aligned[from+k] = before + 1 + k
			}
		}
		from = to
	}
	return aligned
}

// gap is what stands between two words: the stored blanks, unless others are
// given on purpose.
func gap(stored, given string, oneLine bool) string {
	shown := strings.TrimSuffix(strings.TrimPrefix(cleaned("|"+stored+"|", true), "|"), "|")
	if given == "" || given == shown || oneLine && (given == " " || given == strings.ReplaceAll(shown, "\n", " ")) {
		return stored
	}
	return given
}
