package fisklapi

import (
	"context"
	"net/url"
	"sync"
)

// maxAhead is how many pages of a list are on their way at a time.
const maxAhead = 8

// ahead asks for pages before their turn comes. Each is asked for once, without
// retries: of one that does not come nothing is known, and it is asked for again
// when its turn has come, as if it had not been asked for.
type ahead struct {
	c     *Client
	never bool // nothing is asked for before its turn
	ctx   context.Context
	stop  context.CancelFunc     // nil until something was asked for
	pages map[string]chan answer // closed when none came
	all   sync.WaitGroup
}

// newAhead asks until close is called or ctx ends.
func newAhead(ctx context.Context, c *Client) *ahead { return &ahead{c: c, ctx: ctx} }

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
		a.ctx, a.stop = context.WithCancel(withOneTry(a.ctx))
		a.pages = make(map[string]chan answer)
	}
	key := string(op) + "?" + query.Encode()
	if _, asked := a.pages[key]; asked || a.c.crowd.unwanted() {
		return
	}
	page := make(chan answer, 1)
	a.pages[key] = page
	a.all.Go(func() {
		defer close(page)
		if got, err := a.c.send(a.ctx, request{op: op, query: query}); err == nil {
			page <- got
		}
	})
}

// page is a page as it was asked for ahead, or else as it comes now.
func (a *ahead) page(ctx context.Context, op Operation, query url.Values) (got answer, early bool, err error) {
	if page, asked := a.of(op, query); asked {
		if got, early = <-page; early {
			return got, true, nil
		}
	}
	got, err = a.c.send(ctx, request{op: op, query: query})
	return got, false, err
}

// of is a page that was asked for.
func (a *ahead) of(op Operation, query url.Values) (page chan answer, asked bool) {
	if a.stop == nil {
		return nil, false // as with most lists: the key is not worth making
	}
	page, asked = a.pages[string(op)+"?"+query.Encode()]
	return page, asked
}
