// Package observe has the words in which a server tells of its requests, so
// that whoever counts them need not be part of every program: see package
// telemetry for one who does.
package observe

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Observer is told of requests as they come and end. It must be safe for
// concurrent use.
type Observer interface {
	// Start begins to observe a request. Its context leads what is asked of
	// Fiskl back to the request; end must be called, and counts once.
	Start(ctx context.Context, r Request) (_ context.Context, end func(Outcome))
	// Observe counts a request that Start has not seen.
	Observe(e Event)
	// LimitHit counts that a limit was met, by its name.
	LimitHit(limit string)
	// Transport observes the requests to Fiskl that next sends.
	Transport(next http.RoundTripper) http.RoundTripper
	// Handler serves the metrics for Prometheus.
	Handler() http.Handler
	// Shutdown sends what has not been sent yet.
	Shutdown(ctx context.Context) error
}

// Options are what an Observer is made with. The zero value of every field
// works.
type Options struct {
	// Version is the program's.
	Version string

	// Tools, Reasons and Limits are the names that may be shown: of tools, of
	// reasons for a refusal and of limits. Fiskl's own limit is always known, as
	// "upstream".
	Tools, Reasons, Limits []string

	// Env looks up a variable of the environment. It decides whether and where
	// OpenTelemetry sends; nil sends nothing. The OpenTelemetry SDK reads the
	// variables for the service's name, sampling and batches by itself.
	Env func(string) string

	// Logger is told when a collector cannot be reached. Nil discards it.
	Logger *slog.Logger
}

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

// Event is a request that is over without having been started, such as one that
// was turned away before it was read.
type Event struct {
	Request Request
	Outcome Outcome
	Took    time.Duration
}
