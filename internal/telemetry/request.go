package telemetry

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"go.opentelemetry.io/otel/trace"
)

// Request is a JSON-RPC request or notification as it arrived. Nothing in it
// needs to be checked before: what is not in a list is not shown.
type Request struct {
	Method   string // of JSON-RPC
	Tool     string // params.name of tools/call
	Protocol string // the revision of MCP, such as 2026-07-28; empty where the caller did not say
	ID       string // of JSON-RPC, as text; empty for a notification

	// HTTP is the version that it came by, such as 1.1 or 2; empty for standard
	// input.
	HTTP string

	// Header is looked at for traceparent only.
	Header http.Header

	// Traceparent is that of params._meta; it wins over the header's.
	Traceparent string
}

// Start begins to observe a request. Its context carries the trace and leads
// [Mark] to the request; end must be called, and counts once.
func (t *Telemetry) Start(ctx context.Context, r Request) (_ context.Context, end func(Outcome)) {
	if t.idle() {
		return ctx, func(Outcome) {}
	}
	c := &call{telemetry: t, shown: t.show(r), start: time.Now()}
	t.meters.inFlight.WithLabelValues(c.method).Inc()
	ctx = context.WithValue(ctx, callKey{}, c)
	ctx, c.span = t.open.begin(ctx, r, c.shown)
	return ctx, c.end
}

// Event is a request that is over without having been started, such as one that
// was turned away before it was read.
type Event struct {
	Request Request
	Outcome Outcome
	Took    time.Duration
}

// Observe counts a request that [Telemetry.Start] has not seen. It leaves no
// trace: a flood of refusals must not become one of spans.
func (t *Telemetry) Observe(e Event) {
	if !t.idle() {
		t.record(t.show(e.Request), e.Outcome, e.Took)
	}
}

// record counts and times a request that is over.
func (t *Telemetry) record(s shown, o Outcome, took time.Duration) Outcome {
	o.Reason = t.reasons.show(o.Reason)
	t.meters.record(s, o, took)
	t.open.record(s, o, took)
	return o
}

// shown is what may be shown of a request.
type shown struct{ method, tool, era, protocol, http string }

func (t *Telemetry) show(r Request) shown {
	s := shown{method: t.methods.show(r.Method), era: era(r.Protocol), http: t.versions.show(r.HTTP)}
	if s.era != other {
		s.protocol = r.Protocol
	}
	if r.Method == string(mcp.MethodToolsCall) {
		s.tool = t.tools.show(r.Tool)
	}
	return s
}

// call is a request under way.
type call struct {
	shown

	telemetry *Telemetry
	start     time.Time
	span      trace.Span // nil where nothing is traced
	marked    atomic.Pointer[Outcome]
	ended     atomic.Bool
}

type callKey struct{}

// Mark notes how the request of a context ends, for those who know it before
// [Telemetry.Start]'s end is called. The last mark counts. It does nothing
// where nothing is observed.
func Mark(ctx context.Context, o Outcome) {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		c.marked.Store(&o)
	}
}

func (c *call) end(o Outcome) {
	if c.ended.Swap(true) {
		return
	}
	if marked := c.marked.Load(); o.Kind == OK && marked != nil {
		o = *marked
	}
	t := c.telemetry
	t.meters.inFlight.WithLabelValues(c.method).Dec()
	o = t.record(c.shown, o, time.Since(c.start))
	if c.span != nil {
		finish(c.span, ended(o), o.Kind != OK)
	}
}
