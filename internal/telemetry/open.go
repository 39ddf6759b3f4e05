package telemetry

import (
	"context"
	"crypto/rand"
	"fmt"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
	"github.com/fiskl-mcp/fiskl-mcp/internal/telemetry/otlp"
)

// open is OpenTelemetry. Nil does nothing; a part that was not asked for is
// nil.
type open struct {
	tracer    trace.Tracer
	requests  metric.Float64Histogram
	upstreams metric.Float64Histogram
	stop      []func(context.Context) error
}

const (
	scope   = "github.com/fiskl-mcp/fiskl-mcp"
	service = "fiskl-mcp"
)

// startOpen sets up what the environment asks for, and nothing at all where it
// asks for nothing.
func startOpen(ctx context.Context, o observe.Options) (*open, error) {
	traces, wantTraces, err := otlp.FromEnvironment(o.Env, otlp.Traces)
	if err != nil {
		return nil, err
	}
	metrics, wantMetrics, err := otlp.FromEnvironment(o.Env, otlp.Metrics)
	if err != nil {
		return nil, err
	}
	if !wantTraces && !wantMetrics {
		return nil, nil //nolint:nilnil // a nil open does nothing
	}
	about, err := describe(ctx, o.Version)
	if err != nil {
		return nil, err
	}
	all := &open{}
	if wantTraces {
		if err := all.addTraces(ctx, o, traces, about); err != nil {
			return nil, err
		}
	}
	if wantMetrics {
		if err := all.addMetrics(o, metrics, about); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// describe says which program sends. Neither the machine nor the command line
// is told: the operator adds by OTEL_RESOURCE_ATTRIBUTES what collectors may
// know, and by OTEL_SERVICE_NAME another name.
func describe(ctx context.Context, version string) (*resource.Resource, error) {
	about, err := resource.New(ctx,
		resource.WithTelemetrySDK(),
		resource.WithAttributes(
			attribute.String("service.name", service),
			attribute.String("service.version", version),
			attribute.String("service.instance.id", rand.Text()),
		),
		resource.WithFromEnv(),
	)
	if err != nil {
		return nil, fmt.Errorf("describe this program: %w", err)
	}
	return about, nil
}

func (all *open) addTraces(ctx context.Context, o observe.Options, s otlp.Settings, about *resource.Resource) error {
	exporter, err := otlp.NewSpans(ctx, s, o.Logger)
	if err != nil {
		return err
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(about))
	all.tracer = provider.Tracer(scope, trace.WithInstrumentationVersion(o.Version))
	all.stop = append(all.stop, provider.Shutdown)
	return nil
}

func (all *open) addMetrics(o observe.Options, s otlp.Settings, about *resource.Resource) error {
	exporter, err := otlp.NewReadings(o.Env, s, o.Logger)
	if err != nil {
		return err
	}
	provider := sdkmetric.NewMeterProvider(
		sdkmetric.WithReader(sdkmetric.NewPeriodicReader(exporter)),
		sdkmetric.WithResource(about),
		sdkmetric.WithExemplarFilter(exemplar.AlwaysOffFilter),
	)
	meter := provider.Meter(scope, metric.WithInstrumentationVersion(o.Version))
	all.requests, err = meter.Float64Histogram("mcp.server.operation.duration",
		metric.WithUnit("s"),
		metric.WithDescription("The duration of the MCP request or notification as observed on the receiver."),
		metric.WithExplicitBucketBoundaries(.01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30, 60, 120, 300),
	)
	if err != nil {
		return fmt.Errorf("make a metric: %w", err)
	}
	all.upstreams, err = meter.Float64Histogram("http.client.request.duration",
		metric.WithUnit("s"),
		metric.WithDescription("Duration of HTTP client requests."),
		metric.WithExplicitBucketBoundaries(.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10),
	)
	if err != nil {
		return fmt.Errorf("make a metric: %w", err)
	}
	all.stop = append(all.stop, provider.Shutdown)
	return nil
}
