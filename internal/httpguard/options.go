package httpguard

import (
	"cmp"
	"log/slog"
	"net/netip"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// Options say what the guard lets through.
type Options struct {
	// Authenticator decides who calls. Nil takes the principal that the
	// request's context already has.
	Authenticator principal.Authenticator
	// Sessions are those of eras before 2026-07-28. Nil makes new ones.
	Sessions *Sessions

	// Hosts are the names under which the endpoint is public, with a port or,
	// to mean any, without. Loopback adds the names of this machine.
	Hosts    []string
	Loopback bool
	// Origins are the web origins whose pages may call, written as browsers
	// do: https://app.example.com. Where there are none, LoopbackOrigins lets
	// the pages of this machine call.
	Origins         []string
	LoopbackOrigins bool
	// CORS answers preflight requests of these origins, and lets their pages
	// read answers.
	CORS bool
	// TrustedProxies are believed when they say for whom they ask.
	TrustedProxies []netip.Prefix
	// ProxiesOnly refuses everybody else who connects.
	ProxiesOnly bool

	// MaxBody is how large a body may be, in bytes; MaxBodies how much all
	// large bodies together, and MaxDepth how deep JSON may nest.
	MaxBody   int64
	MaxBodies int64
	MaxDepth  int
	Limits    Limits

	// Strict refuses what Repair would otherwise mend: see repair.go.
	Strict bool
	// KeepAlive is how often a comment is sent on a stream.
	KeepAlive time.Duration

	// Logger gets a line for each request, and defects. Nil logs nothing.
	Logger *slog.Logger
	// Observe is told of each request when it is over. It must be quick.
	Observe func(Event)
	// Known reports that a tool or prompt exists. Names that do not are kept
	// out of events, which must not grow by what callers make up. Nil knows
	// none.
	Known func(name string) bool
}

// Limits are how much one caller may do. Zero means no limit.
type Limits struct {
	// Rate is how many requests a second one principal may make, in the long
	// run; Burst how many at once.
	Rate  float64
	Burst int
	// Concurrent is how many calls of one principal may run at once, and Wait
	// how long another waits for its turn.
	Concurrent int
	Wait       time.Duration
	// Failures is how many requests a minute from one address, or from the
	// network around it, may fail to say who they are from, or bring a key about
	// which Fiskl could not be asked. All together may fail ten times as often.
	Failures int
}

// What holds where Options say nothing.
const (
	defaultBody      = 1 << 20
	defaultBodies    = 8 << 20 // the library turns each byte into some nine
	defaultDepth     = 64
	defaultKeepAlive = 25 * time.Second
)

func (o Options) withDefaults() Options {
	o.MaxBody = cmp.Or(o.MaxBody, defaultBody)
	o.MaxBodies = cmp.Or(o.MaxBodies, defaultBodies)
	o.MaxDepth = cmp.Or(o.MaxDepth, defaultDepth)
	o.KeepAlive = cmp.Or(o.KeepAlive, defaultKeepAlive)
	if o.Sessions == nil {
		o.Sessions = NewSessions(nil, 0)
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Known == nil {
		o.Known = func(string) bool { return false }
	}
	return o
}
