package stdio

import (
	"context"
	"encoding/json"
	"fmt"
)

// Notify sends a notification that belongs to the request under way, and returns
// when it is written. The library hands notifications to another goroutine, and
// one could follow the answer. It reports false outside [Serve].
func Notify(ctx context.Context, method string, params any) (bool, error) {
	s, ok := ctx.Value(contextKey{}).(*session)
	if !ok {
		return false, nil
	}
	if err := ctx.Err(); err != nil {
		return true, err // the client gave the request up: it is told nothing more of it
	}
	message, err := json.Marshal(struct {
		JSONRPC string `json:"jsonrpc"`
		Method  string `json:"method"`
		Params  any    `json:"params"`
	}{"2.0", method, params})
	if err != nil {
		return true, fmt.Errorf("encode %s: %w", method, err)
	}
	return true, s.put(append(message, '\n'))
}
