package otlp

import (
	"fmt"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	wire "go.opentelemetry.io/proto/otlp/metrics/v1"
	resource "go.opentelemetry.io/proto/otlp/resource/v1"
)

// message is MetricsData, which has the same encoding as the request that a
// collector expects.
func message(all *metricdata.ResourceMetrics) (*wire.MetricsData, error) {
	out := &wire.ResourceMetrics{
		Resource:  &resource.Resource{Attributes: attributes(all.Resource.Set())},
		SchemaUrl: all.Resource.SchemaURL(),
	}
	for _, scope := range all.ScopeMetrics {
		s := &wire.ScopeMetrics{
			Scope: &common.InstrumentationScope{
				Name:       scope.Scope.Name,
				Version:    scope.Scope.Version,
				Attributes: attributes(&scope.Scope.Attributes),
			},
			SchemaUrl: scope.Scope.SchemaURL,
		}
		for _, m := range scope.Metrics {
			h, ok := m.Data.(metricdata.Histogram[float64])
			if !ok {
				return nil, fmt.Errorf("otlp: %s is a %T", m.Name, m.Data)
			}
			s.Metrics = append(s.Metrics, &wire.Metric{
				Name:        m.Name,
				Description: m.Description,
				Unit:        m.Unit,
				Data:        &wire.Metric_Histogram{Histogram: histogram(h)},
			})
		}
		out.ScopeMetrics = append(out.ScopeMetrics, s)
	}
	return &wire.MetricsData{ResourceMetrics: []*wire.ResourceMetrics{out}}, nil
}

func histogram(h metricdata.Histogram[float64]) *wire.Histogram {
	out := &wire.Histogram{AggregationTemporality: wire.AggregationTemporality_AGGREGATION_TEMPORALITY_CUMULATIVE}
	if h.Temporality == metricdata.DeltaTemporality {
		out.AggregationTemporality = wire.AggregationTemporality_AGGREGATION_TEMPORALITY_DELTA
	}
	for _, p := range h.DataPoints {
		out.DataPoints = append(out.DataPoints, &wire.HistogramDataPoint{
			Attributes:        attributes(&p.Attributes),
			StartTimeUnixNano: nanoseconds(p.StartTime),
			TimeUnixNano:      nanoseconds(p.Time),
			Count:             p.Count,
			Sum:               &p.Sum,
			BucketCounts:      p.BucketCounts,
			ExplicitBounds:    p.Bounds,
			Min:               extreme(p.Min),
			Max:               extreme(p.Max),
		})
	}
	return out
}

func extreme(e metricdata.Extrema[float64]) *float64 {
	v, ok := e.Value()
	if !ok {
		return nil
	}
	return &v
}

func nanoseconds(t time.Time) uint64 {
	return uint64(max(t.UnixNano(), 0))
}

func attributes(set *attribute.Set) []*common.KeyValue {
	var out []*common.KeyValue
	for _, a := range set.ToSlice() {
		out = append(out, &common.KeyValue{Key: string(a.Key), Value: value(a.Value)})
	}
	return out
}

func value(v attribute.Value) *common.AnyValue {
	if v.Type() == attribute.INT64 {
		return &common.AnyValue{Value: &common.AnyValue_IntValue{IntValue: v.AsInt64()}}
	}
	return &common.AnyValue{Value: &common.AnyValue_StringValue{StringValue: v.String()}}
}
