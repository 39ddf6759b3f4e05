package fisklapi

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

// crowd knows how many requests are under way, and whether the API turned one
// away while there was another. Fiskl documents neither a rate nor how many
// requests may come at once.
type crowd struct {
	now func() time.Time

	mu     sync.Mutex
	many   int           // requests that are under way
	begun  int           // requests that ever were
	until  time.Time     // when requests need not come one by one any more
	gone   chan struct{} // closed when the next of them ends; nil while nobody waits
	leftAt time.Time     // when one was given up last: the API may still be at it
}

// aloneFor is how long requests are made one after the other once the API has
// turned one away that came beside another.
const aloneFor = time.Minute

// unwanted reports that requests are to be made one after the other.
func (c *crowd) unwanted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now().Before(c.until)
}

// enter begins a request; while requests come one after the other it waits until
// no other is under way.
func (c *crowd) enter(ctx context.Context) (*visit, error) {
	for {
		v, gone := c.tryEnter()
		if v != nil {
			return v, nil
		}
		select {
		case <-gone:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (c *crowd) tryEnter() (*visit, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.many > 0 && c.now().Before(c.until) {
		if c.gone == nil {
			c.gone = make(chan struct{})
		}
		return nil, c.gone
	}
	c.many++
	c.begun++
	return &visit{crowd: c, beside: c.many > 1, begun: c.begun}, nil
}

// visit is one request that is under way, until its answer was read.
type visit struct {
	io.ReadCloser // the answer's body

	crowd  *crowd
	beside bool // another was under way when it began
	begun  int
	once   sync.Once
}

// refused notes that the API turned the request away, and reports whether another
// was or may have been under way at any time meanwhile.
func (v *visit) refused() bool {
	v.crowd.mu.Lock()
	defer v.crowd.mu.Unlock()
	now := v.crowd.now()
	if !v.beside && v.crowd.begun == v.begun && !now.Before(v.crowd.leftAt.Add(DefaultTimeout)) {
		return false
	}
	v.crowd.until = now.Add(aloneFor)
	return true
}

// givenUp notes that nobody waits for the request any more.
func (c *crowd) givenUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leftAt = c.now()
}

func (v *visit) end() {
	v.once.Do(func() {
		v.crowd.mu.Lock()
		defer v.crowd.mu.Unlock()
		v.crowd.many--
		if v.crowd.gone != nil {
			close(v.crowd.gone)
			v.crowd.gone = nil
		}
	})
}

// Close ends the request: nothing more is read of its answer.
func (v *visit) Close() error {
	defer v.end()
	return v.ReadCloser.Close()
}

// crowded counts the attempts that are under way, and leaves it to the retries to
// make those again that were turned away for the company that they had.
type crowded struct {
	next http.RoundTripper
	*crowd
}

func (t crowded) RoundTrip(req *http.Request) (*http.Response, error) {
	v, err := t.enter(req.Context())
	if err != nil {
		if req.Body != nil {
			_ = req.Body.Close() // nothing was read of it
		}
		return nil, err
	}
	defer func() {
		if v.ReadCloser == nil {
			v.end() // there is no answer to be read
		}
	}()
	res, err := t.next.RoundTrip(req)
	v.judge(req, res, err)
	if err != nil {
		return nil, err
	}
	v.ReadCloser, res.Body = res.Body, v
	return res, nil
}

// judge notes what the end of a request tells of company.
func (v *visit) judge(req *http.Request, res *http.Response, err error) {
	gone := req.Context().Err() != nil
	if gone {
		v.crowd.givenUp()
	}
	if req.Method != http.MethodGet {
		return
	}
	away := err == nil && deferring(res.StatusCode) || err != nil && !gone && !unconnected(err)
	trailOf(req.Context()).crowded.Store(away && v.refused())
}

// deferring reports a status by which a read is turned away that may be answered
// another time.
func deferring(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusConflict, http.StatusLocked, http.StatusTooEarly:
		return true
	default:
		return false
	}
}
