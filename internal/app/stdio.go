package app

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/mcpserver"
)

func stdioCommand(w environment) *cobra.Command {
	return &cobra.Command{
		Use:   "stdio",
		Short: "Serve one client over standard input and output, as desktop clients start it",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return serveConfigured(c, w) },
	}
}

func serveConfigured(c *cobra.Command, w environment) error {
	cfg, err := configured(c, w)
	if err != nil {
		return err
	}
	return serveStdio(c.Context(), cfg, w)
}

func serveStdio(ctx context.Context, cfg config.Config, w environment) error {
	logger := newLogger(w.err, cfg.LogLevel)
	p, err := opened(cfg, logger)
	if err != nil {
		return err
	}
	defer p.Close(ctx, logger)
	for _, doubt := range cfg.Doubts() {
		logger.WarnContext(ctx, "this looks like a mistake", "problem", doubt)
	}
	looking, stop := context.WithCancel(ctx)
	defer stop()
	p.Look(looking, cfg.PermissionsDir(), logger)
	p.Settle(looking, logger)
	go export.KeepSwept(looking, cfg.ExportsDir(), cfg.Clock())
	shown := offer(p)
	return mcpserver.ServeStdio(ctx, w.in, w.out, shown, mcpserver.Options{Version: version(), Books: mcpserver.Fixed(shown), Logger: logger})
}
