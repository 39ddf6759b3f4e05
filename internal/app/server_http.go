package app

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"

	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// endpointPath is where the protocol is spoken.
const endpointPath = "/mcp"

// httpOptions are what the handler of a shared endpoint is made with.
type httpOptions struct {
	serverOptions

	guard      httpguard.Options // who may call and how much; sessions, logger and observation are filled in here
	sessionKey []byte            // lets processes that have the same honour each other's sessions; nil makes one for this process
	ready      http.Handler      // answers /readyz
}

// newHandler serves the protocol at endpointPath, /healthz and /readyz. Shown is
// what is told of tools, whoever asks.
func newHandler(shown mcpCompanies, o httpOptions) http.Handler {
	sessions := httpguard.NewSessions(o.sessionKey, 0)
	quiet := slog.New(atLeast{o.logger.Handler(), slog.LevelWarn})
	next := server.NewStreamableHTTPServer(newServer(shown, o.serverOptions), append(sessions.ServerOptions(), server.WithStreamableHTTPLogger(quiet))...)
	o.guard.Sessions, o.guard.Logger = sessions, o.logger
	o.guard.Observe, o.guard.Known = turned(o.observer), offeredNames(shown).has
	mux := http.NewServeMux()
	mux.Handle(endpointPath, httpguard.New(next, o.guard))
	mux.HandleFunc("GET /healthz", healthy)
	mux.Handle("GET /readyz", o.ready)
	mux.HandleFunc("/", nothingHere)
	return mux
}

// toolNames are the names of all tools, sorted. They alone may be logged and
// counted: others are made up by whoever calls.
func toolNames(shown mcpCompanies) []string { return slices.Sorted(maps.Keys(offeredNames(shown))) }

type names map[string]bool

func offeredNames(shown mcpCompanies) names {
	all := make(names)
	for _, t := range shown.All() {
		all[t.Name] = true
	}
	return all
}

func (n names) has(name string) bool { return n[name] }

// atLeast lets records through from a level on.
type atLeast struct {
	slog.Handler

	level slog.Level
}

// Enabled reports whether a record of a level is let through.
func (a atLeast) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= a.level && a.Handler.Enabled(ctx, level)
}
