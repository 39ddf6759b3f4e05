package fisklapi

import (
	"context"
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
