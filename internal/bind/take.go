package bind

import (
	"encoding/json"
	"fmt"
)

// Take takes one member out of arguments before they are bound. The value is
// nil when there is none.
func Take(args json.RawMessage, name string) (value any, rest json.RawMessage, err error) {
	parsed, err := parse(args)
	if err != nil {
		return nil, nil, err
	}
	members, ok := parsed.(map[string]any)
	if !ok {
		return nil, nil, fmt.Errorf("bind: take %s: arguments are a %T", name, parsed)
	}
	value = members[name]
	delete(members, name)
	rest, err = json.Marshal(members)
	if err != nil {
		return nil, nil, fmt.Errorf("bind: write arguments: %w", err)
	}
	return value, rest, nil
}
