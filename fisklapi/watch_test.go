package fisklapi_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// watch stands on the road to a server and at the guard, and writes down in which order it sees what.
type watch struct {
	next    http.RoundTripper
	refusal error // the guard's, when it refuses

	// knows is what the guard makes of how a write ended. Nil leaves it.
	knows func(fisklapi.Result) fisklapi.Result

	// meddle answers in place of the server. Nil, or an answer of nothing, leaves it to the server.
	meddle func(*http.Request) *http.Response

	mu    sync.Mutex
	seen  []string
	asked []fisklapi.Write
	ended []fisklapi.Result
}

// watched returns a client of a server that is watched.
func watched(tb testing.TB, server http.Handler, adjusts ...adjust) (world, *watch) {
	tb.Helper()
	w := &watch{next: inprocess.Transport{Handler: server}}
	guarded := func(o *fisklapi.Options) { o.Guard = w.guard }
	return connect(tb, w, append([]adjust{guarded}, adjusts...)...), w
}

// demo is a sandbox at the moment of every test.
func demo() *sandbox.Server { return sandbox.New(sandbox.Options{Now: noon, Like: demoCompany}) }

func (w *watch) guard(_ context.Context, write fisklapi.Write) (func(fisklapi.Result) fisklapi.Result, error) {
	w.see("asked "+string(write.Operation), func() { w.asked = append(w.asked, write) })
	if w.refusal != nil {
		return nil, w.refusal
	}
	return func(r fisklapi.Result) fisklapi.Result {
		w.see(fmt.Sprintf("ended %s: %s", write.Operation, r.Outcome), func() { w.ended = append(w.ended, r) })
		if w.knows != nil {
			return w.knows(r)
		}
		return r
	}, nil
}

// RoundTrip passes a request on.
func (w *watch) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method != http.MethodGet && !strings.HasSuffix(req.URL.Path, "/preview") {
		w.see(req.Method+" "+req.URL.Path, func() {})
	}
	if w.meddle != nil {
		if res := w.meddle(req); res != nil {
			return res, nil
		}
	}
	return w.next.RoundTrip(req)
}

func (w *watch) see(what string, also func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = append(w.seen, what)
	also()
}

// forget starts a new page.
func (w *watch) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen, w.asked, w.ended = nil, nil, nil
}

// order is what was seen; a request that was tried again counts once.
func (w *watch) order() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Compact(slices.Clone(w.seen))
}

// planned is the write that the guard was asked about, which must be one.
func (w *watch) planned(tb testing.TB) fisklapi.Write {
	tb.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.asked) != 1 {
		tb.Fatalf("the guard was asked about %d writes, want one: %v", len(w.asked), w.seen)
	}
	return w.asked[0]
}

// result is how the write ended, of which there must be one.
func (w *watch) result(tb testing.TB) fisklapi.Result {
	tb.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.ended) != 1 {
		tb.Fatalf("the guard learnt of %d ends, want one: %v", len(w.ended), w.seen)
	}
	return w.ended[0]
}
