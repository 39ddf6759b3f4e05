// Command conformance serves the tools, resources and prompts that the
// official conformance suite of the Model Context Protocol calls, behind the
// guard that fiskl-mcp serves with: what the suite finds out about this
// program holds for that one's way of speaking the protocol.
//
//	go run ./test/conformance -listen 127.0.0.1:8090
//
// It is a test and no example: nothing it offers has to do with accounting.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// endpointPath is where the protocol is spoken, as in fiskl-mcp.
const endpointPath = "/mcp"

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "loopback address to listen on; port 0 takes a free one")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := serve(ctx, *listen, os.Stdout, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "conformance:", err) // nowhere else to say it
		os.Exit(1)                                          //nolint:forbidigo // a program of its own, which no other code calls
	}
}

// serve prints the endpoint's address and serves until ctx ends.
func serve(ctx context.Context, addr string, out io.Writer, logger *slog.Logger) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	if _, err := fmt.Fprintf(out, "http://%s%s\n", l.Addr(), endpointPath); err != nil {
		return err
	}
	return httpguard.Serve(ctx, l, endpoint(logger), httpguard.ServeOptions{Logger: logger})
}

// endpoint is the fixtures behind the guard. No limits are set: the suite asks
// a lot at once.
func endpoint(logger *slog.Logger) http.Handler {
	sessions := httpguard.NewSessions(nil, 0)
	library := server.NewStreamableHTTPServer(newServer(),
		append(sessions.ServerOptions(), server.WithStreamableHTTPLogger(logger))...)
	mux := http.NewServeMux()
	mux.Handle(endpointPath, httpguard.New(carrier{library}, httpguard.Options{
		Authenticator: principal.None(), Sessions: sessions, Loopback: true, LoopbackOrigins: true, Logger: logger,
	}))
	return mux
}
