package httpguard

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// flight is a call of a session that has no answer yet, by its id in one form.
type flight struct{ session, id string }

func newFlight(session string, id []byte) flight { return flight{session, canonical(id)} }

// canonical writes an id in one form: 7 and 7.0 are the same.
func canonical(id []byte) string {
	if len(id) > 0 && id[0] != '"' && !bytes.ContainsAny(id, ".eE") {
		return string(id)
	}
	var v any
	if json.Unmarshal(id, &v) != nil {
		return ""
	}
	switch v := v.(type) {
	case string:
		return `"` + v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return ""
	}
}

// inflight are all of them.
type inflight struct {
	mu   sync.Mutex
	open map[flight]bool
}

func newFlights() *inflight { return &inflight{open: make(map[flight]bool)} }

// leave reports that f was not open, and opens it.
func (fs *inflight) leave(f flight) bool {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if fs.open[f] {
		return false
	}
	fs.open[f] = true
	return true
}

func (fs *inflight) land(f flight) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	delete(fs.open, f)
}

// checkTwice refuses an id that a call of the same session still has: which of
// the two a cancel meant could not be told. From 2026-07-28 on there are no
// sessions and no cancels, and several clients of one principal may well
// count alike.
func (g *guard) checkTwice(x *exchange, _ *http.Request) *rpcerror.Refusal {
	if x.session == "" || !x.message.call() {
		return nil
	}
	f := newFlight(x.session, x.message.id)
	if !g.flights.leave(f) {
		return malformed(rpcerror.InvalidRequest, "a call with this id is still running")
	}
	x.flight = f
	return nil
}
