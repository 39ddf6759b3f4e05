package app

import (
	"context"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
	"github.com/fiskl-mcp/fiskl-mcp/internal/telemetry"
)

// run runs whichever program has the command.
func run(ctx context.Context, w environment) int {
	return programFor(w.args).run(ctx, w)
}

func programFor(args []string) Program {
	if slices.Contains(args, "http") {
		return endpointProgram()
	}
	return Desk()
}

// endpointProgram is the one that serves many people, as its main package makes it.
func endpointProgram() Program {
	return Server(func(ctx context.Context, o observe.Options) (observe.Observer, error) { return telemetry.New(ctx, o) })
}
