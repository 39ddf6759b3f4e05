package stdio

import (
	"bytes"
	"context"
	"encoding/json"
)

type contextKey struct{}

// recoding is what an error is to say instead of what the library made of it.
type recoding struct {
	code int
	data any
}

// Recode gives the error that answers a request another code than the
// library's -32603, and data, which may be nil. The message stays. It does
// nothing outside [Serve].
func Recode(ctx context.Context, id any, code int, data any) {
	s, ok := ctx.Value(contextKey{}).(*session)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.recodings[canonical(id)] = recoding{code, data}
}

// recoded is a message with the code that was chosen for it.
func (s *session) recoded(id string, message []byte) []byte {
	s.mu.Lock()
	r, ok := s.recodings[id]
	delete(s.recodings, id)
	s.mu.Unlock()
	if !ok {
		return message
	}
	var m struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   *struct {
			Code    int    `json:"code"`
			Message string `json:"message"`
			Data    any    `json:"data,omitempty"`
		} `json:"error"`
	}
	if json.Unmarshal(message, &m) != nil || m.Error == nil {
		return message
	}
	m.Error.Code, m.Error.Data = r.code, r.data
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(m) != nil {
		return message
	}
	return b.Bytes()
}
