package install

import (
	"bytes"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// statement is one piece of a text of TOML: the header of a table, a key with
// its value, or a comment or empty line. All pieces one after another are the
// text.
type statement struct {
	text  string
	table []string // the table it belongs to or opens; nil before the first
	key   []string // what it sets; nil for all others
	opens bool     // it is a header
}

// maxLines is how many lines one value may have. Each more is one more
// attempt at reading them all.
const maxLines = 1000

// statements takes a text apart that is known to be TOML. A piece ends with
// the first line up to which it can be read alone: inside a list or a text of
// several lines it cannot.
func statements(text []byte) ([]statement, error) {
	var all []statement
	var table []string
	var piece []byte
	lines := 0
	for line := range bytes.Lines(text) {
		piece = append(piece, line...)
		if lines++; lines > maxLines {
			return nil, errByHand
		}
		meta, err := toml.Decode(string(piece), &map[string]any{})
		if err != nil {
			continue
		}
		s := stated(string(piece), meta.Keys(), table)
		table = s.table
		all = append(all, s)
		piece, lines = nil, 0
	}
	if len(piece) > 0 {
		return nil, errByHand
	}
	return all, nil
}

// stated is a piece that stands in a table, by the keys that it was read as.
func stated(piece string, keys []toml.Key, table []string) statement {
	s := statement{text: piece, table: table}
	switch {
	case len(keys) == 0:
	case strings.HasPrefix(strings.TrimLeft(piece, " \t"+bom), "["):
		s.opens, s.table = true, keys[0]
	default:
		s.key = keys[0]
	}
	return s
}

// isIn reports that the statement belongs to a table or one inside it.
func (s statement) isIn(table []string) bool {
	return len(s.table) >= len(table) && slices.Equal(s.table[:len(table)], table)
}

// says reports that the statement does something, and is not only there to be
// read by people.
func (s statement) says() bool { return s.opens || s.key != nil }

// isEmpty reports an empty line.
func (s statement) isEmpty() bool { return strings.TrimSpace(s.text) == "" }

// valued is the statement with another value. What stands before the value,
// and a comment behind it, stay.
func (s statement) valued(value string) string {
	end := s.end()
	rest := s.text[end:]
	key, _, _ := strings.Cut(s.text[:end], "=")
	space := s.text[len(strings.TrimRight(s.text[:end], " \t\r\n")):end]
	return strings.TrimRight(key, " \t") + " = " + value + space + rest
}

// end is where the value ends with the white space behind it: at the end, or
// at the first # that opens a comment. One inside a text does not, for up to
// there the statement cannot be read.
func (s statement) end() int {
	for i, c := range s.text {
		if c != '#' {
			continue
		}
		if _, err := toml.Decode(s.text[:i], &map[string]any{}); err == nil {
			return i
		}
	}
	return len(s.text)
}

func joined(all []statement) []byte {
	var out []byte
	for _, s := range all {
		out = append(out, s.text...)
	}
	return out
}
