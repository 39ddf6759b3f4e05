package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/mcpserver"
	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

func httpCommand(w environment, observer NewObserver) *cobra.Command {
	return &cobra.Command{
		Use:   "http",
		Short: "Serve many people at once over streamable HTTP",
		Long: `Serve many people at once over streamable HTTP, at /mcp.

Who may call is decided by --auth: none (this machine only, with your key or the
sandbox), header (each caller brings a Fiskl API key), static (callers present
tokens of which a file holds the hashes, and share your key).`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			if problem := cmp.Or(cfg.Endpoint.Refusal(), cfg.KeyConflict()); problem != "" {
				return usageError{errors.New(problem)}
			}
			return serveHTTP(c.Context(), cfg, w, observer)
		},
	}
}

// serveHTTP serves until ctx ends, and then lets calls finish.
func serveHTTP(ctx context.Context, cfg config.Config, w environment, observer NewObserver) error {
	defer takeHeadroom(w.env)()
	logger := newLogger(w.err, cfg.LogLevel)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	secured, err := cfg.Endpoint.TLSConfig(cfg.Clock(), logger)
	if err != nil {
		return usageError{err}
	}
	go export.KeepSwept(ctx, cfg.ExportsDir(), cfg.Clock())
	f, err := newFront(ctx, cfg, w, observer, logger)
	if err != nil {
		return err
	}
	defer f.close(context.WithoutCancel(ctx))
	go f.tenants.KeepSwept(ctx)
	l, err := listen(ctx, cfg.Endpoint.Listen)
	if err != nil {
		return err
	}
	metrics, err := f.serveMetrics(ctx, cfg.Endpoint)
	if err != nil {
		_ = l.Close() // nobody was served yet
		return err
	}
	for _, doubt := range append(cfg.Endpoint.Doubts(), cfg.Doubts()...) {
		logger.WarnContext(ctx, "this looks like a mistake", "problem", doubt)
	}
	logger.InfoContext(ctx, "listening", "address", l.Addr().String(), "auth", cfg.Endpoint.Auth)
	welcome(w.out, cfg.Endpoint, l.Addr())
	err = httpguard.Serve(ctx, l, f.handler, httpguard.ServeOptions{TLS: secured, Logger: logger})
	stop()
	<-metrics
	if errors.Is(err, httpguard.ErrCutOff) {
		logger.WarnContext(ctx, "calls were still running when time was up, and were cut off")
		return nil
	}
	return err
}

func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	return l, nil
}

// front is the shared endpoint with all that stands behind it.
type front struct {
	handler  http.Handler
	observer observe.Observer
	tenants  *mcpserver.Tenants
	logger   *slog.Logger
}

func newFront(ctx context.Context, cfg config.Config, w environment, observed NewObserver, logger *slog.Logger) (*front, error) {
	p, err := opened(cfg, logger)
	if err != nil {
		return nil, err
	}
	shown := offer(p) // what is told of tools, whoever asks
	keys := sharedKeys(ctx, cfg.Program, logger)
	who, err := authenticator(cfg, keys.of("callers"), logger)
	if err != nil {
		return nil, usageError{err}
	}
	observer, err := observed(ctx, observe.Options{
		Version: version(), Tools: mcpserver.ToolNames(shown), Reasons: mcpserver.Reasons(), Limits: mcpserver.LimitReasons(), Env: w.env.Get, Logger: logger,
	})
	if err != nil {
		return nil, usageError{err}
	}
	lines := sharedLines(cfg, observer)
	ask, err := apiQuestion(cfg, lines[0], logger)
	if err != nil {
		return nil, err
	}
	ts := mcpserver.NewTenants(func(who principal.Principal) (mcpserver.Companies, error) {
		theirs, err := company.OpenFor(ctx, cfg, lines, who, logger)
		if err != nil {
			return mcpserver.Companies{}, err
		}
		return offer(theirs), nil
	}, cfg.Clock())
	handler := mcpserver.NewHandler(shown, mcpserver.HTTPOptions{
		Options: mcpserver.Options{Version: version(), Books: ts.Books, Observer: observer, Logger: logger},
		Guard:   guarded(cfg.Endpoint, who), SessionKey: keys.of("sessions"), Ready: mcpserver.NewReadiness(ask, cfg.Clock()),
	})
	return &front{handler: handler, observer: observer, tenants: ts, logger: logger}, nil
}

