package httpguard

import (
	"net/http"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// checkSession wants a session of the caller's own for all that an older era
// says after initialize. Why an id is not valid is not told: whether somebody
// else has it is nobody's business.
func (g *guard) checkSession(x *exchange, r *http.Request) *rpcerror.Refusal {
	if x.modern || x.message.method == methodInitialize {
		return nil
	}
	id := r.Header.Get(sessionHeader)
	if id == "" {
		return &rpcerror.Refusal{
			Status: http.StatusBadRequest, Code: rpcerror.InvalidRequest, Reason: "session",
			Message: "the Mcp-Session-Id header is missing: initialize first, or speak " + firstModern,
		}
	}
	if !g.o.Sessions.valid(id, x.caller.ID) {
		return &rpcerror.Refusal{
			Status: http.StatusNotFound, Reason: "session",
			Message: "there is no such session: initialize again",
		}
	}
	x.session = id
	return nil
}
