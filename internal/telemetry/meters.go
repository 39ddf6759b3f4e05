package telemetry

import (
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
)

// meters are the metrics for Prometheus. docs name them, and so do dashboards:
// to rename one is to break somebody's alerts.
type meters struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight *prometheus.GaugeVec
	refusals *prometheus.CounterVec
	limits   *prometheus.CounterVec

	upstream         *prometheus.CounterVec
	upstreamDuration *prometheus.HistogramVec
	upstreamInFlight prometheus.Gauge
	retries          *prometheus.CounterVec
}

const (
	namespace = "fiskl_mcp"
	upstream  = "upstream"
)

func newMeters(r *prometheus.Registry, version string) *meters {
	r.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	f := promauto.With(r)
	f.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info",
		Help: "The program that runs; always 1.",
	}, []string{"version", "go_version"}).WithLabelValues(version, runtime.Version()).Set(1)
	m := &meters{}
	m.addRequests(f)
	m.addUpstream(f)
	return m
}

func (m *meters) addRequests(f promauto.Factory) {
	m.requests = f.NewCounterVec(prometheus.CounterOpts{
		Namespace: namespace, Name: "requests_total",
		Help: "JSON-RPC requests and notifications that ended, by how they ended.",
	}, []string{"method", "tool", "era", "outcome"})
	m.duration = f.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: namespace, Name: "request_duration_seconds",
		Help:    "Time from the arrival of a JSON-RPC request to the end of its answer.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60},
	}, []string{"method", "tool"})
	m.inFlight = f.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "requests_in_flight",
		Help: "JSON-RPC requests under way.",
	}, []string{"method"})
	m.refusals = f.NewCounterVec(prometheus.CounterOpts{
		Namespace: namespace, Name: "refusals_total",
		Help: "Requests turned away before anything was done, by the reason.",
	}, []string{"reason"})
	m.limits = f.NewCounterVec(prometheus.CounterOpts{
		Namespace: namespace, Name: "limits_hit_total",
		Help: "How often something was over a limit.",
	}, []string{"limit"})
}

func (m *meters) addUpstream(f promauto.Factory) {
	m.upstream = f.NewCounterVec(prometheus.CounterOpts{
		Namespace: namespace, Subsystem: upstream, Name: "requests_total",
		Help: "Requests to Fiskl, each attempt for itself, by the class of the status, or error where there was no answer.",
	}, []string{"operation", "status"})
	m.upstreamDuration = f.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: namespace, Subsystem: upstream, Name: "request_duration_seconds",
		Help:    "Time from a request to Fiskl to the head of its answer.",
		Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
	}, []string{"operation"})
	m.upstreamInFlight = f.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Subsystem: upstream, Name: "requests_in_flight",
		Help: "Requests to Fiskl that wait for the head of their answer.",
	})
	m.retries = f.NewCounterVec(prometheus.CounterOpts{
		Namespace: namespace, Subsystem: upstream, Name: "retries_total",
		Help: "Requests to Fiskl that were tried again.",
	}, []string{"operation"})
}

// record counts a request and times it, unless it was refused: refusals are
// quick and would make the others look so.
func (m *meters) record(s shown, o observe.Outcome, took time.Duration) {
	m.requests.WithLabelValues(s.method, s.tool, s.era, o.Kind.String()).Inc()
	if o.Kind == observe.Refused {
		m.refusals.WithLabelValues(o.Reason).Inc()
		return
	}
	m.duration.WithLabelValues(s.method, s.tool).Observe(took.Seconds())
}

// LimitHit counts that something was over a limit of Options.Limits.
func (t *Telemetry) LimitHit(limit string) {
	if !t.idle() {
		t.meters.limits.WithLabelValues(t.limits.show(limit)).Inc()
	}
}
