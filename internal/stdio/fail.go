package stdio

import (
	"context"
	"encoding/json"
)

// failure is the error that a handler meant.
type failure struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    any    `json:"data,omitempty"`
}

// internalError is the code that the library gives every error of a handler.
const internalError = -32603

type contextKey struct{}

// Fail has the error with which a request is answered carry the code that its
// handler chose, in place of the one that the library gives every error. It is
// called before the answer is written, and has no effect outside [Serve].
func Fail(ctx context.Context, id any, code int, message string, data any) {
	s, _ := ctx.Value(contextKey{}).(*session)
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if key := canonical(id); key != "" {
		s.failed[key] = failure{code, message, data}
	}
}

// mend returns the answer to a request as its handler meant it.
func (s *session) mend(message []byte, id string) []byte {
	s.mu.Lock()
	meant, ok := s.failed[id]
	s.mu.Unlock()
	if !ok {
		return message
	}
	var answer struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   *failure        `json:"error"`
	}
	if json.Unmarshal(message, &answer) != nil || answer.Error == nil || answer.Error.Code != internalError {
		return message
	}
	answer.Error = &meant
	mended, err := json.Marshal(answer)
	if err != nil { // the data cannot be written as JSON
		return message
	}
	return append(mended, '\n')
}
