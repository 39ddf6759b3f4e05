package principal

import (
	"net/http"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// keyPrefix begins every API key of Fiskl (documented).
const keyPrefix = "fsk_"

// longest is more than any credential measures.
const longest = 512

// bearer returns the token of the Authorization header, or nothing. A header
// of another scheme may belong to a proxy and is not looked at.
func bearer(r *http.Request) (string, *rpcerror.Refusal) {
	values := r.Header[authorizationHeader]
	if len(values) > 1 {
		return "", ambiguous("the Authorization header is given more than once")
	}
	if len(values) == 0 {
		return "", nil
	}
	scheme, token, _ := strings.Cut(values[0], " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", nil
	}
	return strings.TrimSpace(token), nil
}

// plausible reports that a credential is worth looking up: printable and not
// overlong.
func plausible(token string) bool {
	if token == "" || len(token) > longest {
		return false
	}
	for _, c := range []byte(token) {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}
