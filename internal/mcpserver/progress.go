package mcpserver

import (
	"context"
	"math"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/progress"
	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
)

const (
	// tellEvery is how long lies between two notifications of progress at least.
	tellEvery = 250 * time.Millisecond

	// longestToken is how long a token may be, in bytes, that is sent back with
	// each of them.
	longestToken = 1 << 10

	// largestToken is up to where every whole number is itself once it was read:
	// the library reads them as floating point.
	largestToken = 1 << 53
)

// telling has a request tell its client how far it has come, where the client wants
// to know. Nothing is told any more once stop has returned.
func telling(ctx context.Context, meta *mcp.Meta) (told context.Context, stop func()) {
	token := progressToken(meta)
	if token == nil {
		return ctx, func() {}
	}
	return progress.Tell(ctx, tellEvery, func(ctx context.Context, s progress.State) error {
		params := map[string]any{"progressToken": token, "progress": s.Rows, "message": s.String()}
		if s.Total > 0 {
			params["total"] = s.Total
		}
		const method = string(mcp.MethodNotificationProgress)
		if written, err := stdio.Notify(ctx, method, params); written {
			return err
		}
		return httpguard.Notify(ctx, method, params)
	})
}

// progressToken is what a client wants to be told with: a string or a number.
// It is nil where there is none, and where what came back would not be it.
func progressToken(m *mcp.Meta) any {
	if m == nil {
		return nil
	}
	switch token := m.ProgressToken.(type) {
	case string:
		if len(token) <= longestToken {
			return token
		}
	case float64:
		if math.Abs(token) < largestToken {
			return token
		}
	}
	return nil
}
