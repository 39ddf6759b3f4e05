package httpguard

import (
	"net/http"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/answer"
)

// flight is a call of a session that has no answer yet.
type flight struct{ session, id string }

// flights are all of them.
type flights struct {
	mu   sync.Mutex
	open map[flight]struct{}
}

func newFlights() *flights { return &flights{open: make(map[flight]struct{})} }

// leave reports that f was not open, and opens it.
func (fs *flights) leave(f flight) bool {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	_, open := fs.open[f]
	fs.open[f] = struct{}{}
	return !open
}

func (fs *flights) land(f flight) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	delete(fs.open, f)
}

// checkTwice refuses an id that a call of the same session still has: which of
// the two a cancel meant could not be told. From 2026-07-28 on there are no
// sessions and no cancels, and several clients of one principal may well
// count alike.
func (g *guard) checkTwice(x *exchange, _ *http.Request) *answer.Refusal {
	if x.session == "" || !x.message.call() {
		return nil
	}
	f := flight{x.session, string(x.message.id)}
	if !g.flights.leave(f) {
		return malformed(answer.InvalidRequest, "a call with this id is still running")
	}
	x.flight = f
	return nil
}
