package fisklapi

import (
	"context"
	"sync"
	"time"
)

// cached keeps one answer for a while and lets callers that come together
// share one request. A failure is not kept. Who waits for another's request
// stops waiting when its own context ends.
type cached[T any] struct {
	mu      sync.Mutex
	value   T
	until   time.Time
	loading chan struct{} // closed when the request under way is over; nil without one
}

func (c *cached[T]) get(ctx context.Context, now time.Time, ttl time.Duration, load func(context.Context) (T, error)) (T, error) {
	v, done, err := c.claim(ctx, now)
	if done == nil {
		return v, err
	}
	return c.fill(ctx, done, now.Add(ttl), load)
}

// renew asks anew, whatever is kept.
func (c *cached[T]) renew(ctx context.Context, now time.Time, ttl time.Duration, load func(context.Context) (T, error)) (T, error) {
	v, done, err := c.claim(ctx, time.Unix(1<<40, 0)) // when nothing that is kept counts any more
	if done == nil {
		return v, err
	}
	return c.fill(ctx, done, now.Add(ttl), load)
}

// kept is what is kept, without asking for it.
func (c *cached[T]) kept(now time.Time) (v T, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.value, now.Before(c.until)
}

// claim returns what is kept, or else the right to ask for it, which ends with
// done. It waits while another has that right.
func (c *cached[T]) claim(ctx context.Context, now time.Time) (v T, done chan struct{}, err error) {
	for {
		c.mu.Lock()
		if now.Before(c.until) {
			defer c.mu.Unlock()
			return c.value, nil, nil
		}
		busy := c.loading
		if busy == nil {
			c.loading = make(chan struct{})
			defer c.mu.Unlock()
			return v, c.loading, nil
		}
		c.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done():
			return v, nil, ctx.Err() //nolint:wrapcheck // it is the caller's own
		}
	}
}

// fill asks, and ends the right to.
func (c *cached[T]) fill(ctx context.Context, done chan struct{}, until time.Time, load func(context.Context) (T, error)) (v T, err error) {
	failed := true
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if !failed {
			c.value, c.until = v, until
		}
		c.loading = nil
		close(done)
	}()
	v, err = load(ctx)
	failed = err != nil
	return v, err
}
