package fisklapi

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"
)

// maxAhead is how many pages of a list are on their way at a time.
const maxAhead = 8

// ahead asks for pages before their turn comes. Each is asked for once, without
// retries: of one that does not come nothing is known, and it is asked for again
// when its turn has come, as if it had not been asked for.
type ahead struct {
	c     *Client
	never bool   // nothing is asked for before its turn
	begin func() // makes send, stop and pages, which most lists never need
	send  func(request) (answer, error)
	stop  context.CancelFunc        // nil until something was asked for
	pages map[string]chan earlyPage // each gives one, once
	all   sync.WaitGroup
}

// earlyPage is what came of asking for a page before its turn.
type earlyPage struct {
	answer answer
	err    error
	came   bool // it was answered, or would be refused once more
	at     time.Time
}

// newAhead asks until close is called or ctx ends.
func newAhead(ctx context.Context, c *Client) *ahead {
	a := &ahead{c: c}
	a.begin = func() {
		ctx, stop := context.WithCancel(withOneTry(ctx))
		a.send = func(r request) (answer, error) { return c.send(ctx, r) }
		a.stop, a.pages = stop, make(map[string]chan earlyPage)
	}
	return a
}

// close gives up what has not come yet.
func (a *ahead) close() {
	if a.stop != nil {
		a.stop()
		a.all.Wait()
	}
}

// ask asks for a page, unless it is asked for already or the API wants requests
// to come one after the other.
func (a *ahead) ask(op Operation, query url.Values) {
	if a.never {
		return
	}
	if a.stop == nil {
		a.begin()
	}
	key := string(op) + "?" + query.Encode()
	if _, asked := a.pages[key]; asked || a.c.crowd.unwanted() {
		return
	}
	page := make(chan earlyPage, 1)
	a.pages[key] = page
	a.all.Go(func() {
		var early earlyPage
		defer func() {
			_ = recover() // what panics does so again in its turn, before whoever asks for it
			page <- early
			close(page)
		}()
		got, err := a.send(request{op: op, query: query})
		refused := errors.Is(err, Invalid) && !deferring(asError(err).Status)
		early = earlyPage{answer: got, err: err, came: err == nil || refused, at: time.Now()}
	})
}

// page is a page as it was asked for ahead, or else as it comes now.
func (a *ahead) page(ctx context.Context, op Operation, query url.Values) (got answer, early bool, err error) {
	if page, asked := a.of(op, query); asked {
		first := <-page // nothing, the second time
		if first.came {
			return first.answer, first.err == nil, first.err
		}
		if err := first.wait(ctx); err != nil {
			return answer{}, false, err
		}
	}
	got, err = a.c.send(ctx, request{op: op, query: query})
	return got, false, err
}

// wait waits as long as the API asked to when it turned the page away. A longer
// time than is waited for is the failure that it would be in its turn.
func (p earlyPage) wait(ctx context.Context) error {
	failed := asError(p.err)
	if failed == nil || failed.RetryAfter <= 0 || !deferring(failed.Status) {
		return nil
	}
	if failed.RetryAfter > longestWait {
		return p.err
	}
	timer := time.NewTimer(failed.RetryAfter - time.Since(p.at))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return unanswered(failed.Endpoint, ctx.Err(), false)
	}
}

// of is a page that was asked for.
func (a *ahead) of(op Operation, query url.Values) (page chan earlyPage, asked bool) {
	if a.stop == nil {
		return nil, false // as with most lists: the key is not worth making
	}
	page, asked = a.pages[string(op)+"?"+query.Encode()]
	return page, asked
}
