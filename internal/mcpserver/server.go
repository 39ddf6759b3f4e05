package mcpserver

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
	"github.com/fiskl-mcp/fiskl-mcp/internal/permissions"
	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// Options are what a server is made with.
type Options struct {
	Version string // of the program, which clients are told

	// Books finds the companies of whoever calls, as the context says. They are in
	// use until done is called.
	Books func(ctx context.Context) (p Companies, done func(), err error)

	Observer observe.Observer // counts, times and traces calls; nil for none
	Logger   *slog.Logger     // is told of calls, never of their arguments or results
}

// Fixed takes every call for the same companies.
func Fixed(p Companies) func(context.Context) (Companies, func(), error) {
	return func(context.Context) (Companies, func(), error) { return p, func() {}, nil }
}

// New puts tools, resources and prompts on the protocol. Every tool is
// registered, and the list shows those that are offered: a call to another one is
// answered with the reason instead of "not found". Shown is what is told of
// tools, whoever asks; calls work on the companies of their caller.
func New(shown Companies, o Options) *server.MCPServer {
	return dispatcher{Options: o}.server(shown)
}

// listTTL is how long clients may remember the list of tools, in milliseconds.
const listTTL = 300_000

// server is where the library hands calls to the dispatcher.
func (d dispatcher) server(p Companies) *server.MCPServer {
	hooks := &server.Hooks{}
	whole := definitions(p)
	hooks.AddAfterListTools(func(ctx context.Context, _ any, _ *mcp.ListToolsRequest, result *mcp.ListToolsResult) {
		for i, t := range result.Tools {
			result.Tools[i] = whole[t.Name]
		}
		if theirs, done, err := d.Books(ctx); err == nil {
			defer done()
			result.Tools = theirs.offered(ctx, result.Tools)
		}
	})
	hooks.AddAfterSubscriptionsListen(httpguard.Acknowledge)
	hooks.AddOnError(restoreErrorCode)
	s := server.NewMCPServer(
		"fiskl-mcp", d.Version,
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
func definitions(p Companies) map[string]mcp.Tool {
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
func (p Companies) offered(ctx context.Context, all []mcp.Tool) []mcp.Tool {
	ctx, cancel := context.WithTimeout(ctx, permissions.Patience)
	defer cancel()
	var offers []func(tools.Tool) bool
	for _, co := range p.Each {
		permission := co.permission(ctx)
		offers = append(offers, func(t tools.Tool) bool { return permission(co.Catalog.Withheld(t), t.Needs).none() })
	}
	return slices.DeleteFunc(all, func(d mcp.Tool) bool {
		t, ok := p.Find(d.Name)
		return ok && !slices.ContainsFunc(offers, func(offers func(tools.Tool) bool) bool { return offers(t) })
	})
}
