package main

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// direct finds who takes the calls of a tool past the library: nobody, unless
// it only reads. Other tools may have to ask the person, which the library
// does.
func (d desk) direct(p practice) func(tool string) httpguard.Handler {
	takers := make(map[string]httpguard.Handler)
	for _, t := range p.All() {
		if t.Effect == tools.Read {
			takers[t.Name] = d.taker(t)
		}
	}
	return func(tool string) httpguard.Handler { return takers[tool] }
}

// taker carries out calls of a tool. Those of callers whose books cannot be
// opened it leaves to the library, which says why.
func (d desk) taker(t tools.Tool) httpguard.Handler {
	return func(ctx context.Context, c httpguard.Call) ([]byte, bool) {
		p, done, err := d.books(ctx)
		if err != nil {
			return nil, false
		}
		defer done()
		request := called(ctx, t.Name, c.Header)
		request.Traceparent = c.Traceparent
		ctx, end := d.telemetry.Start(ctx, request)
		answer := d.timed(ctx, p, t, tools.Request{Args: c.Arguments})
		end(ending(ctx, answer.Err != nil, nil))
		return answer.Members(), true
	}
}
