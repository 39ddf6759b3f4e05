package main

import (
	"encoding/json"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// cacheFor is how long clients may remember a list, in milliseconds.
const cacheFor = 300_000

// newServer puts the fixtures on the protocol. Like fiskl-mcp's its lists
// never change. Logging and subscriptions, which fiskl-mcp does not offer, are
// asked for by the suite of 2025-11-25.
func newServer() *server.MCPServer {
	hooks := &server.Hooks{}
	hooks.AddAfterSubscriptionsListen(httpguard.Acknowledge)
	s := server.NewMCPServer(
		"fiskl-mcp-conformance", "1",
		server.WithInstructions("Fixtures of the conformance suite."),
		server.WithToolCapabilities(false),
		server.WithPromptCapabilities(false),
		server.WithResourceCapabilities(true, false),
		server.WithCompletions(),
		server.WithLogging(),
		server.WithCacheHints(cacheFor, mcp.CacheScopePublic),
		server.WithMethodCacheHints(mcp.MethodResourcesRead, 0, mcp.CacheScopePrivate),
		server.WithHooks(hooks),
	)
	state := newSealer()
	for _, all := range [][]fixture{contents(), streams(), questions(), inputs(state)} {
		for _, f := range all {
			s.AddTool(mcp.NewToolWithRawSchema(f.name, f.does, json.RawMessage(f.schema())), f.call)
		}
	}
	addResources(s)
	addPrompts(s)
	return s
}

// fixture is one tool.
type fixture struct {
	name, does string
	input      string // its schema; empty for no arguments
	call       server.ToolHandlerFunc
}

func (f fixture) schema() string {
	if f.input == "" {
		return `{"type":"object","properties":{}}`
	}
	return f.input
}
