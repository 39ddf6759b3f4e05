package httpguard

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// exchange is one request and its answer.
type exchange struct {
	guard   *guard
	start   time.Time
	id      string
	http    string // the version of HTTP
	caller  principal.Principal
	raw     []byte
	body    body
	message message
	modern  bool
	// session is the valid session of an older era.
	session string
	// repaired says that headers were mended.
	repaired bool
	out      writer
	refused  *rpcerror.Refusal
	failure  atomic.Pointer[rpcerror.Refusal]
	filling  atomic.Pointer[filling]

	// who is the caller as the limits know it, nil without limits.
	who       *caller
	notifying sync.Mutex

	// What release gives back.
	held   int64
	slot   *caller
	flight flight
}

type contextKey struct{}

// body gives the library the bytes that were read.
type body struct{ bytes.Reader }

// Close has nothing to close.
func (*body) Close() error { return nil }

func newExchange(g *guard, w http.ResponseWriter, r *http.Request) *exchange {
	x := &exchange{guard: g, start: time.Now(), id: newID(), http: httpVersion(r)}
	x.out.x, x.out.under = x, w
	x.out.flusher, _ = w.(http.Flusher)
	h := w.Header()
	h.Set("Cache-Control", noStore)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Request-Id", x.id)
	if g.o.CORS {
		g.origins.expose(h, r.Header.Get("Origin"))
	}
	return x
}

func newID() string {
	var id [8]byte
	_, _ = rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}

// within is a context that knows the caller and the exchange.
func (x *exchange) within(ctx context.Context) context.Context {
	return context.WithValue(principal.With(ctx, x.caller), contextKey{}, x)
}

// from is the exchange of a context, or nil outside the guard.
func from(ctx context.Context) *exchange {
	x, _ := ctx.Value(contextKey{}).(*exchange)
	return x
}

// RequestID names the request in logs and in its answer's X-Request-Id. It is
// empty outside the guard.
func RequestID(ctx context.Context) string {
	if x := from(ctx); x != nil {
		return x.id
	}
	return ""
}

// HTTPVersion is the version of HTTP by which the request came, such as 1.1 or
// 2. It is empty outside the guard.
func HTTPVersion(ctx context.Context) string {
	if x := from(ctx); x != nil {
		return x.http
	}
	return ""
}

func httpVersion(r *http.Request) string {
	if r.ProtoMajor > 1 {
		return strconv.Itoa(r.ProtoMajor)
	}
	return strings.TrimPrefix(r.Proto, "HTTP/")
}

// refuse answers with a refusal.
func (x *exchange) refuse(r *rpcerror.Refusal) {
	x.refused = r
	rpcerror.Write(counted{&x.out}, r, x.message.id)
	x.out.wrote(r.Status)
}

// dropped reports a message that is taken and goes nowhere. From 2026-07-28 on
// closing the stream is the only cancel over HTTP; the library would look for
// the number among the requests of all callers.
func (x *exchange) dropped() bool {
	return x.modern && x.message.method == methodCancelled
}

// release gives back what the exchange held, once.
func (x *exchange) release() {
	if x.slot != nil {
		x.slot.leave()
	}
	if x.flight != (flight{}) {
		x.guard.flights.land(x.flight)
	}
	x.guard.memory.give(x.held)
	x.slot, x.flight, x.held = nil, flight{}, 0
}
