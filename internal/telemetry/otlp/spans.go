package otlp

import (
	"context"
	"fmt"
	"log/slog"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/sdk/trace"
	wire "go.opentelemetry.io/proto/otlp/trace/v1"
)

// NewSpans returns an exporter of spans. Failures to deliver are logged, not
// returned.
func NewSpans(ctx context.Context, s Settings, logger *slog.Logger) (trace.SpanExporter, error) {
	p, err := newPost(s, logger)
	if err != nil {
		return nil, err
	}
	e, err := otlptrace.New(ctx, spans{p})
	if err != nil {
		return nil, fmt.Errorf("make an exporter of spans: %w", err)
	}
	return e, nil
}

type spans struct{ post *post }

func (s spans) Start(context.Context) error { return nil }

func (s spans) Stop(context.Context) error {
	s.post.close()
	return nil
}

// UploadTraces sends TracesData, which has the same encoding as the request
// that a collector expects.
func (s spans) UploadTraces(ctx context.Context, all []*wire.ResourceSpans) error {
	s.post.deliver(ctx, &wire.TracesData{ResourceSpans: all})
	return nil
}
