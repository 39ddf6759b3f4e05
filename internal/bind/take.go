package bind

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Take takes one member out of arguments before they are bound. The value is
// nil when there is none. A member that is given twice is refused: which of
// the two a person saw, nobody knows.
func Take(args json.RawMessage, name string) (value any, rest json.RawMessage, err error) {
	parsed, err := parse(args)
	if err != nil {
		return nil, nil, err
	}
	members, ok := parsed.(map[string]any)
	if !ok {
		return nil, nil, fmt.Errorf("bind: take %s: arguments are a %T", name, parsed)
	}
	if count(args, name) > 1 {
		return nil, nil, refusal("%s is given twice", name)
	}
	value = members[name]
	delete(members, name)
	rest, err = json.Marshal(members)
	if err != nil {
		return nil, nil, fmt.Errorf("bind: write arguments: %w", err)
	}
	return value, rest, nil
}

// count says how often an object that is valid JSON has a member.
func count(object json.RawMessage, name string) int {
	n := 0
	d := json.NewDecoder(bytes.NewReader(object))
	for depth, wantName := 0, false; ; {
		token, err := d.Token()
		if err != nil {
			return n // the end
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
			wantName = depth == 1
			continue
		case json.Delim('}'), json.Delim(']'):
			depth--
		default:
			if depth == 1 && wantName && token == name {
				n++
			}
		}
		wantName = depth == 1 && !wantName
	}
}