// guarded is what the settings say of who may call, and how much.
func guarded(e config.Endpoint, who principal.Authenticator) httpguard.Options {
	return httpguard.Options{
		Authenticator: who, Hosts: e.Hosts(), Loopback: e.Local(),
		Origins: e.Origins, LoopbackOrigins: e.Private(), CORS: len(e.Origins) > 0,
		TrustedProxies: e.Proxies, ProxiesOnly: e.ProxiesOnly(), Limits: limits(e),
	}
}

// apiQuestion asks whether the API answers: with the server's own key, or, where
// callers bring theirs, with none: that the API refuses it is an answer.
func apiQuestion(cfg config.Config, line company.Line, logger *slog.Logger) (func(context.Context) error, error) {
	one := cfg.Companies[0]
	if cfg.Endpoint.Auth == config.AuthHeader {
		return func(ctx context.Context) error { return company.Ping(ctx, one, line) }, nil
	}
	own, err := company.OpenOne(cfg.Program, one, line, logger)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		_, err := own.API.Permissions.List(ctx)
		return err
	}, nil
}

// sharedLines are the ways to the API, by company, that all callers have in common:
// the transport, and the pace where they have one key.
func sharedLines(cfg config.Config, observer observe.Observer) []company.Line {
	var lines []company.Line
	for _, one := range cfg.Companies {
		line := company.Line{Transport: observer.Transport(apiTransport(cfg.Program, one))}
		if cfg.Endpoint.Auth != config.AuthHeader {
			line.Pace = fisklapi.NewPace(one.Rate)
		}
		lines = append(lines, line)
	}
	return lines
}

// apiTransport is the way to the API of a company, which all callers share: what tells
// them apart is on each request.
func apiTransport(all config.Program, co config.Company) http.RoundTripper {
	if co.Sandbox {
		return company.Sandbox(all)
	}
	shared := fisklapi.NewTransport()
	shared.MaxIdleConnsPerHost = idleConnections
	return shared
}

// idleConnections is how many connections to the API are kept for the next
// calls. To open one anew costs more than all else that a call does.
const idleConnections = 256

// limits are what one caller may do.
func limits(e config.Endpoint) httpguard.Limits {
	const patience, failures = 5 * time.Second, 30
	l := httpguard.Limits{Wait: patience, Failures: failures, Concurrent: max(e.Concurrency, 0)}
	if e.Rate > 0 {
		l.Rate, l.Burst = e.Rate, int(math.Ceil(2*e.Rate))
	}
	return l
}

// serveMetrics serves Prometheus on an address of its own, until ctx ends. What
// it returns is closed when that is over.
func (f *front) serveMetrics(ctx context.Context, e config.Endpoint) (over <-chan struct{}, err error) {
	ended := make(chan struct{})
	if e.Metrics == "" {
		close(ended)
		return ended, nil
	}
	l, err := listen(ctx, e.Metrics)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", mcpserver.Metrics(e.Metrics, e.PublicURL, f.observer.Handler()))
	f.logger.InfoContext(ctx, "metrics", "url", "http://"+l.Addr().String()+"/metrics")
	go func() {
		defer close(ended)
		if err := httpguard.Serve(ctx, l, mux, httpguard.ServeOptions{Logger: f.logger}); err != nil {
			f.logger.WarnContext(ctx, "metrics ended", "problem", err.Error())
		}
	}()
	return ended, nil
}

// close gives up what is held and sends what telemetry still has.
func (f *front) close(ctx context.Context) {
	const patience = 5 * time.Second
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	f.tenants.Close()
	if err := f.observer.Shutdown(ctx); err != nil {
		f.logger.WarnContext(ctx, "telemetry was not sent to the end", "problem", err.Error())
	}
}

// welcome prints the one line that connects a client.
func welcome(out io.Writer, e config.Endpoint, at net.Addr) {
	address := "http://" + at.String()
	if e.CertFile != "" {
		address = "https://" + at.String()
	}
	if e.PublicURL != nil {
		address = e.PublicURL.Scheme + "://" + e.PublicURL.Host
	}
	header := map[string]string{
		config.AuthHeader: ` --header "X-Fiskl-Api-Key: fsk_…"`,
		config.AuthStatic: ` --header "Authorization: Bearer <token>"`,
	}[e.Auth]
	_, _ = fmt.Fprintf(out, "claude mcp add --transport http fiskl %s%s%s\n", address, mcpserver.Path, header) // a person may not be looking
}
