package stdio

import (
	"bytes"
	"encoding/json"
)

// sound reports that a line is a message, and answers it otherwise: the library
// would, but not when the input ends before. A blank line is nothing.
func (s *session) sound(line []byte) bool {
	trimmed := bytes.TrimSpace(line)
	switch {
	case len(trimmed) == 0:
		return false
	case !json.Valid(trimmed):
		return s.deny("", parseError, "the line is not valid JSON")
	case trimmed[0] == '[':
		return s.deny("", invalidRequest, "batches are not taken: send one message a line")
	case trimmed[0] != '{':
		return s.deny("", invalidRequest, "the line is not a JSON-RPC message")
	}
	if peek(trimmed).method != "" {
		return true
	}
	var reply struct {
		Result json.RawMessage `json:"result"`
		Error  json.RawMessage `json:"error"`
	}
	if json.Unmarshal(trimmed, &reply) == nil && (reply.Result != nil || reply.Error != nil) {
		return true
	}
	var g glance
	g.read(trimmed)
	id, _ := g.message()
	return s.deny(id, invalidRequest, "the message has no method")
}

// deny answers a line that is no message.
func (s *session) deny(id string, code int, message string) bool {
	_ = s.put(fault(id, code, message)) // that nobody reads ends the conversation
	return false
}
