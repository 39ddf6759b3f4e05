package fisklapi

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// trail says whether an attempt at a request may have been carried out though
// no answer tells. Several attempts leave one trail.
type trail struct {
	unsure atomic.Bool

	// crowded says that the last attempt was turned away while another request
	// was under way.
	crowded atomic.Bool

	// first is an attempt that was made before those that the retries make.
	first *attempt

	info RequestInfo // of the attempt that is made
}

// attempt is what came of one.
type attempt struct {
	res *http.Response
	err error
}

// trailKey rides in the request's context, since only the request crosses every
// [http.RoundTripper] on the road, that of the retries among them.
type trailKey struct{}

func withTrail(ctx context.Context, op Operation) (context.Context, *trail) {
	t := &trail{info: RequestInfo{Operation: op}}
	return context.WithValue(ctx, trailKey{}, t), t
}

// trailOf is the trail that a request leaves; a new one if it leaves none.
func trailOf(ctx context.Context) *trail {
	if t, ok := ctx.Value(trailKey{}).(*trail); ok {
		return t
	}
	return new(trail)
}

// trailed notes how each attempt ended. It is the innermost link, so what
// never came to it was never sent.
type trailed struct{ next http.RoundTripper }

func (t trailed) RoundTrip(req *http.Request) (*http.Response, error) {
	all := trailOf(req.Context())
	all.info.Attempt++
	res, err := t.next.RoundTrip(req)
	all.info.Queued = time.Time{} // one that follows a renewed token does not wait again
	lost := err != nil && !unconnected(err) || err == nil && res.StatusCode >= http.StatusInternalServerError
	if lost {
		all.unsure.Store(true)
	}
	return res, err
}

// unconnected reports that there was no connection to send anything on.
func unconnected(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &dns) || errors.As(err, &op) && op.Op == "dial"
}
