package progress

import (
	"context"
	"sync"
	"time"
)

// Tell sends the states of a call one after the other, at most one in every
// interval, and never holds the call up: of those that come while one is on its
// way, the last counts. Nothing is sent once stop has returned, nor after an
// error of send.
func Tell(ctx context.Context, every time.Duration, send func(context.Context, State) error) (watched context.Context, stop func()) {
	t := &teller{every: every, send: send, news: make(chan State, 1), over: make(chan struct{})}
	return Watch(ctx, func(s State) { t.hear(ctx, s) }), t.stop
}

// teller is what sends.
type teller struct {
	every time.Duration
	send  func(context.Context, State) error

	mu      sync.Mutex
	begun   bool
	stopped bool
	news    chan State // the last that was not sent yet
	over    chan struct{}
	sending sync.WaitGroup
}

// hear takes a state. The first begins the sending: most calls have none.
func (t *teller) hear(ctx context.Context, s State) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stopped {
		return
	}
	select {
	case <-t.news:
	default:
	}
	t.news <- s
	if !t.begun {
		t.begun = true
		t.sending.Go(func() { t.run(ctx) })
	}
}

// run sends until the call is over or nobody takes what is sent.
func (t *teller) run(ctx context.Context) {
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-pause.C:
		case <-t.over:
			return
		case <-ctx.Done():
			return
		}
		select {
		case s := <-t.news:
			if t.send(ctx, s) != nil {
				return
			}
		case <-t.over:
			return
		case <-ctx.Done():
			return
		}
		pause.Reset(t.every)
	}
}

// stop waits for what is on its way.
func (t *teller) stop() {
	t.mu.Lock()
	if !t.stopped {
		t.stopped = true
		close(t.over)
	}
	t.mu.Unlock()
	t.sending.Wait()
}
