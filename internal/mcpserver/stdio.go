package mcpserver

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
)

// workers are how many calls run at once. A call that waits for a person's
// answer holds one of them.
const workers = 64

// openQuestions is how many calls may wait for one. The others are for calls
// that need nobody.
const openQuestions = workers / 2

// ServeStdio serves one client until in ends or ctx does. That ctx ended is no
// error. Questions to the person are limited, since each holds up one of the
// calls that run at once.
func ServeStdio(ctx context.Context, in io.Reader, out io.Writer, shown Companies, o Options) error {
	s := dispatcher{Options: o, questions: make(chan struct{}, openQuestions)}.server(shown)
	err := stdio.Serve(ctx, in, out, func(ctx context.Context, in io.Reader, out io.Writer) error {
		listener := server.NewStdioServer(s)
		server.WithWorkerPoolSize(workers)(listener)
		listener.SetErrorLogger(slog.NewLogLogger(o.Logger.Handler(), slog.LevelWarn))
		return listener.Listen(ctx, in, out)
	})
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("serve stdio: %w", err)
	}
	return nil
}
