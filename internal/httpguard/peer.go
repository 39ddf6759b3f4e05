package httpguard

import (
	"net/http"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// checkPeer refuses who comes past the proxies, where they alone keep keys from
// travelling in the clear. It comes too late for the key of this request, and
// in time for whoever reads the refusal.
func (g *guard) checkPeer(_ *exchange, r *http.Request) *rpcerror.Refusal {
	if !g.o.ProxiesOnly || g.strangers.trusted(peer(r)) {
		return nil
	}
	return &rpcerror.Refusal{
		Status: http.StatusForbidden, Reason: "peer",
		Message: "this server is reached through its proxy only; what was sent here directly was not encrypted, so replace a key that was in it",
	}
}
