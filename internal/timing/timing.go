// Package timing tells what the requests of a call waited for.
package timing

import (
	"io"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// Recorder notes the requests of one call. Of a request it keeps its method, its
// operation and its status, and nothing else of what was sent or answered.
type Recorder struct {
	mu       sync.Mutex
	begun    time.Time // zero before
	ended    time.Time // zero while the call goes on
	requests []*request
}

// request is one attempt at an operation. Moments that did not come are zero.
type request struct {
	mu        sync.Mutex
	method    string
	operation fisklapi.Operation
	attempt   int
	status    int  // 0 for no answer
	givenUp   bool // whoever waited for the answer did not want it any more

	queued    time.Time // it began to wait for its turn
	sent      time.Time // its turn came
	connected time.Time // it had a connection
	reused    bool      // one that was there
	answered  time.Time // the first byte of the answer came
	ended     time.Time // the answer was read
}

// New returns a recorder.
func New() *Recorder { return &Recorder{} }

// Begin says that the call begins, if it has not begun.
func (r *Recorder) Begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.begun.IsZero() {
		r.begun = time.Now()
	}
}

// End says that the call is over.
func (r *Recorder) End() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = time.Now()
}

// Transport notes what goes through next. It belongs innermost, below retries.
func (r *Recorder) Transport(next http.RoundTripper) http.RoundTripper {
	return recorded{r, next}
}

type recorded struct {
	recorder *Recorder
	next     http.RoundTripper
}

func (t recorded) RoundTrip(req *http.Request) (*http.Response, error) {
	info := fisklapi.RequestInfoOf(req.Context())
	q := &request{method: req.Method, operation: info.Operation, attempt: info.Attempt, queued: info.Queued, sent: time.Now()}
	if q.queued.IsZero() {
		q.queued = q.sent
	}
	t.recorder.add(q)
	res, err := t.next.RoundTrip(req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GotConn: func(c httptrace.GotConnInfo) {
			q.note(func() { q.connected, q.reused = time.Now(), c.Reused })
		},
		GotFirstResponseByte: func() { q.note(func() { q.answered = time.Now() }) },
	})))
	if err != nil {
		q.note(func() { q.givenUp = req.Context().Err() != nil })
		q.end()
		return nil, err
	}
	q.note(func() {
		q.status = res.StatusCode
		if q.answered.IsZero() { // what carries it has no connections, such as the sandbox
			q.answered = time.Now()
		}
	})
	res.Body = &body{res.Body, q}
	return res, nil
}

func (r *Recorder) add(q *request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests = append(r.requests, q)
}

// note changes what is known of a request, unless it is over: a connection that
// is being made can outlive the request that it was meant for.
func (q *request) note(change func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ended.IsZero() {
		change()
	}
}

func (q *request) end() { q.note(func() { q.ended = time.Now() }) }

// body notes when an answer was read.
type body struct {
	io.ReadCloser

	of *request
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		b.of.end()
	}
	return n, err
}

func (b *body) Close() error {
	b.of.end()
	return b.ReadCloser.Close()
}
