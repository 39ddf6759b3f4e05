package fisklapi

import (
	"context"
	"sync/atomic"
	"time"
)

// RequestInfo is what [Options.Transport] can know of a request beyond what the
// request says itself: whose name has ids in it, and what it went through.
type RequestInfo struct {
	// Operation is the request's name in the contract, wherever it was moved to.
	Operation Operation

	// Attempt counts from 1; a request that is sent again has a higher one.
	Attempt int

	// Queued is when the attempt began to wait for its turn under the rate
	// limit. It is zero where there is no limit.
	Queued time.Time
}

// RequestInfoOf is that of the request with this context. It is for a transport,
// while it carries the request.
func RequestInfoOf(ctx context.Context) RequestInfo { return trailOf(ctx).info }

// countKey rides in a call's context as progressKey does.
type countKey struct{}

// WithRequestCount counts the requests that are sent under the context, those
// that are sent again included.
func WithRequestCount(ctx context.Context) (context.Context, *atomic.Int64) {
	sent := new(atomic.Int64)
	return context.WithValue(ctx, countKey{}, sent), sent
}

// counted counts a request that goes out.
func counted(ctx context.Context) {
	if sent, ok := ctx.Value(countKey{}).(*atomic.Int64); ok {
		sent.Add(1)
	}
}
