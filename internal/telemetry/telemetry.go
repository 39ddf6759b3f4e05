// Package telemetry counts, times and traces what the program does: metrics
// for Prometheus, and traces and metrics for OpenTelemetry where the standard
// OTEL_ variables ask for them.
//
// It knows no arguments, results, principals, companies, names or amounts, so
// it cannot give them away. What a caller wrote becomes a label or an attribute
// only if it is in a list that was fixed at the start; everything else is
// called "_OTHER".
package telemetry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
)

// Telemetry observes the program. Nil and the zero value observe nothing; it is
// safe for concurrent use.
type Telemetry struct {
	registry *prometheus.Registry
	meters   *meters
	open     *open
	routes   *http.ServeMux
	plain    map[plain]fisklapi.Endpoint

	methods, versions, tools, reasons, limits names
}

// New returns a Telemetry that observes. Nothing is sent before the first
// observation. Errors are about the OTEL_ variables.
func New(ctx context.Context, o observe.Options) (*Telemetry, error) {
	if o.Env == nil {
		o.Env = func(string) string { return "" }
	}
	o.Logger = cmp.Or(o.Logger, slog.New(slog.DiscardHandler))
	open, err := startOpen(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("set up OpenTelemetry: %w", err)
	}
	registry := prometheus.NewRegistry()
	return &Telemetry{
		registry: registry,
		meters:   newMeters(registry, o.Version),
		open:     open,
		routes:   routes(),
		plain:    plains(),
		methods:  named(methods()),
		versions: named(versions()),
		tools:    named(o.Tools),
		reasons:  named(o.Reasons),
		limits:   named(append(slices.Clone(o.Limits), upstream)),
	}, nil
}

// idle reports that there is nothing to observe with.
func (t *Telemetry) idle() bool { return t == nil || t.meters == nil }

// Handler answers GET /metrics with the metrics for Prometheus, and everything
// else with 404. It belongs on a listener of its own: the metrics are no
// secret, but no business of callers either.
func (t *Telemetry) Handler() http.Handler {
	if t.idle() {
		return http.NotFoundHandler()
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(t.registry, promhttp.HandlerOpts{
		MaxRequestsInFlight: maxScrapes,
	}))
	return mux
}

// maxScrapes is how many may collect the metrics at once.
const maxScrapes = 4

// Shutdown sends what OpenTelemetry has not sent yet. The metrics for
// Prometheus stay readable.
func (t *Telemetry) Shutdown(ctx context.Context) error {
	if t.idle() || t.open == nil {
		return nil
	}
	var errs []error
	for _, stop := range t.open.stop {
		errs = append(errs, stop(ctx))
	}
	return errors.Join(errs...)
}
