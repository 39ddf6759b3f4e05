package fisklapi

import (
	"encoding/json"
	"fmt"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// id is a record's id as it came from Fiskl: a JSON number (documented) or a
// string. It is sent back in the form in which it came. The zero value is none.
//
// Records are compared by their keys: one list may write as a number what
// another writes as a string.
type id struct {
	key    schemas.ID
	quoted bool // it came as a string
}

func (i *id) UnmarshalJSON(b []byte) error {
	var key schemas.ID
	if err := key.UnmarshalJSON(b); err != nil {
		return fmt.Errorf("%s is not an id", schemas.Clean(string(b), 40))
	}
	*i = id{key: key, quoted: key != "" && b[0] == '"'}
	return nil
}

// MarshalJSON writes the id as it came.
func (i id) MarshalJSON() ([]byte, error) {
	switch {
	case i.key == "":
		return []byte("null"), nil
	case i.quoted:
		return json.Marshal(string(i.key))
	default:
		return []byte(i.key), nil
	}
}

// reference reads what a caller means by an id of any form, for records that
// have no other name.
func reference(argument, given, otherwise string) (schemas.ID, error) {
	key, err := schemas.ParseID(given)
	if err != nil {
		return "", notReference(argument, given, otherwise)
	}
	return key, nil
}

func notReference(argument, given, otherwise string) error {
	return &schemas.ArgumentError{Argument: argument, Problem: fmt.Sprintf("%q is not an id; %s", schemas.Clean(given, 60), otherwise)}
}
