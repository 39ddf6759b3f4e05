package main

import (
	"sync"
	"time"
)

// clock is the time of everybody in the soak. It moves by whole seconds, one
// for each write that sets out to Fiskl, so that what Fiskl's audit trail dates
// to a second is the doing of one request.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// step moves the clock and returns what it shows then.
func (c *clock) step(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}
