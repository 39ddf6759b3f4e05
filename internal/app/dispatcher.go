package app

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
	"github.com/fiskl-mcp/fiskl-mcp/internal/permissions"
	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// listTTL is how long clients may remember the list of tools, in milliseconds.
const listTTL = 300_000

// dispatcher is where calls are taken: it finds the companies of whoever calls.
type dispatcher struct {
	// books are those of the caller of ctx. They are in use until done is
	// called.
	books func(ctx context.Context) (p practice, done func(), err error)

	// questions are those to the person that have no reply yet, where they are
	// counted here; over HTTP the guard does.
	questions chan struct{}

	observer observe.Observer // nil for none
	logger   *slog.Logger
}

// fixed takes every call for the same companies.
func fixed(p practice) func(context.Context) (practice, func(), error) {
	return func(context.Context) (practice, func(), error) { return p, func() {}, nil }
}

// newServer puts companies on the protocol. Every tool is registered, and the
// list shows those that are offered: a call to another one is answered with
// the reason instead of "not found". p is what is told of tools, whoever asks.
func newServer(p practice, d dispatcher) *server.MCPServer {
	hooks := &server.Hooks{}
	whole := definitions(p)
	hooks.AddAfterListTools(func(ctx context.Context, _ any, _ *mcp.ListToolsRequest, result *mcp.ListToolsResult) {
		for i, t := range result.Tools {
			result.Tools[i] = whole[t.Name]
		}
		if theirs, done, err := d.books(ctx); err == nil {
			defer done()
			result.Tools = theirs.offered(ctx, result.Tools)
		}
	})
	hooks.AddAfterSubscriptionsListen(httpguard.Acknowledge)
	hooks.AddOnError(restoreErrorCode)
	s := server.NewMCPServer(
		"fiskl-mcp", version(),
		server.WithTitle("Fiskl (unofficial)"),
		server.WithInstructions(p.Instructions(beside())),
		// The list never changes while the program runs; saying that it might
		// would keep streams open that hold up the end.
		server.WithToolCapabilities(false),
		server.WithCacheHints(listTTL, mcp.CacheScopePrivate),
		server.WithHooks(hooks),
	)
	for _, t := range p.All() {
		// With every call over HTTP the library marshals and reads back what it
		// knows of the arguments, in search of headers that stand for them: it
		// knows nothing.
		s.AddTool(mcp.NewToolWithRawSchema(t.Name, "", json.RawMessage(`{}`)), d.handler(t))
	}
	d.addPrompts(s, hooks, p)
	d.addResources(s, hooks)
	return s
}

// definitions are all tools by name, as clients are told of them.
func definitions(p practice) map[string]mcp.Tool {
	all := make(map[string]mcp.Tool)
	for _, t := range p.All() {
		all[t.Name] = p.Definition(t)
	}
	return all
}

// restoreErrorCode gives an error over standard input and output the code that its
// handler chose; over HTTP the guard does.
func restoreErrorCode(ctx context.Context, id any, _ mcp.MCPMethod, _ any, err error) {
	if code, data, ok := httpguard.Failure(err); ok {
		stdio.Recode(ctx, id, code, data)
	}
}

// offered leaves out the tools that no company offers. All companies together
// have no more time than one to find out what their credentials may do.
func (p practice) offered(ctx context.Context, all []mcp.Tool) []mcp.Tool {
	ctx, cancel := context.WithTimeout(ctx, permissions.Patience)
	defer cancel()
	var offers []func(tools.Tool) bool
	for _, co := range p.companies {
		offers = append(offers, co.offers(ctx))
	}
	return slices.DeleteFunc(all, func(d mcp.Tool) bool {
		t, ok := p.Find(d.Name)
		return ok && !slices.ContainsFunc(offers, func(offers func(tools.Tool) bool) bool { return offers(t) })
	})
}

// offers tells the tools that are withheld, or that the credential cannot use,
// from the others. Until its permissions are known all are offered, and errors
// explain.
func (co company) offers(ctx context.Context) func(tools.Tool) bool {
	var held []string
	known := false
	if co.look != nil {
		held, known = co.look.Held(ctx)
	}
	return func(t tools.Tool) bool {
		return co.catalog.Withheld(t) == "" && (!known || len(co.catalog.Missing(t, held)) == 0)
	}
}

// handler calls a tool and logs that it did: never arguments or results, which
// are somebody's books.
func (d dispatcher) handler(t tools.Tool) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if d.observer == nil {
			return d.take(ctx, t, req)
		}
		ctx, end := d.observer.Start(ctx, observed(ctx, req))
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
	p, done, err := d.books(ctx)
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
func (d dispatcher) timed(ctx context.Context, p practice, t tools.Tool, r tools.Request) tools.Answer {
	start := time.Now()
	answer := p.Call(ctx, t, r)
	logCall(ctx, d.logger, t, answer, time.Since(start))
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
		logDefect(ctx, logger, t, a.Err)
	case errors.As(a.Err, &api):
		logger.LogAttrs(ctx, slog.LevelWarn, "call failed", append(attrs, slog.Any("error", api))...)
	default:
		logger.LogAttrs(ctx, slog.LevelInfo, "call refused", attrs...)
	}
}

// logDefect keeps what the answer to a call leaves out, for whoever mends it.
// What an error quotes can be from the books, and stays out.
func logDefect(ctx context.Context, logger *slog.Logger, t tools.Tool, err error) {
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
