package schemas

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// ValueError says that a value a caller gave cannot be used, and what would
// do. Its text is meant for the caller; it quotes the value.
type ValueError struct {
	Value   string // as given, cleaned and shortened
	Problem string // a clause such as "is not a date on the calendar; use YYYY-MM-DD"
}

func (e *ValueError) Error() string { return fmt.Sprintf("%q %s", e.Value, e.Problem) }

func refuse(value, problem string) error {
	return &ValueError{Value: Clean(value, 60), Problem: problem}
}

// literal reads a JSON string or number as the text that the caller wrote, so
// that no digit passes through a float.
func literal(b []byte) (string, error) {
	b = bytes.TrimSpace(b)
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return "", fmt.Errorf("read a JSON string: %w", err)
		}
		return s, nil
	}
	return string(b), nil
}

// ArgumentError says which argument cannot be used and why.
type ArgumentError struct {
	Argument string // its path, such as "items[2].price"
	Problem  string // a clause that follows the path
}

func (e *ArgumentError) Error() string { return e.Argument + " " + e.Problem }
