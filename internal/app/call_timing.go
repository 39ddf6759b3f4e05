package app

import (
	"context"
	"io"
	"net/http"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/timing"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// callTimes are what the requests of a call from the shell wait for. Without
// --timing it has none.
type callTimes struct{ recorder *timing.Recorder }

// timed has the requests of all companies noted.
func timed(cfg config, how callFlags) (config, callTimes) {
	if !how.timing {
		return cfg, callTimes{}
	}
	r := timing.New()
	cfg.companies = slices.Clone(cfg.companies)
	for i := range cfg.companies {
		one := &cfg.companies[i]
		one.transport = r.Transport(one.ownTransport(cfg.program))
	}
	return cfg, callTimes{r}
}

// ownTransport is the way to the API that a company's client would have by itself.
func (c companyConfig) ownTransport(all program) http.RoundTripper {
	switch {
	case c.transport != nil:
		return c.transport
	case c.sandbox:
		return boxed(all)
	default:
		return fisklapi.NewTransport()
	}
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
