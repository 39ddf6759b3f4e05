package httpguard

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// The methods that the guard treats specially.
const (
	methodInitialize   = "initialize"
	methodCancelled    = "notifications/cancelled"
	methodListen       = "subscriptions/listen"
	methodCallTool     = "tools/call"
	methodGetPrompt    = "prompts/get"
	methodReadResource = "resources/read"
)

// firstModern is the first revision without sessions. Revisions are dates, and
// the library takes whatever sorts at or after it for modern.
const firstModern = "2026-07-28"

// longestID is how long a request's id may be, as written, and largestID the
// largest number that the library can repeat exactly.
const (
	longestID = 256
	largestID = 1 << 53
)

// message is what the guard wants to know of a JSON-RPC message.
type message struct {
	// id is as written; nil for a notification.
	id []byte
	// method is empty for a response.
	method string
	// name is that of a tool or prompt, uri that of a resource.
	name, uri string
	// version is the revision stated in the body.
	version string
}

// call reports a message that wants an answer.
func (m message) call() bool { return m.method != "" && m.id != nil }

// readMessage finds what is needed in the body. What it cannot tell for
// certain it refuses, so that it never takes a message for another than the
// library does.
func (g *guard) readMessage(x *exchange, r *http.Request) *rpcerror.Refusal {
	if r.Method != http.MethodPost {
		return nil
	}
	// The library's own parser decides what JSON is. It does not recurse, so
	// that a body of a million brackets is merely wrong.
	if !json.Valid(x.raw) {
		return malformed(rpcerror.ParseError, "the body is not valid JSON")
	}
	switch bytes.TrimLeft(x.raw, " \t\r\n")[0] {
	case '{':
	case '[':
		return malformed(rpcerror.InvalidRequest, "batches are not taken: send one message a request")
	default:
		return malformed(rpcerror.InvalidRequest, "the body is not a JSON-RPC message")
	}
	m := reader{body: x.raw, deepest: g.o.MaxDepth}
	refusal := m.read()
	x.message = m.message
	x.modern = x.message.version >= firstModern || r.Header.Get(versionHeader) >= firstModern
	return refusal
}

// malformed is the refusal of a body.
func malformed(code int, message string) *rpcerror.Refusal {
	return &rpcerror.Refusal{Status: http.StatusBadRequest, Code: code, Message: message, Reason: "message"}
}

// sound reports that an id is a string or an integer that comes back as it
// was.
func sound(id []byte) bool {
	if len(id) > longestID || len(id) == 0 {
		return false
	}
	if id[0] == '"' {
		return true
	}
	n, err := strconv.ParseInt(string(id), 10, 64)
	return err == nil && -largestID <= n && n <= largestID
}
