package principal

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/ttlmap"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

const (
	// goodFor is how long a key that Fiskl knows is let in without asking
	// again, and badFor how long an unknown one is refused.
	goodFor = time.Minute
	badFor  = 10 * time.Second
	// lookPatience is how long Fiskl may take to answer.
	lookPatience = 10 * time.Second
	// maxVerdicts is how many keys are remembered, maxLooks how many are
	// asked about at once: unknown keys must not become a flood at Fiskl's.
	maxVerdicts = 10_000
	maxLooks    = 16
	// comeBack is when to try again after Fiskl did not answer.
	comeBack = 5 * time.Second
	// regularFor is how long after the last request a key counts as one that
	// Fiskl knew.
	regularFor = 24 * time.Hour
)

// verdicts remembers what Fiskl said about keys.
type verdicts struct {
	look  Look
	known *ttlmap.Map[string, *verdict]
	turns chan struct{}
	// regulars are keys that Fiskl knew when it was last asked.
	regulars *ttlmap.Map[string, *atomic.Bool]
}

// verdict is one answer. Its fields are set before done is closed.
type verdict struct {
	done    chan struct{}
	refusal *rpcerror.Refusal
	until   time.Time
}

func newVerdicts(look Look) *verdicts {
	return &verdicts{
		look, ttlmap.New[string, *verdict](maxVerdicts, goodFor), make(chan struct{}, maxLooks),
		ttlmap.New[string, *atomic.Bool](maxVerdicts, regularFor),
	}
}

// of is the refusal of a key, or nil. Of requests that bring the same unknown
// key at once one asks, and all take its answer. Where nobody may be asked,
// regulars still are asked about: they do not guess, and many may share an
// address with somebody who does.
func (v *verdicts) of(ctx context.Context, id string, key secret.Secret) *rpcerror.Refusal {
	if !MayLook(ctx) && !v.regular(id) {
		return v.heard(id)
	}
	verdict := v.known.GetOrMake(id, (*verdict).stands, func() *verdict {
		made := &verdict{done: make(chan struct{})}
		// Whoever asked first may leave; the others still want to know.
		go v.judge(context.WithoutCancel(ctx), made, id, key)
		return made
	})
	select {
	case <-verdict.done:
		return verdict.refusal
	case <-ctx.Done():
		return silence()
	}
}

// heard is what is known of a key without asking.
func (v *verdicts) heard(id string) *rpcerror.Refusal {
	verdict, ok := v.known.Get(id)
	if !ok || !verdict.settled() || !verdict.stands() {
		return refused("this API key is not known here yet", true)
	}
	return verdict.refusal
}

// judge asks Fiskl. That there was no answer is not remembered.
func (v *verdicts) judge(ctx context.Context, made *verdict, id string, key secret.Secret) {
	defer close(made.done)
	made.refusal = silence() // in case the look panics
	ctx, cancel := context.WithTimeout(ctx, lookPatience)
	defer cancel()
	select {
	case v.turns <- struct{}{}:
		defer func() { <-v.turns }()
	case <-ctx.Done():
		return
	}
	valid, err := v.look(ctx, key)
	if err != nil {
		return
	}
	v.note(id, valid)
	if valid {
		made.refusal, made.until = nil, time.Now().Add(goodFor)
		return
	}
	made.refusal = refused("Fiskl does not know this API key; it may have been revoked", true)
	made.until = time.Now().Add(badFor)
}

// regular reports that a key is one that Fiskl knew.
func (v *verdicts) regular(id string) bool {
	known, ok := v.regulars.Get(id)
	return ok && known.Load()
}

// note keeps whether Fiskl knows a key, if it ever did.
func (v *verdicts) note(id string, valid bool) {
	if valid {
		v.regulars.GetOrMake(id, ttlmap.Always, func() *atomic.Bool { return &atomic.Bool{} }).Store(true)
	} else if known, ok := v.regulars.Get(id); ok {
		known.Store(false)
	}
}

// stands reports that a verdict is being made or still holds.
func (v *verdict) stands() bool {
	return !v.settled() || time.Now().Before(v.until)
}

// settled reports that a verdict is made.
func (v *verdict) settled() bool {
	select {
	case <-v.done:
		return true
	default:
		return false
	}
}

// Unanswered is the reason of a refusal because Fiskl could not be asked.
const Unanswered = "look"

// silence is the answer while Fiskl gives none.
func silence() *rpcerror.Refusal {
	return &rpcerror.Refusal{
		Status: http.StatusServiceUnavailable, RetryAfter: comeBack, Reason: Unanswered,
		Message: "Fiskl could not be asked about your API key; try again in a moment",
	}
}
