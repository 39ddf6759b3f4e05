package fisklapi

import (
	"bytes"
	"encoding/json"
	"errors"
)

// envelope is one page of a list, whatever it came wrapped in. Fiskl prints
// only bare arrays; its short-page rule suggests that all lists are. Wrappers
// as Spring makes them, or any object with exactly one list in it, are read
// too.
type envelope struct {
	rows []json.RawMessage

	// last tells whether this is the last page, when the wrapper says so.
	last *bool
}

func (e *envelope) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("[")) {
		return json.Unmarshal(b, &e.rows)
	}
	var wrapper map[string]json.RawMessage
	if err := json.Unmarshal(b, &wrapper); err != nil {
		return err
	}
	if last, ok := wrapper["last"]; ok && json.Unmarshal(last, &e.last) != nil {
		e.last = nil
	}
	for _, name := range []string{"content", "items", "data", "results"} {
		if rows, ok := wrapper[name]; ok {
			return json.Unmarshal(rows, &e.rows)
		}
	}
	return e.onlyList(wrapper)
}

func (e *envelope) onlyList(wrapper map[string]json.RawMessage) error {
	found := false
	for _, v := range wrapper {
		if !bytes.HasPrefix(bytes.TrimSpace(v), []byte("[")) {
			continue
		}
		if found {
			return errors.New("a list was expected, and the answer holds several")
		}
		found = true
		if err := json.Unmarshal(v, &e.rows); err != nil {
			return err
		}
	}
	if !found {
		return errors.New("a list was expected, and the answer holds none")
	}
	return nil
}
