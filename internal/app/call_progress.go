package app

import (
	"context"
	"log/slog"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/progress"
	"github.com/fiskl-mcp/fiskl-mcp/internal/progress/bar"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// callBar is the progress bar of a call from the shell. It has none where nobody
// would see it.
type callBar struct{ bar *bar.Bar }

// progressBar makes one, and a logger whose lines stand above it.
func (w environment) progressBar(how callFlags, cfg config.Config) (callBar, *slog.Logger) {
	if how.noProgress || !atTerminal(w.err) || w.env.Get("TERM") == "dumb" || w.inCI() {
		return callBar{}, newLogger(w.err, cfg.LogLevel)
	}
	b := bar.New(w.err, w.now)
	return callBar{b}, loggerTo(b, isTerminal(w.err), cfg.LogLevel)
}

// inCI reports that a build service runs the program: some lend it a terminal
// that is kept as a file.
func (w environment) inCI() bool {
	ci := w.env.Get("CI")
	return ci != "" && ci != "false" && ci != "0"
}

// calls carries calls of a tool out, and shows how far each is.
func (c callBar) calls(p company.Companies, t tools.Tool) calling {
	return func(ctx context.Context, r tools.Request) tools.Answer {
		if c.bar == nil {
			return p.Call(ctx, t, r)
		}
		c.bar.Begin()
		defer c.bar.End()
		return p.Call(progress.Watch(ctx, c.bar.Show), t, r)
	}
}
