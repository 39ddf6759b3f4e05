package fisklapi

import (
	"net/http"
	"sync"
	"time"
)

// crowd knows how many requests are under way, and whether the API turned one
// away while there was another. Fiskl documents neither a rate nor how many
// requests may come at once.
type crowd struct {
	now func() time.Time

	mu    sync.Mutex
	many  int
	until time.Time
}

// aloneFor is how long requests of one call are made one after the other once
// the API has turned one away that came beside another.
const aloneFor = time.Minute

// unwanted reports that requests are to be made one after the other.
func (c *crowd) unwanted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now().Before(c.until)
}

func (c *crowd) enter() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.many++
}

func (c *crowd) leave(turnedAway bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if turnedAway && c.many > 1 {
		c.until = c.now().Add(aloneFor)
	}
	c.many--
}

// crowded counts the attempts that are under way.
type crowded struct {
	next http.RoundTripper
	*crowd
}

func (t crowded) RoundTrip(req *http.Request) (*http.Response, error) {
	t.enter()
	res, err := t.next.RoundTrip(req)
	t.leave(req.Method == http.MethodGet && err == nil && deferring(res.StatusCode))
	return res, err
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

// turnedAway reports a read that ended so.
func turnedAway(err error) bool {
	failed := asError(err)
	return failed != nil && deferring(failed.Status)
}
