package otlp_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	api "go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	metrics "go.opentelemetry.io/proto/otlp/collector/metrics/v1"
	traces "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/fiskl-mcp/fiskl-mcp/internal/telemetry/otlp"
)

// TestSameReadings sends one reading by our exporter and by OpenTelemetry's.
func TestSameReadings(t *testing.T) {
	t.Parallel()
	for name, since := range map[string]metric.TemporalitySelector{
		"cumulative": metric.CumulativeTemporalitySelector, "delta": metric.DeltaTemporalitySelector,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCollector(t)
			theirs, err := otlpmetrichttp.New(t.Context(), otlpmetrichttp.WithEndpointURL(c.URL+"/theirs"))
			if err != nil {
				t.Fatal(err)
			}
			ours, err := otlp.NewReadings(env{}.get, c.settings("/ours"), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			r := reading(t, since)
			for _, e := range []metric.Exporter{theirs, ours} {
				if err := e.Export(t.Context(), r); err != nil {
					t.Fatal(err)
				}
			}
			var want, got metrics.ExportMetricsServiceRequest
			c.decode("/theirs", &want)
			c.decode("/ours", &got)
			if !proto.Equal(&got, &want) || len(got.GetResourceMetrics()) == 0 {
				t.Errorf("we send\n%v\nthey send\n%v", &got, &want)
			}
		})
	}
}

// reading is a histogram with all that ours have.
func reading(t *testing.T, since metric.TemporalitySelector) *metricdata.ResourceMetrics {
	t.Helper()
	reader := metric.NewManualReader(metric.WithTemporalitySelector(since))
	provider := metric.NewMeterProvider(metric.WithReader(reader),
		metric.WithResource(resource.NewSchemaless(attribute.String("service.name", "books"))))
	meter := provider.Meter("scope", api.WithInstrumentationVersion("1.2.3"))
	h, err := meter.Float64Histogram("mcp.server.operation.duration",
		api.WithUnit("s"), api.WithDescription("How long."), api.WithExplicitBucketBoundaries(.1, 1, 10))
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range []float64{.05, .5, .5, 100} {
		h.Record(t.Context(), v, api.WithAttributes(attribute.String("method", "ping"), attribute.Int("status", 200+i%2)))
	}
	var r metricdata.ResourceMetrics
	if err := reader.Collect(t.Context(), &r); err != nil {
		t.Fatal(err)
	}
	return &r
}

// TestSameSpans sends one span by our exporter and by OpenTelemetry's.
func TestSameSpans(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	theirs, err := otlptracehttp.New(t.Context(), otlptracehttp.WithEndpointURL(c.URL+"/theirs"))
	if err != nil {
		t.Fatal(err)
	}
	ours, err := otlp.NewSpans(t.Context(), c.settings("/ours"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, time.November, 22, 16, 0, 0, 0, time.UTC)
	spans := tracetest.SpanStubs{{
		Name: "tools/call send_invoice", StartTime: now, EndTime: now.Add(time.Second),
		Attributes: []attribute.KeyValue{attribute.String("mcp.method.name", "tools/call"), attribute.Int("http.response.status_code", 200)},
		Resource:   resource.NewSchemaless(attribute.String("service.name", "books")),
	}}.Snapshots()
	for _, export := range []func() error{
		func() error { return theirs.ExportSpans(t.Context(), spans) },
		func() error { return ours.ExportSpans(t.Context(), spans) },
		func() error { return ours.Shutdown(context.WithoutCancel(t.Context())) },
	} {
		if err := export(); err != nil {
			t.Fatal(err)
		}
	}
	var want, got traces.ExportTraceServiceRequest
	c.decode("/theirs", &want)
	c.decode("/ours", &got)
	if !proto.Equal(&got, &want) || len(got.GetResourceSpans()) == 0 {
		t.Errorf("we send\n%v\nthey send\n%v", &got, &want)
	}
}
