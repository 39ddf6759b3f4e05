package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"

	"github.com/mark3labs/mcp-go/server"
	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/grant"
	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
)

func stdioCommand(w world) *cobra.Command {
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

func serveStdio(ctx context.Context, cfg config, w world) error {
	logger := newLogger(w.err, cfg.level)
	co, err := open(cfg, logger)
	if err != nil {
		return err
	}
	if cfg.keyProblem != "" {
		logger.WarnContext(ctx, "every call will be answered with this problem", "problem", cfg.keyProblem)
	}
	looking, stop := context.WithCancel(ctx)
	defer stop()
	s := newServer(co.catalog, startLook(looking, cfg, co, logger), logger)
	err = stdio.Serve(ctx, w.in, w.out, func(ctx context.Context, in io.Reader, out io.Writer) error {
		listener := server.NewStdioServer(s)
		listener.SetErrorLogger(slog.NewLogLogger(logger.Handler(), slog.LevelWarn))
		return listener.Listen(ctx, in, out)
	})
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("serve stdio: %w", err)
	}
	return nil
}

// startLook begins to find out what the credential may do. Without a usable
// key there is nothing to ask.
func startLook(ctx context.Context, cfg config, co company, logger *slog.Logger) *grant.Look {
	if cfg.keyProblem != "" {
		return nil
	}
	return grant.Start(ctx, lookFile(cfg), co.api.Permissions.List, logger)
}

// lookFile is where a key's permissions are kept between runs, by a digest
// that does not give the key away. The sandbox keeps nothing.
func lookFile(cfg config) string {
	if cfg.cache == "" || cfg.sandbox {
		return ""
	}
	return filepath.Join(cfg.cache, "fiskl-mcp", "permissions", cfg.key.Digest()+".json")
}
