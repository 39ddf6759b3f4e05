package principal

import (
	"context"
	"errors"
	"net/http"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// The headers in which callers present themselves.
const (
	apiKeyHeader        = "X-Fiskl-Api-Key" //nolint:gosec // the name of a header
	authorizationHeader = "Authorization"
)

// Authenticator decides who makes a request. An error is an *rpcerror.Refusal,
// or the caller is refused without a reason.
type Authenticator interface {
	Authenticate(r *http.Request) (Principal, error)
}

type withoutLookKey struct{}

// WithoutLook returns a context in which an Authenticator decides by what it
// knows and asks nobody: for callers who have been wrong too often.
func WithoutLook(ctx context.Context) context.Context {
	return context.WithValue(ctx, withoutLookKey{}, true)
}

// MayLook reports that an Authenticator may ask somebody about a request.
func MayLook(ctx context.Context) bool { return ctx.Value(withoutLookKey{}) == nil }

// Refusal is how a failed authentication is answered.
func Refusal(err error) *rpcerror.Refusal {
	if refusal, ok := errors.AsType[*rpcerror.Refusal](err); ok {
		return refusal
	}
	return refused("the caller could not be recognised", false)
}

// Strip takes the credentials off a request, so that nothing behind can pass
// them on.
func Strip(r *http.Request) {
	r.Header.Del(apiKeyHeader)
	r.Header.Del(authorizationHeader)
}

// refused is a 401. It names no metadata to discover, because there is nobody
// who would give out tokens.
func refused(message string, presented bool) *rpcerror.Refusal {
	challenge := `Bearer realm="fiskl-mcp"`
	if presented {
		challenge += `, error="invalid_token"`
	}
	return &rpcerror.Refusal{
		Status: http.StatusUnauthorized, Message: message, Reason: "unauthenticated", Challenge: challenge,
	}
}

// ambiguous is a 400: which of two credentials was meant cannot be told.
func ambiguous(message string) *rpcerror.Refusal {
	return &rpcerror.Refusal{
		Status: http.StatusBadRequest, Code: rpcerror.InvalidRequest, Message: message, Reason: "credentials",
	}
}
