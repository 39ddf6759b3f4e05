package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"

	"github.com/mark3labs/mcp-go/server"
	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/permissions"
	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
)

// workers are how many calls run at once. A call that waits for a person's
// answer holds one of them.
const workers = 64

// openQuestions is how many calls may wait for one. The others are for calls
// that need nobody.
const openQuestions = workers / 2

func stdioCommand(w environment) *cobra.Command {
	return &cobra.Command{
		Use:   "stdio",
		Short: "Serve one client over standard input and output, as desktop clients start it",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			return serveStdio(c.Context(), cfg, w)
		},
	}
}

func serveStdio(ctx context.Context, cfg config.Config, w environment) error {
	logger := newLogger(w.err, cfg.LogLevel)
	p, err := open(cfg, logger)
	if err != nil {
		return err
	}
	defer p.close(ctx, logger)
	for _, doubt := range cfg.Doubts() {
		logger.WarnContext(ctx, "this looks like a mistake", "problem", doubt)
	}
	looking, stop := context.WithCancel(ctx)
	defer stop()
	for i := range p.companies {
		p.companies[i].startLook(looking, cfg.PermissionsDir(), logger)
		go p.companies[i].guard.settle(looking, p.companies[i].Company, cfg.Program, logger)
	}
	go export.KeepSwept(looking, cfg.ExportsDir(), cfg.Clock())
	s := newServer(p, dispatcher{books: fixed(p), questions: make(chan struct{}, openQuestions), logger: logger})
	err = stdio.Serve(ctx, w.in, w.out, func(ctx context.Context, in io.Reader, out io.Writer) error {
		listener := server.NewStdioServer(s)
		server.WithWorkerPoolSize(workers)(listener)
		listener.SetErrorLogger(slog.NewLogLogger(logger.Handler(), slog.LevelWarn))
		return listener.Listen(ctx, in, out)
	})
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("serve stdio: %w", err)
	}
	return nil
}

// startLook begins to find out what the credential may do. It is kept in a
// folder between runs, unless folder is empty. Without a usable key there is
// nothing to ask.
func (co *company) startLook(ctx context.Context, folder string, logger *slog.Logger) {
	if co.Name != "" {
		logger = logger.With("company", co.Name)
	}
	if problem := co.CredentialProblem(); problem != "" {
		logger.WarnContext(ctx, "every call will be answered with this problem", "problem", problem)
		return
	}
	ctx, co.stopLook = context.WithCancel(ctx)
	co.look = permissions.Start(ctx, co.lookFile(folder), co.api.Permissions.List, logger)
}

// lookFile is where a key's permissions are kept between runs, by a digest
// that does not give the key away. The sandbox keeps nothing.
func (co *company) lookFile(folder string) string {
	if folder == "" || co.Sandbox {
		return ""
	}
	return filepath.Join(folder, co.CredentialID()+".json")
}
