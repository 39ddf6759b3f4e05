package mcpserver

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

// healthy answers that the program runs.
func healthy(w http.ResponseWriter, _ *http.Request) { tell(w, http.StatusOK, `{"status":"ok"}`) }

// nothingHere answers every other path, among them the metadata that clients
// look for to sign in: there is none.
func nothingHere(w http.ResponseWriter, _ *http.Request) {
	tell(w, http.StatusNotFound, `{"error":"nothing is here; the endpoint is `+Path+`"}`)
}

func tell(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body+"\n") // the caller may be gone
}

// readiness tells whether Fiskl's API answers. It asks at most once in a
// while, however often it is asked.
type readiness struct {
	ask func(ctx context.Context) error
	now func() time.Time

	mu    sync.Mutex
	until time.Time
	err   error
}

const (
	readyFor   = 10 * time.Second
	askTimeout = 5 * time.Second
)

// NewReadiness answers whether Fiskl's API does. Ask asks it, and now tells the
// time.
func NewReadiness(ask func(ctx context.Context) error, now func() time.Time) http.Handler {
	return &readiness{ask: ask, now: now}
}

func (r *readiness) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if err := r.check(req.Context()); err != nil {
		tell(w, http.StatusServiceUnavailable, `{"status":"not ready","problem":"Fiskl's API does not answer, or refuses the key"}`)
		return
	}
	tell(w, http.StatusOK, `{"status":"ready"}`)
}

func (r *readiness) check(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now().Before(r.until) {
		return r.err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askTimeout)
	defer cancel()
	r.err = r.ask(ctx)
	r.until = r.now().Add(readyFor)
	return r.err
}
