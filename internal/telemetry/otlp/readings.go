package otlp

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// NewReadings returns an exporter of metrics that are histograms of float64,
// which are the only ones that there are. OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE
// says whether they count from the start or from the last export. Failures to
// deliver are logged, not returned.
func NewReadings(env func(string) string, s Settings, logger *slog.Logger) (metric.Exporter, error) {
	p, err := newPost(s, logger)
	if err != nil {
		return nil, err
	}
	const name = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"
	since := metric.CumulativeTemporalitySelector
	switch preference := strings.ToLower(env(name)); preference {
	case "", "cumulative":
	case "delta", "lowmemory": // the same for a histogram
		since = metric.DeltaTemporalitySelector
	default:
		return nil, fmt.Errorf("%s is %q; only cumulative, delta and lowmemory are known", name, preference)
	}
	return readings{p, since}, nil
}

type readings struct {
	post  *post
	since metric.TemporalitySelector
}

func (r readings) Temporality(k metric.InstrumentKind) metricdata.Temporality { return r.since(k) }

func (r readings) Aggregation(k metric.InstrumentKind) metric.Aggregation {
	return metric.DefaultAggregationSelector(k)
}

func (r readings) Export(ctx context.Context, all *metricdata.ResourceMetrics) error {
	m, err := message(all)
	if err != nil {
		return err
	}
	r.post.deliver(ctx, m)
	return nil
}

func (r readings) ForceFlush(context.Context) error { return nil }

func (r readings) Shutdown(context.Context) error {
	r.post.close()
	return nil
}
