package httpguard

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/time/rate"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/ttlmap"
)

// How many callers are told apart, and for how long after their last request.
const (
	maxCallers = 10_000
	callerIdle = 10 * time.Minute
)

// callers are the principals, and what each is doing.
type callers struct {
	limits Limits
	known  *ttlmap.Map[string, *caller]
}

// caller is one principal.
type caller struct {
	pace  *rate.Limiter // nil for any
	slots chan struct{} // nil for any number
	// questions are those to the person that have no reply yet; there may be
	// any number where there may be any number of calls.
	questions chan struct{}
}

// maxQuestions is how many questions to the person one caller may leave open.
const maxQuestions = 64

func newCallers(l Limits) *callers {
	return &callers{l, ttlmap.New[string, *caller](maxCallers, callerIdle)}
}

// of is what is known of a principal.
func (c *callers) of(id string) *caller {
	return c.known.GetOrMake(id, ttlmap.Always, func() *caller {
		made := &caller{}
		if c.limits.Rate > 0 {
			made.pace = rate.NewLimiter(rate.Limit(c.limits.Rate), max(c.limits.Burst, 1))
		}
		if c.limits.Concurrent > 0 {
			made.slots = make(chan struct{}, c.limits.Concurrent)
			made.questions = make(chan struct{}, maxQuestions)
		}
		return made
	})
}

// unlimited reports that nothing is counted.
func (c *callers) unlimited() bool { return c.limits.Rate <= 0 && c.limits.Concurrent <= 0 }

// checkRate refuses a principal that asks too often.
func (g *guard) checkRate(x *exchange, _ *http.Request) *rpcerror.Refusal {
	if g.callers.unlimited() {
		return nil
	}
	x.who = g.callers.of(x.caller.ID)
	if x.who.pace == nil {
		return nil
	}
	now := time.Now()
	turn := x.who.pace.ReserveN(now, 1)
	wait := turn.DelayFrom(now)
	if wait <= 0 {
		return nil
	}
	turn.CancelAt(now)
	return tooMany("rate", "too many requests", wait)
}

// takeSlot waits for a call's turn among those of its principal. Answers and
// notifications need none: what they are about already has one.
func (g *guard) takeSlot(x *exchange, r *http.Request) *rpcerror.Refusal {
	if !x.message.call() || x.who == nil || x.who.slots == nil {
		return nil
	}
	if !x.who.enter(r.Context(), g.o.Limits.Wait) {
		return tooMany("concurrency", "too many calls at once", time.Second)
	}
	x.slot = x.who
	return nil
}

// enter waits for a slot.
func (c *caller) enter(ctx context.Context, patience time.Duration) bool {
	select {
	case c.slots <- struct{}{}:
		return true
	default:
	}
	if patience <= 0 {
		return false
	}
	patient := time.NewTimer(patience)
	defer patient.Stop()
	select {
	case c.slots <- struct{}{}:
		return true
	case <-patient.C:
	case <-ctx.Done():
	}
	return false
}

// leave gives the slot back.
func (c *caller) leave() { <-c.slots }

func tooMany(reason, message string, wait time.Duration) *rpcerror.Refusal {
	return &rpcerror.Refusal{
		Status: http.StatusTooManyRequests, Reason: reason, RetryAfter: wait,
		Message: message + "; see Retry-After",
	}
}
