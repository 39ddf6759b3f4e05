package complete

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

const (
	// keep is how long what was read counts, and keepFailure how long it
	// counts that it could not be read.
	keep        = 30 * time.Second
	keepFailure = 5 * time.Second

	// patience is how long one request waits. Whoever types has gone on by
	// then, and the next letter finds what was read meanwhile.
	patience = 2 * time.Second

	// longest bounds a reading.
	longest = 10 * time.Second

	// burst and pace bound the readings of one company.
	burst = 10
	pace  = rate.Limit(1)
)

// Reasons why there is nothing to suggest from.
var (
	errSlow   = errors.New("complete: the books take too long to read")
	errPace   = errors.New("complete: the books were read too often just now")
	errDefect = errors.New("complete: reading ran into a defect")
)

// Books suggests from the books of one company.
type Books struct {
	api *fisklapi.Client
	now func() time.Time

	mu      sync.Mutex
	limiter *rate.Limiter
	kept    map[wanted]*reading
}

// wanted is what is read: a source, or what of it holds a text.
type wanted struct {
	source Source
	search string
}

// reading is something read, or being read until done is closed.
type reading struct {
	done  chan struct{}
	list  list
	err   error
	until time.Time // set when it is done
}

// New returns suggestions from the books of a client. A nil now means time.Now.
func New(api *fisklapi.Client, now func() time.Time) *Books {
	if now == nil {
		now = time.Now
	}
	return &Books{api: api, now: now, limiter: rate.NewLimiter(pace, burst), kept: make(map[wanted]*reading)}
}

// Suggest suggests values of a source that hold what was typed. An error means
// that there is nothing to suggest from now.
func (b *Books) Suggest(ctx context.Context, s Source, typed string) (Values, error) {
	all, err := b.get(ctx, wanted{source: s})
	if err != nil {
		return Values{}, err
	}
	typed = schemas.Clean(typed, maxTyped)
	if !all.whole && s.searchable() && typed != "" {
		// There is more than was read: Fiskl finds the rest. If it does not,
		// what was read has to do.
		if found, err := b.get(ctx, wanted{s, typed}); err == nil {
			all = found
		}
	}
	return among(all, typed), nil
}

// get reads what is wanted, unless it was read lately or is being read.
func (b *Books) get(ctx context.Context, w wanted) (list, error) {
	r, err := b.reading(ctx, w)
	if err != nil {
		return list{}, err
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-r.done:
		return r.list, r.err
	case <-ctx.Done():
		return list{}, ctx.Err()
	case <-timer.C:
		return list{}, errSlow
	}
}

func (b *Books) reading(ctx context.Context, w wanted) (*reading, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forget()
	if r, ok := b.kept[w]; ok {
		return r, nil
	}
	if !b.limiter.AllowN(b.now(), 1) {
		return nil, errPace
	}
	r := &reading{done: make(chan struct{})}
	b.kept[w] = r
	// Others may wait for it, so it outlives whoever asked first.
	go b.read(context.WithoutCancel(ctx), w, r)
	return r, nil
}

func (b *Books) read(ctx context.Context, w wanted, r *reading) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	found, err := list{}, errDefect
	defer func() {
		_ = recover() // it was nobody's call, so nobody else would catch it; errDefect says so
		b.finish(r, found, err)
	}()
	found, err = read(ctx, b.api, w.source, w.search)
}

func (b *Books) finish(r *reading, found list, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r.list, r.err, r.until = found, err, b.now().Add(keep)
	if err != nil {
		r.until = b.now().Add(keepFailure)
	}
	close(r.done)
}

// forget drops what is too old.
func (b *Books) forget() {
	for w, r := range b.kept {
		if !r.until.IsZero() && !b.now().Before(r.until) {
			delete(b.kept, w)
		}
	}
}
