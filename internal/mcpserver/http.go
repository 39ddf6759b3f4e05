package mcpserver

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"

	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// Path is where the protocol is spoken.
const Path = "/mcp"

// HTTPOptions are what the handler of a shared endpoint is made with.
type HTTPOptions struct {
	Options

	Guard      httpguard.Options // who may call and how much; sessions, logger and observation are filled in here
	SessionKey []byte            // lets processes that have the same honour each other's sessions; nil makes one for this process
	Ready      http.Handler      // answers /readyz
}

// NewHandler serves the protocol at Path, /healthz and /readyz. Shown is
// what is told of tools, whoever asks.
func NewHandler(shown Companies, o HTTPOptions) http.Handler {
	sessions := httpguard.NewSessions(o.SessionKey, 0)
	quiet := slog.New(atLeast{o.Logger.Handler(), slog.LevelWarn})
	next := server.NewStreamableHTTPServer(New(shown, o.Options), append(sessions.ServerOptions(), server.WithStreamableHTTPLogger(quiet))...)
	o.Guard.Sessions, o.Guard.Logger = sessions, o.Logger
	o.Guard.Observe, o.Guard.Known = turned(o.Observer), offeredNames(shown).has
	mux := http.NewServeMux()
	mux.Handle(Path, httpguard.New(next, o.Guard))
	mux.HandleFunc("GET /healthz", healthy)
	mux.Handle("GET /readyz", o.Ready)
	mux.HandleFunc("/", nothingHere)
	return mux
}

// ToolNames are the names of all tools, sorted. They alone may be logged and
// counted: others are made up by whoever calls.
func ToolNames(shown Companies) []string { return slices.Sorted(maps.Keys(offeredNames(shown))) }

type names map[string]bool

func offeredNames(shown Companies) names {
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
