package app

import (
	"context"
	"io"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/timing"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// callTimes are what the requests of a call from the shell wait for. Without
// --timing it has none.
type callTimes struct{ recorder *timing.Recorder }

// timed has the requests of all companies noted, over the lines to the API, by
// company, that it returns. Without --timing the lines are as they were.
func timed(cfg config.Config, how callFlags, lines []company.Line) ([]company.Line, callTimes) {
	if !how.timing {
		return lines, callTimes{}
	}
	r := timing.New()
	for i := range lines {
		if lines[i].Transport == nil {
			lines[i].Transport = fisklapi.NewTransport()
			if cfg.Companies[i].Sandbox {
				lines[i].Transport = company.Sandbox(cfg.Program)
			}
		}
		lines[i].Transport = r.Transport(lines[i].Transport)
	}
	return lines, callTimes{r}
}

// calls carries calls of a tool out, and notes when they begin and end. A person
// who is asked in between takes time that counts.
func (c callTimes) calls(call calling) calling {
	if c.recorder == nil {
		return call
	}
	return func(ctx context.Context, r tools.Request) tools.Answer {
		defer c.recorder.End()
		c.recorder.Begin()
		return call(ctx, r)
	}
}

// print prints the table.
func (c callTimes) print(out io.Writer) {
	if c.recorder != nil {
		_, _ = c.recorder.WriteTo(out) // nowhere else to say it
	}
}
