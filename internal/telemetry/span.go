package telemetry

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
)

// begin opens the span of a request, or none.
func (all *open) begin(ctx context.Context, r observe.Request, s shown) (context.Context, trace.Span) {
	if all == nil || all.tracer == nil {
		return ctx, nil
	}
	name := s.method
	if s.tool != "" {
		name += " " + s.tool
	}
	attributes := about(s)
	if plainID(r.ID) {
		attributes = append(attributes, keyRequestID.String(r.ID))
	}
	ctx, links := follow(ctx, r)
	return all.tracer.Start(ctx, name,
		trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(attributes...),
		trace.WithLinks(links...),
	)
}

// follow makes the caller's span the parent. One request may come by several
// HTTP requests, so the span that its _meta names is nearer than that of the
// headers, which is linked then.
func follow(ctx context.Context, r observe.Request) (context.Context, []trace.Link) {
	inner, outer := remote(r.Traceparent), remote(r.Header.Get("Traceparent"))
	switch {
	case !inner.IsValid():
		inner = outer
	case outer.IsValid() && !outer.Equal(inner):
		return trace.ContextWithRemoteSpanContext(ctx, inner), []trace.Link{{SpanContext: outer}}
	}
	if !inner.IsValid() {
		return ctx, nil
	}
	return trace.ContextWithRemoteSpanContext(ctx, inner), nil
}

// remote reads a traceparent, which holds nothing but numbers. tracestate and
// baggage are free text and are left where they are.
func remote(traceparent string) trace.SpanContext {
	carrier := propagation.MapCarrier{"traceparent": traceparent}
	return trace.SpanContextFromContext(propagation.TraceContext{}.Extract(context.Background(), carrier))
}

func (all *open) record(s shown, o observe.Outcome, took time.Duration) {
	if all == nil || all.requests == nil {
		return
	}
	set := attribute.NewSet(append(about(s), ended(o)...)...)
	all.requests.Record(context.Background(), took.Seconds(), metric.WithAttributeSet(set))
}

// finish ends a span. A failure has no description: the words of an error may
// quote what a caller wrote.
func finish(span trace.Span, extra []attribute.KeyValue, failed bool) {
	span.SetAttributes(extra...)
	if failed {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}

func (all *open) beginUpstream(ctx context.Context, req *http.Request, e fisklapi.Endpoint, resends int) trace.Span {
	if all == nil || all.tracer == nil {
		return nil
	}
	attributes := aboutUpstream(e, req.URL.Hostname())
	if resends > 0 {
		attributes = append(attributes, keyResends.Int(resends))
	}
	_, span := all.tracer.Start(ctx, e.Method+" "+e.Path,
		trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(attributes...),
	)
	return span
}

// endUpstream ends what beginUpstream began. Status 0 is no answer.
func (all *open) endUpstream(req *http.Request, span trace.Span, e fisklapi.Endpoint, status int, took time.Duration) {
	if all == nil {
		return
	}
	extra := answered(status)
	failed := status == 0 || status >= http.StatusBadRequest
	if span != nil {
		finish(span, extra, failed)
	}
	if all.upstreams != nil {
		set := attribute.NewSet(append(aboutUpstream(e, req.URL.Hostname()), extra...)...)
		all.upstreams.Record(req.Context(), took.Seconds(), metric.WithAttributeSet(set))
	}
}

func answered(status int) []attribute.KeyValue {
	if status == 0 {
		return []attribute.KeyValue{keyErrorType.String(other)}
	}
	all := []attribute.KeyValue{keyStatus.Int(status)}
	if status >= http.StatusBadRequest {
		all = append(all, keyErrorType.String(strconv.Itoa(status)))
	}
	return all
}
