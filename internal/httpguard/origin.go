package httpguard

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// originHeader is what browsers say of the page that calls, and no other
// client says.
const originHeader = "Origin"

// origins are the pages that may call.
type origins struct {
	names    map[string]bool
	loopback bool
}

// newOrigins are those that are named or, when none are, perhaps this machine's.
func newOrigins(names []string, loopback bool) origins {
	o := origins{make(map[string]bool, len(names)), loopback && len(names) == 0}
	for _, name := range names {
		o.names[strings.ToLower(strings.TrimSuffix(name, "/"))] = true
	}
	return o
}

// has reports that origin is one of them.
func (o origins) has(origin string) bool {
	if o.names[strings.ToLower(origin)] {
		return true
	}
	if !o.loopback {
		return false
	}
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && isLoopback(strings.ToLower(u.Hostname()))
}

// expose lets a page of origin read the answer.
func (o origins) expose(h http.Header, origin string) {
	h.Add("Vary", originHeader)
	if origin == "" || !o.has(origin) {
		return
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Expose-Headers", "Mcp-Session-Id, Retry-After, WWW-Authenticate, X-Request-Id")
}

func (g *guard) checkOrigin(_ *exchange, r *http.Request) *rpcerror.Refusal {
	for _, origin := range r.Header[originHeader] {
		if !g.origins.has(origin) {
			return &rpcerror.Refusal{
				Status: http.StatusForbidden, Reason: "origin",
				Message: "pages of this origin may not call this server",
			}
		}
	}
	return nil
}

// preflight answers a browser that asks beforehand, where CORS is on, and
// reports that it did.
func (g *guard) preflight(x *exchange, r *http.Request) bool {
	origin := r.Header.Get(originHeader)
	asked := r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
	if !g.o.CORS || !asked || !g.hosts.has(r.Host) || !g.origins.has(origin) {
		return false
	}
	h := x.out.Header()
	h.Set("Access-Control-Allow-Methods", "POST, DELETE")
	h.Set("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, "+
		"Mcp-Method, Mcp-Name, Mcp-Protocol-Version, Mcp-Session-Id, X-Fiskl-Api-Key")
	h.Set("Access-Control-Max-Age", "600")
	x.out.WriteHeader(http.StatusNoContent)
	return true
}
