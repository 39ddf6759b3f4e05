package schemas

import "strings"

// What opens a sequence for a terminal (ECMA-48): the escape character, and
// its short forms for a command and for a string, such as the target of a link
// or the title of a window.
const (
	escape   = "\x1b"
	command  = "\u009b"
	openings = escape + command + "\u0090\u0098\u009d\u009e\u009f"
)

// sequenceless takes whole sequences for a terminal out of a text, with the
// words in them that a terminal does not show.
func sequenceless(s string) string {
	if !strings.ContainsAny(s, openings) {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexAny(s, openings)
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = afterSequence(s[i:])
	}
}

// afterSequence returns what follows the sequence that s opens with. Of a
// sequence that does not end only the opening goes: it must not swallow what a
// person sees.
func afterSequence(s string) string {
	opening, rest := opened(s)
	switch {
	case opening == command:
		body := strings.TrimLeft(rest, " !\"#$%&'()*+,-./0123456789:;<=>?")
		if body != "" && body[0] >= '@' && body[0] <= '~' {
			return body[1:]
		}
	case opening != "":
		if after, ended := afterString(rest); ended {
			return after
		}
	}
	return rest
}

// opened splits a text behind its opening, which it returns in the short form;
// an escape character that opens neither a command nor a string is none.
func opened(s string) (opening, rest string) {
	if s[:1] != escape {
		return s[:2], s[2:]
	}
	short := map[string]string{"[": command, "P": "\u0090", "X": "\u0098", "]": "\u009d", "^": "\u009e", "_": "\u009f"}
	if rest = s[1:]; rest != "" && short[rest[:1]] != "" {
		return short[rest[:1]], rest[1:]
	}
	return "", rest
}

// afterString returns what follows the end of a string for a terminal.
func afterString(s string) (after string, ended bool) {
	first := len(s)
	for _, end := range []string{"\a", "\u009c", escape + "\\"} {
		if i := strings.Index(s, end); i >= 0 && i < first {
			first, after, ended = i, s[i+len(end):], true
		}
	}
	return after, ended
}
