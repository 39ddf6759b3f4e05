package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/grant"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// listTTL is how long clients may remember the list of tools, in milliseconds.
const listTTL = 300_000

// newServer puts a catalogue on the protocol. Every tool is registered, and
// the list shows those that are offered: a call to another one is answered
// with the reason instead of "not found". look may be nil.
func newServer(catalog *tools.Catalog, look *grant.Look, logger *slog.Logger) *server.MCPServer {
	hooks := &server.Hooks{}
	hooks.AddAfterListTools(func(ctx context.Context, _ any, _ *mcp.ListToolsRequest, result *mcp.ListToolsResult) {
		result.Tools = offered(ctx, catalog, look, result.Tools)
	})
	s := server.NewMCPServer(
		"fiskl-mcp", version(),
		server.WithTitle("Fiskl (unofficial)"),
		server.WithInstructions(catalog.Instructions()),
		// The list never changes while the program runs; saying that it might
		// would keep streams open that hold up the end.
		server.WithToolCapabilities(false),
		server.WithCacheHints(listTTL, mcp.CacheScopePrivate),
		server.WithHooks(hooks),
	)
	for _, t := range catalog.All() {
		s.AddTool(t.Definition(), handler(catalog, t, logger))
	}
	return s
}

// offered leaves out the tools that are withheld or that the credential cannot
// use. Until its permissions are known all are listed, and errors explain.
func offered(ctx context.Context, catalog *tools.Catalog, look *grant.Look, all []mcp.Tool) []mcp.Tool {
	var held []string
	known := false
	if look != nil {
		held, known = look.Held(ctx)
	}
	return slices.DeleteFunc(all, func(d mcp.Tool) bool {
		t, ok := catalog.Find(d.Name)
		return ok && (catalog.Withheld(t) != "" || known && len(catalog.Missing(t, held)) > 0)
	})
}

// handler calls a tool and logs that it did: never arguments or results, which
// are somebody's books.
func handler(catalog *tools.Catalog, t tools.Tool, logger *slog.Logger) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		args, err := arguments(req)
		if err != nil {
			return mcp.NewToolResultError("No answer: the arguments are not valid JSON."), nil //nolint:nilerr // failures of a tool are answers
		}
		start := time.Now()
		answer := catalog.Call(ctx, t, args)
		logCall(ctx, logger, t, answer, time.Since(start))
		return answer.Result(), nil
	}
}

func arguments(req mcp.CallToolRequest) (json.RawMessage, error) {
	if len(req.Params.RawArguments) > 0 {
		return req.Params.RawArguments, nil
	}
	if req.Params.Arguments == nil {
		return nil, nil
	}
	return json.Marshal(req.Params.Arguments)
}

func logCall(ctx context.Context, logger *slog.Logger, t tools.Tool, a tools.Answer, took time.Duration) {
	attrs := []slog.Attr{slog.String("tool", t.Name), slog.Duration("took", took.Round(time.Microsecond))}
	var api *fisklapi.Error
	switch {
	case a.Err == nil:
		logger.LogAttrs(ctx, slog.LevelDebug, "called", attrs...)
	case a.Defect:
		logDefect(ctx, logger, t, a.Err)
	case errors.As(a.Err, &api):
		logger.LogAttrs(ctx, slog.LevelWarn, "call failed", append(attrs, slog.Any("error", api))...)
	default:
		logger.LogAttrs(ctx, slog.LevelInfo, "call refused", attrs...)
	}
}

// logDefect keeps what the answer to a call leaves out, for whoever mends it.
func logDefect(ctx context.Context, logger *slog.Logger, t tools.Tool, err error) {
	attrs := []slog.Attr{slog.String("tool", t.Name), slog.String("problem", err.Error())}
	if panicked, ok := errors.AsType[*tools.PanicError](err); ok {
		attrs = append(attrs, slog.String("stack", string(panicked.Stack)))
	}
	logger.LogAttrs(ctx, slog.LevelError, "defect", attrs...)
}
