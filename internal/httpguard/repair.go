package httpguard

import (
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// repair mends the headers of a client that speaks 2026-07-28 in the body
// while its HTTP layer still works as before: Claude's connectors state an
// older revision in the header, or none, and send neither Mcp-Method nor
// Mcp-Name (anthropics/claude-code#93290). The body is what counts, and the
// missing headers are set from it.
//
// Only that mistake is mended. A request that states 2026-07-28 in the header
// is held to all of it, as the revision demands, and a header that is there
// and contradicts the body is always refused.
func (g *guard) repair(x *exchange, r *http.Request) *rpcerror.Refusal {
	stated := r.Header.Get(versionHeader)
	old := stated == "" || stated < firstModern && mcp.IsValidProtocolVersion(stated)
	if g.o.Strict || !old || x.message.version != firstModern {
		return nil
	}
	x.repaired = true
	r.Header.Set(versionHeader, x.message.version)
	fill(r.Header, methodHeader, x.message.method)
	switch x.message.method {
	case methodCallTool, methodGetPrompt:
		fill(r.Header, nameHeader, x.message.name)
	case methodReadResource:
		fill(r.Header, nameHeader, x.message.uri)
	}
	return nil
}

// fill sets a header that is missing.
func fill(h http.Header, name, value string) {
	if value == "" || h.Get(name) != "" {
		return
	}
	if encoded, ok := mcp.EncodeHeaderValue(value); ok {
		h.Set(name, encoded)
	}
}
