// Package principal says who a caller is. One value, decided in one place for
// each request, is all that the rest of the program knows of callers: OAuth,
// when it comes, is one more Authenticator.
package principal

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// Principal is who makes a request.
type Principal struct {
	// ID tells principals apart. It is never a secret, so that it may be
	// logged and be part of keys of caches.
	ID string
	// Name is for people. It may be empty.
	Name string
	// Write allows tools that change something. Fiskl's own permissions still
	// apply.
	Write bool
	// Key is the caller's own Fiskl API key, when callers bring their own.
	Key secret.Secret
}

type contextKey struct{}

// With returns a context of p.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, contextKey{}, p)
}

// From returns the principal of ctx, if there is one.
func From(ctx context.Context) (Principal, bool) {
	p, ok := ctx.Value(contextKey{}).(Principal)
	return p, ok
}
