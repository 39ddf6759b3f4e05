package httpguard

import (
	"mime"
	"net/http"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// The headers of the protocol, in the form that net/http keeps them.
const (
	versionHeader = "Mcp-Protocol-Version"
	methodHeader  = "Mcp-Method"
	nameHeader    = "Mcp-Name"
	sessionHeader = "Mcp-Session-Id"
)

const (
	noStore  = "no-store"
	jsonType = "application/json"
)

// checkMethod takes POST, and DELETE of older eras, which ends a session.
// There is nothing to GET: the server tells nothing unasked, and a stream that
// belongs to a session is one more thing to steal.
func (g *guard) checkMethod(_ *exchange, r *http.Request) *rpcerror.Refusal {
	old := r.Header.Get(versionHeader) < firstModern
	switch {
	case r.Method == http.MethodPost, r.Method == http.MethodDelete && old:
		return nil
	case old:
		return notAllowed("POST, DELETE")
	}
	return notAllowed(http.MethodPost)
}

func notAllowed(allow string) *rpcerror.Refusal {
	return &rpcerror.Refusal{
		Status: http.StatusMethodNotAllowed, Reason: "method", Allow: allow,
		Message: "send JSON-RPC messages by POST; there is no stream to open by GET",
	}
}

// checkRepeats refuses headers that are given twice, of which the library
// would take the first and a proxy perhaps the last.
func (g *guard) checkRepeats(_ *exchange, r *http.Request) *rpcerror.Refusal {
	for _, name := range [...]string{versionHeader, methodHeader, nameHeader, sessionHeader, "Content-Type"} {
		if len(r.Header[name]) > 1 {
			return &rpcerror.Refusal{
				Status: http.StatusBadRequest, Code: rpcerror.InvalidRequest, Reason: "headers",
				Message: "the header " + name + " is given more than once",
			}
		}
	}
	return nil
}

// checkContent takes JSON as it is. A body that must be unpacked could be any
// size. What a client accepts is not asked: some send no Accept header, and
// all that the protocol allows is JSON and streams of it.
func (g *guard) checkContent(_ *exchange, r *http.Request) *rpcerror.Refusal {
	if r.Method != http.MethodPost {
		return nil
	}
	for _, encoding := range r.Header["Content-Encoding"] {
		if encoding != "" && !strings.EqualFold(encoding, "identity") {
			return unsupported("send the body as it is, without Content-Encoding")
		}
	}
	if !isJSON(r.Header.Get("Content-Type")) {
		return unsupported("send the body as Content-Type: application/json")
	}
	return nil
}

func unsupported(message string) *rpcerror.Refusal {
	return &rpcerror.Refusal{Status: http.StatusUnsupportedMediaType, Reason: "content", Message: message}
}

// isJSON reports a content type of JSON in UTF-8, which is all there is.
func isJSON(contentType string) bool {
	if contentType == jsonType {
		return true
	}
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil || media != jsonType {
		return false
	}
	charset, given := params["charset"]
	return !given || strings.EqualFold(charset, "utf-8")
}
