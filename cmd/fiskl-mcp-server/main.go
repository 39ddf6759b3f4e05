// Command fiskl-mcp-server gives the AI agents of many people the Fiskl
// accounting product over streamable HTTP. It is unofficial.
package main

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/internal/app"
	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
	"github.com/fiskl-mcp/fiskl-mcp/internal/telemetry"
)

func main() { app.Server(observer).Main() }

func observer(ctx context.Context, o observe.Options) (observe.Observer, error) {
	return telemetry.New(ctx, o)
}
