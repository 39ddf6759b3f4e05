package httpguard

import (
	"bytes"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// errOver is for those who write after the answer is over.
var errOver = errors.New("httpguard: the answer is over")

// writer is what the library writes its answer to.
type writer struct {
	x       *exchange
	under   http.ResponseWriter
	flusher http.Flusher

	mu     sync.Mutex
	status int
	bytes  int64
	// held is set while a status waits for the body that decides about it.
	held bool
	// streams is set once the answer is a stream of events, of which events
	// were written; news is closed at the next one.
	streams bool
	events  int
	// answered is set once a stream has the answer to its call.
	answered bool
	news     chan struct{}
	beat     *time.Timer
	over     bool
}

// Header is the header of the answer.
func (w *writer) Header() http.Header { return w.under.Header() }

// Unwrap lets an http.ResponseController through.
func (w *writer) Unwrap() http.ResponseWriter { return w.under }

// WriteHeader sends the status, or holds it back while it may have to change.
func (w *writer) WriteHeader(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.status != 0 || w.over {
		return
	}
	w.status = status
	h := w.under.Header()
	h["Cache-Control"] = []string{noStore}
	kind := h.Get("Content-Type")
	w.streams = strings.HasPrefix(kind, "text/event-stream")
	plain := status >= http.StatusBadRequest && strings.HasPrefix(kind, "text/plain")
	switch {
	case w.streams:
		h.Set("X-Accel-Buffering", "no") // nginx sends each event at once
		w.beat = time.AfterFunc(w.x.guard.o.KeepAlive, w.keepAlive)
	case plain, w.x.failure.Load() != nil && kind == jsonType:
		w.held = true
		return
	}
	w.under.WriteHeader(status)
}

// Write sends a part of the answer. The library writes each message whole.
func (w *writer) Write(p []byte) (int, error) {
	if w.begin() {
		w.WriteHeader(http.StatusOK)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.over:
		return 0, errOver
	case w.held:
		w.settle(p)
		return len(p), nil
	case w.streams:
		w.events++
		w.tell()
		if len(p) > 0 && p[0] == '{' { // the library does not know that it is a stream
			p = event(p)
		}
		w.answered = w.answered || answers(p)
		if mended, ok := w.x.mendEvent(p); ok {
			return len(p), w.send(mended)
		}
	}
	if !w.streams { // it is whole, and who has it may call again at once
		w.x.release()
	}
	return len(p), w.send(w.x.fill(p))
}

// event sends a message as an event of a stream, which the answer becomes if
// it was none.
func (w *writer) event(message []byte) error {
	if w.begin() {
		w.under.Header().Set("Content-Type", "text/event-stream")
		w.WriteHeader(http.StatusOK)
	}
	if _, err := w.Write(message); err != nil {
		return err
	}
	w.Flush()
	return nil
}

// event is a message as it stands in a stream.
func event(message []byte) []byte {
	return slices.Concat([]byte("event: message\ndata: "), bytes.TrimSpace(message), []byte("\n\n"))
}

// begin reports that nothing was written yet.
func (w *writer) begin() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.status == 0 && !w.over
}

func (w *writer) send(p []byte) error {
	n, err := w.under.Write(p)
	w.bytes += int64(n)
	return err
}

// settle decides about a held status with the body that belongs to it: a
// handler's own error takes the place of the library's, and JSON-RPC that of
// plain text.
func (w *writer) settle(p []byte) {
	w.held = false
	refusal, ok := w.x.mend(p)
	if !ok && strings.HasPrefix(w.under.Header().Get("Content-Type"), "text/plain") {
		refusal, ok = plainly(w.status, p), true
	}
	if !ok {
		w.under.WriteHeader(w.status)
		_ = w.send(w.x.fill(p)) // a caller who is gone needs no answer
		return
	}
	w.status = refusal.Status
	rpcerror.Write(counted{w}, refusal, w.x.message.id)
}

// counted writes below the writer, which holds its lock.
type counted struct{ w *writer }

func (c counted) Header() http.Header         { return c.w.under.Header() }
func (c counted) WriteHeader(status int)      { c.w.under.WriteHeader(status) }
func (c counted) Write(p []byte) (int, error) { return len(p), c.w.send(p) }

// plainly is the refusal that the library wrote as text.
func plainly(status int, text []byte) *rpcerror.Refusal {
	r := &rpcerror.Refusal{Status: status, Reason: "library", Message: strings.TrimSpace(string(text))}
	if status == http.StatusBadRequest {
		r.Code = rpcerror.InvalidRequest
	}
	return r
}

// Flush sends what was written so far.
func (w *writer) Flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over || w.held || w.flusher == nil {
		return
	}
	w.flusher.Flush()
}

// keepAlive writes a comment, which proxies count as life and clients skip.
func (w *writer) keepAlive() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over {
		return
	}
	_ = w.send([]byte(":\n\n")) // the request's context tells that the caller is gone
	if w.flusher != nil {
		w.flusher.Flush()
	}
	w.beat.Reset(w.x.guard.o.KeepAlive)
}

// wrote notes an answer that went past the writer.
func (w *writer) wrote(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.status, w.over = status, true
}

// close ends the answer: nothing may be written once the server has it back.
func (w *writer) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.held {
		w.settle(nil)
	}
	if w.beat != nil {
		w.beat.Stop()
	}
	w.over = true
	w.tell()
}

// tell wakes those who wait for news. The caller holds the lock.
func (w *writer) tell() {
	if w.news != nil {
		close(w.news)
		w.news = nil
	}
}
