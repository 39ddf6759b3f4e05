package httpguard

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// Event is what there is to say of a request when it is over. It says nothing
// that belongs to somebody's books: no arguments, no addresses of resources.
type Event struct {
	Start     time.Time
	Took      time.Duration
	RequestID string
	// HTTP is the version that the request came by, such as 1.1 or 2.
	HTTP string
	// HTTPMethod and Status are those of HTTP.
	HTTPMethod string
	Status     int
	// Method is that of JSON-RPC, Name the tool's or prompt's; both are
	// "other" when they are made up, and empty when there is none.
	Method string
	Name   string
	// Principal is the caller's ID, empty for strangers. From is where a request
	// came from whose caller is not known, for IPv6 the network: whoever runs the
	// server has to find who tries credentials, and who comes past the proxy.
	Principal string
	From      string
	Modern    bool
	// Repaired says that the client's headers were mended, Streamed that the
	// answer was a stream.
	Repaired bool
	Streamed bool
	// In and Out are the bytes of the bodies.
	In, Out int64
	// Reason is why the guard or a handler refused, in one word, and Code the
	// code of JSON-RPC it gave; both are zero when neither did.
	Reason string
	Code   int
}

// other stands for what callers make up.
const other = "other"

// observe tells of a request that is over.
func (g *guard) observe(x *exchange, r *http.Request) {
	e := x.event(r)
	level := slog.LevelInfo
	if e.Status >= http.StatusInternalServerError {
		level = slog.LevelWarn
	}
	if g.o.Logger.Enabled(r.Context(), level) {
		g.o.Logger.LogAttrs(r.Context(), level, "request", e.attrs()...)
	}
	if g.o.Observe != nil {
		g.o.Observe(e)
	}
}

func (x *exchange) event(r *http.Request) Event {
	x.out.mu.Lock()
	defer x.out.mu.Unlock()
	e := Event{
		Start: x.start, Took: time.Since(x.start), RequestID: x.id,
		HTTP: x.http, HTTPMethod: httpMethod(r.Method), Status: x.out.status,
		Method: rpcMethod(x.message.method), Name: x.name(), Principal: x.caller.ID,
		Modern: x.modern, Repaired: x.repaired, Streamed: x.out.streams,
		In: int64(len(x.raw)), Out: x.out.bytes,
	}
	if x.caller.ID == "" {
		e.From = x.guard.strangers.from(r)
	}
	why := x.refused
	if why == nil {
		why = x.failure.Load()
	}
	if why != nil {
		e.Reason, e.Code = why.Reason, why.Code
	}
	return e
}

func (e Event) attrs() []slog.Attr {
	attrs := make([]slog.Attr, 0, 13)
	attrs = append(attrs,
		slog.String("request_id", e.RequestID), slog.String("http_method", e.HTTPMethod), slog.Int("status", e.Status),
		slog.Duration("took", e.Took.Round(time.Microsecond)), slog.Int64("in", e.In), slog.Int64("out", e.Out))
	for _, a := range [...]struct{ key, value string }{
		{"method", e.Method}, {"name", e.Name}, {"principal", e.Principal}, {"from", e.From}, {"reason", e.Reason},
	} {
		if a.value != "" {
			attrs = append(attrs, slog.String(a.key, a.value))
		}
	}
	if e.Repaired {
		attrs = append(attrs, slog.Bool("repaired", true))
	}
	return attrs
}

// name is the tool or prompt that the message is about.
func (x *exchange) name() string {
	switch {
	case x.message.method != methodCallTool && x.message.method != methodGetPrompt:
		return ""
	case x.guard.o.Known(x.message.name):
		return x.message.name
	}
	return other
}

// httpMethod is a method of HTTP.
func httpMethod(method string) string {
	switch method {
	case http.MethodPost, http.MethodGet, http.MethodDelete, http.MethodOptions, http.MethodHead, http.MethodPut, http.MethodPatch:
		return method
	}
	return other
}

// rpcMethod is a method of MCP; of others the name is not repeated.
func rpcMethod(method string) string {
	known := [...]string{
		"", methodCallTool, "tools/list", methodGetPrompt, "prompts/list", methodReadResource, "resources/list",
		"resources/templates/list", "completion/complete", "server/discover", methodListen, methodInitialize,
		"notifications/initialized", methodCancelled, "ping", "logging/setLevel", "notifications/progress",
		"notifications/roots/list_changed", "resources/subscribe", "resources/unsubscribe",
	}
	if slices.Contains(known[:], method) {
		return method
	}
	return other
}

// recoverFrom answers for a handler that panicked, and keeps what it said for
// the log.
func (g *guard) recoverFrom(x *exchange, r *http.Request) {
	panicked := recover()
	if panicked == nil {
		return
	}
	if panicked == http.ErrAbortHandler { //nolint:errorlint,err113 // the very value is the signal
		panic(panicked)
	}
	g.o.Logger.LogAttrs(context.WithoutCancel(r.Context()), slog.LevelError, "panic",
		slog.String("request_id", x.id), slog.Any("panic", panicked), slog.String("stack", string(debug.Stack())))
	x.broken()
}

// broken tells the caller that something here went wrong, in whatever form is
// still possible.
func (x *exchange) broken() {
	refusal := &rpcerror.Refusal{
		Status: http.StatusInternalServerError, Code: rpcerror.InternalError, Reason: "panic",
		Message: "internal error", Data: map[string]string{"request_id": x.id},
	}
	x.refused = refusal
	w := &x.out
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.status == 0 || w.held:
		w.status, w.held = refusal.Status, false
		rpcerror.Write(counted{w}, refusal, x.message.id)
	case w.streams:
		_ = w.send(errorEvent(refusal, x.message.id)) // a caller who is gone needs no answer
	default:
		panic(http.ErrAbortHandler) // half an answer is worse than none
	}
}
