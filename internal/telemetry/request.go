package telemetry

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"go.opentelemetry.io/otel/trace"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
)

// Start begins to observe a request. Its context carries the trace and leads
// [Mark] to the request; end must be called, and counts once.
func (t *Telemetry) Start(ctx context.Context, r observe.Request) (_ context.Context, end func(observe.Outcome)) {
	if t.idle() {
		return ctx, func(observe.Outcome) {}
	}
	c := &call{telemetry: t, shown: t.show(r), start: time.Now()}
	t.meters.inFlight.WithLabelValues(c.method).Inc()
	ctx = context.WithValue(ctx, callKey{}, c)
	ctx, c.span = t.open.begin(ctx, r, c.shown)
	return ctx, c.end
}

// Observe counts a request that [Telemetry.Start] has not seen. It leaves no
// trace: a flood of refusals must not become one of spans.
func (t *Telemetry) Observe(e observe.Event) {
	if !t.idle() {
		t.record(t.show(e.Request), e.Outcome, e.Took)
	}
}

// record counts and times a request that is over.
func (t *Telemetry) record(s shown, o observe.Outcome, took time.Duration) observe.Outcome {
	o.Reason = t.reasons.show(o.Reason)
	t.meters.record(s, o, took)
	t.open.record(s, o, took)
	return o
}

// shown is what may be shown of a request.
type shown struct{ method, tool, era, protocol, http string }

func (t *Telemetry) show(r observe.Request) shown {
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
	ended     atomic.Bool
}

type callKey struct{}

func (c *call) end(o observe.Outcome) {
	if c.ended.Swap(true) {
		return
	}
	t := c.telemetry
	t.meters.inFlight.WithLabelValues(c.method).Dec()
	o = t.record(c.shown, o, time.Since(c.start))
	if c.span != nil {
		finish(c.span, ended(o), o.Kind != observe.OK)
	}
}
