package httpguard

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

// ServeOptions bound what connections may cost. Zero values take the defaults.
type ServeOptions struct {
	// TLS is nil for plain HTTP. GetCertificate reloads certificates.
	TLS *tls.Config
	// Connections is how many may be open at once; others wait to be taken.
	Connections int
	// ReadHeader, Read and Idle are how long a request's headers, a whole
	// request, and the next request may take; Write is how long a caller may
	// take nothing while something is sent. Idle has to be longer than proxies
	// keep connections: one that is closed here while a proxy sends a POST on it
	// is a POST that the proxy can neither repeat nor answer.
	ReadHeader, Read, Idle, Write time.Duration
	// Grace is how long calls may take to finish once ctx is done.
	Grace time.Duration
	// Logger gets what goes wrong with connections. Nil logs nothing.
	Logger *slog.Logger
}

// Idle is how long a connection is kept for the next request where ServeOptions
// say nothing: Caddy keeps it for 2 minutes, nginx for 1.
const Idle = 3 * time.Minute

// What else holds where ServeOptions say nothing.
const (
	defaultConnections = 2048
	defaultReadHeader  = 5 * time.Second
	defaultRead        = 30 * time.Second
	defaultWrite       = 30 * time.Second
	defaultGrace       = 10 * time.Second
	// afterwards is how long calls get to end after their contexts did.
	afterwards = time.Second
	// headerBytes is how large all headers of a request may be.
	headerBytes = 32 << 10
	// streamsEach is how many requests one connection of HTTP/2 carries.
	streamsEach = 128
)

func (o ServeOptions) withDefaults() ServeOptions {
	o.ReadHeader = cmp.Or(o.ReadHeader, defaultReadHeader)
	o.Read = cmp.Or(o.Read, defaultRead)
	o.Idle = cmp.Or(o.Idle, Idle)
	o.Write = cmp.Or(o.Write, defaultWrite)
	o.Grace = cmp.Or(o.Grace, defaultGrace)
	o.Connections = cmp.Or(o.Connections, defaultConnections)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// ErrCutOff says that calls were still running when the grace was over.
var ErrCutOff = errors.New("calls were cut off")

// Serve answers on l until ctx is done, and then lets calls finish: streams
// that wait for news end at once, nothing new is taken, and what still runs
// when the grace is over is cut off. It returns when all is over, with nil or
// with ErrCutOff.
func Serve(ctx context.Context, l net.Listener, handler http.Handler, o ServeOptions) error {
	o = o.withDefaults()
	base, cut := context.WithCancel(context.WithValue(context.WithoutCancel(ctx), drainKey{}, ctx))
	defer cut()
	srv := &http.Server{
		Handler:           hurry(handler),
		TLSConfig:         o.TLS,
		ReadHeaderTimeout: o.ReadHeader,
		ReadTimeout:       o.Read,
		IdleTimeout:       o.Idle,
		MaxHeaderBytes:    headerBytes,
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: streamsEach},
		ErrorLog:          slog.NewLogLogger(o.Logger.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return base },
	}
	ended := make(chan error, 1)
	go func() { ended <- accept(srv, netutil.LimitListener(patient{l, o.Write}, o.Connections)) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	return drain(base, srv, o.Grace, cut)
}

func accept(srv *http.Server, l net.Listener) error {
	if srv.TLSConfig != nil {
		return srv.ServeTLS(l, "", "")
	}
	return srv.Serve(l)
}

// drain lets calls finish.
func drain(base context.Context, srv *http.Server, grace time.Duration, cut context.CancelFunc) error {
	if shut(base, srv, grace) {
		return nil
	}
	cut()
	shut(context.WithoutCancel(base), srv, afterwards)
	_ = srv.Close() // what did not end by now is no use waiting for
	return ErrCutOff
}

// shut reports that all calls were over within patience.
func shut(ctx context.Context, srv *http.Server, patience time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return srv.Shutdown(ctx) == nil
}

type drainKey struct{}

// endWithDrain is a context that ends when the server is told to stop, for
// requests that would otherwise never end.
func endWithDrain(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	server, ok := ctx.Value(drainKey{}).(context.Context)
	if !ok {
		return ctx, cancel
	}
	stop := context.AfterFunc(server, cancel)
	return ctx, func() { stop(); cancel() }
}

// patient is a listener whose connections bound each write, also those of the
// server itself. A bound on the whole answer would cut streams.
type patient struct {
	net.Listener

	write time.Duration
}

// Accept takes the next connection.
func (p patient) Accept() (net.Conn, error) {
	c, err := p.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &bounder{c, p.write}, nil
}

// bounder bounds the writes of a connection.
type bounder struct {
	net.Conn

	write time.Duration
}

// CloseWrite says that no more will be sent, and leaves what was sent to be
// read: net/http does so before it hangs up on somebody who is still sending.
func (b *bounder) CloseWrite() error {
	if half, ok := b.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Write sends p, or fails when nobody takes it.
func (b *bounder) Write(p []byte) (int, error) {
	if err := b.SetWriteDeadline(time.Now().Add(b.write)); err != nil {
		return 0, err
	}
	return b.Conn.Write(p)
}
