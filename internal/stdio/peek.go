package stdio

import (
	"bytes"
	"encoding/json"
)

// message is what accounting needs to know of a JSON-RPC message.
type message struct {
	id      string // in canonical JSON; empty for a notification
	method  string // empty for an answer
	cancels string // the id that a cancellation names
}

// cancellation is the method by which a client gives a request up.
const cancellation = "notifications/cancelled"

// peek reads id and method and stops as soon as it has both, so that a large
// answer, whose id comes first, costs next to nothing. A line that is not a
// message yields nothing: the library refuses it.
func peek(line []byte) message {
	var m message
	d := json.NewDecoder(bytes.NewReader(line))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return m
	}
	for d.More() && !m.known() {
		key, err := d.Token()
		if err != nil || !m.read(d, key) {
			return m
		}
	}
	return m
}

func (m *message) known() bool {
	if m.method == cancellation {
		return m.cancels != ""
	}
	return m.id != "" && m.method != ""
}

func (m *message) read(d *json.Decoder, key json.Token) bool {
	switch key {
	case "id":
		var id any
		if d.Decode(&id) != nil {
			return false
		}
		m.id = canonical(id)
		return true
	case "method":
		return d.Decode(&m.method) == nil
	case "result", "error":
		return false // an answer; its id stood before
	case "params":
		var params struct {
			RequestID any `json:"requestId"`
		}
		if d.Decode(&params) != nil {
			return false
		}
		m.cancels = canonical(params.RequestID)
		return true
	default:
		var skip json.RawMessage
		return d.Decode(&skip) == nil
	}
}

// canonical writes an id in one form, however it was spelled: 7 and 7.0 are
// the same request.
func canonical(id any) string {
	b, err := json.Marshal(id)
	if err != nil || id == nil {
		return ""
	}
	return string(b)
}
