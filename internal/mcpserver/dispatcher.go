package mcpserver

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// dispatcher is where calls are taken: it finds the companies of whoever calls.
type dispatcher struct {
	Options

	// questions are those to the person that have no reply yet, where they are
	// counted here; over HTTP the guard does.
	questions chan struct{}
}

// handler calls a tool and logs that it did: never arguments or results, which
// are somebody's books.
func (d dispatcher) handler(t tools.Tool) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if d.Observer == nil {
			return d.take(ctx, t, req)
		}
		ctx, end := d.Observer.Start(ctx, observed(ctx, req))
		result, err := d.take(ctx, t, req)
		end(ending(ctx, result != nil && result.IsError, err))
		return result, err
	}
}

// take carries a call out.
func (d dispatcher) take(ctx context.Context, t tools.Tool, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	args, err := arguments(req)
	if err != nil {
		return mcp.NewToolResultError("No answer: the arguments are not valid JSON."), nil
	}
	p, done, err := d.Books(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	own, ok := p.Find(t.Name) // a tool works on the books that it was made with
	if !ok {
		return nil, errors.New("there is no such tool")
	}
	ctx, stop := telling(ctx, req.Params.Meta)
	defer stop()
	return d.conduct(ctx, p, own, req, args), nil
}

// timed calls a tool and logs how long it took.
func (d dispatcher) timed(ctx context.Context, p Companies, t tools.Tool, r tools.Request) tools.Answer {
	start := time.Now()
	answer := p.Call(ctx, t, r)
	logCall(ctx, d.Logger, t, answer, time.Since(start))
	return answer
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
	attrs := append(requested(ctx), slog.String("tool", t.Name), slog.Duration("took", took.Round(time.Microsecond)))
	var api *fisklapi.Error
	switch {
	case a.Err == nil:
		logger.LogAttrs(ctx, slog.LevelDebug, "called", attrs...)
	case a.Defect:
		LogDefect(ctx, logger, t, a.Err)
	case errors.As(a.Err, &api):
		logger.LogAttrs(ctx, slog.LevelWarn, "call failed", append(attrs, slog.Any("error", api))...)
	default:
		logger.LogAttrs(ctx, slog.LevelInfo, "call refused", attrs...)
	}
}

// LogDefect logs what the answer to a call leaves out, for whoever mends it.
// What an error quotes can be from the books, and stays out.
func LogDefect(ctx context.Context, logger *slog.Logger, t tools.Tool, err error) {
	attrs := append(requested(ctx), slog.String("tool", t.Name), slog.String("problem", unquoted(err.Error())))
	if panicked, ok := errors.AsType[*tools.PanicError](err); ok {
		attrs = append(attrs, slog.String("stack", string(panicked.Stack)))
	}
	logger.LogAttrs(ctx, slog.LevelError, "defect", attrs...)
}

// requested ties a line of the log to that of its request, where one is written
// for each.
func requested(ctx context.Context) []slog.Attr {
	attrs := make([]slog.Attr, 0, 4)
	if id := httpguard.RequestID(ctx); id != "" {
		attrs = append(attrs, slog.String("request_id", id))
	}
	return attrs
}

// unquoted leaves out what stands between double quotes.
func unquoted(s string) string {
	parts := strings.Split(s, `"`)
	for i := 1; i < len(parts); i += 2 {
		parts[i] = "…"
	}
	return strings.Join(parts, `"`)
}
