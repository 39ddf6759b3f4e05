package fisklapi

import (
	"context"
	"sync"
	"time"
)

// cached keeps one answer for a while and lets callers that come together
// share one request. A failure is not kept.
type cached[T any] struct {
	mu    sync.Mutex
	value T
	until time.Time
}

func (c *cached[T]) get(ctx context.Context, now time.Time, ttl time.Duration, load func(context.Context) (T, error)) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Before(c.until) {
		return c.value, nil
	}
	return c.keep(ctx, now, ttl, load)
}

// renew asks anew, whatever is kept.
func (c *cached[T]) renew(ctx context.Context, now time.Time, ttl time.Duration, load func(context.Context) (T, error)) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.keep(ctx, now, ttl, load)
}

func (c *cached[T]) keep(ctx context.Context, now time.Time, ttl time.Duration, load func(context.Context) (T, error)) (T, error) {
	v, err := load(ctx)
	if err == nil {
		c.value, c.until = v, now.Add(ttl)
	}
	return v, err
}

// kept is what is kept, without asking for it.
func (c *cached[T]) kept(now time.Time) (v T, known bool) {
	if !c.mu.TryLock() {
		return v, false // it is being asked for
	}
	defer c.mu.Unlock()
	return c.value, now.Before(c.until)
}
