package tools

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	fastjson "github.com/segmentio/encoding/json"
)

// envelope is an answer as a client gets it: what it has to be read with, whose
// books it is of, and its own members, in one JSON object.
type envelope struct {
	notes   []note // the last stands first; empty ones are left out
	company string
	answer  any // encodes to a JSON object
}

// likely is room for an answer of some rows.
const likely = 1 << 10

// MarshalJSON writes the members of all three as those of one object.
func (e envelope) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, likely), '{')
	for _, n := range slices.Backward(e.notes) {
		if n.text != "" {
			b = append(member(b, n.name, n.text), ',')
		}
	}
	b = member(b, "company", e.company)
	own := len(b)
	b, err := fastjson.Append(b, e.answer, fastjson.SortMapKeys)
	switch {
	case err != nil:
		return nil, fmt.Errorf("write an answer: %w", err)
	case len(b) < own+2 || b[own] != '{':
		return nil, fmt.Errorf("write an answer: %T is no JSON object", e.answer)
	case b[own+1] == '}': // it has no members
		return append(b[:own], '}'), nil
	}
	b[own] = ',' // where its members begin
	return b, nil
}

// member appends a member that is a text. Neither "&" nor "<" is escaped:
// nobody puts this into a web page, and an escape costs a model six characters.
func member(b []byte, name, text string) []byte {
	b = append(fastjson.AppendEscape(b, name, 0), ':')
	return fastjson.AppendEscape(b, text, 0)
}

// plainJSON writes "&" as itself, as [member] does.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("write an answer: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
