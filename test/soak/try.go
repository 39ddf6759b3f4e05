package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// wish is something that a model was told to do once. It may try more often.
type wish struct {
	id      int
	kind    string
	once    string  // what must not come of it twice, whoever else wishes for the same; empty where that cannot be told
	zeal    float64 // how often it is tried again though it was done
	careful bool    // it is not tried again when it may have been done
	sets    setting // what it changes in a client or a vendor; empty for others
	tries   int
	do      func(context.Context, *fisklapi.Client) error
}

// setting is a field of a client or a vendor and what it is to be.
type setting struct {
	kind  string // "clients"
	id    schemas.ID
	field string
	value string
}

// try is one call of a tool for a wish.
type try struct {
	wish  *wish
	name  string
	clock *clock

	// agreed says that a person said yes to it.
	agreed bool

	mu     sync.Mutex
	asked  time.Time
	passed bool
	first  fisklapi.Outcome // what its process wrote down; empty when it died before
	told   answer           // what its model was told; empty before
	seen   string           // what a person was shown of it; empty where nobody was asked
}

// next is the wish's next try.
func (w *wish) next(c *clock) *try {
	w.tries++
	return &try{wish: w, name: fmt.Sprintf("%d.%d", w.id, w.tries), clock: c}
}

type tryKey struct{}

// under puts the try on a call. The journal knows it by its name, which stands
// where the digest of the arguments would.
func (t *try) under(ctx context.Context) context.Context {
	ctx = context.WithValue(ctx, tryKey{}, t)
	call := writepolicy.Call{Tool: t.wish.kind, Arguments: t.name}
	if t.agreed {
		call.Confirmation = t.name
	}
	return writepolicy.WithCall(ctx, call)
}

// tryOf is the try that a call belongs to. Every call here has one.
func tryOf(ctx context.Context) *try {
	t, ok := ctx.Value(tryKey{}).(*try)
	if !ok {
		panic("a write without a try")
	}
	return t
}

func (t *try) asks() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asked = t.clock.Now()
}

func (t *try) passes() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.passed = true
}

func (t *try) ends(o fisklapi.Outcome) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.first = o
}

// shows notes what a person was shown.
func (t *try) shows(what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seen = what
}

func (t *try) shown() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen
}

// left is how long the try's request may still be under way.
func (t *try) left(now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return arrivesWithin - now.Sub(t.asked)
}

// unclear reports a try that the guard let pass and whose process did not know
// how it ended, or died before it did.
func (t *try) unclear() bool {
	return t.passed && (t.first == "" || t.first == fisklapi.Unknown)
}
