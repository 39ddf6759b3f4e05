package httpguard

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/mark3labs/mcp-go/mcp"
)

// Direct is a way past the library, which reads a message some eight times over
// and writes an answer three times. It is for calls that need nothing else of
// it: a result is all that comes back, and nothing is out of the ordinary. All
// other messages, and all errors, are the library's.
type Direct struct {
	find           func(tool string) Handler
	legacy, modern frame
}

// Handler carries out a call of a tool that is handed to it directly, and
// writes the members of its result, which has an empty list as "content"
// otherwise. It may leave the call to the library, before anything was done,
// by reporting false. It cannot notify, ask or fail.
type Handler func(ctx context.Context, c Call) (members []byte, ok bool)

// Call is a call of a tool that is handed over directly.
type Call struct {
	// Arguments are an object, or nil when there are none.
	Arguments json.RawMessage
	Header    http.Header
	// Traceparent is that of the message.
	Traceparent string
}

// direct answers a call past the library and reports that it did.
func (g *guard) direct(x *exchange, r *http.Request) bool {
	if g.o.Direct == nil || !x.message.call() || x.message.method != methodCallTool || x.message.odd {
		return false
	}
	handle := g.o.Direct.find(x.message.name)
	if handle == nil || !x.plainHeader(r.Header) {
		return false
	}
	c := Call{Arguments: x.message.arguments, Header: r.Header}
	if !x.plainMeta(&c) {
		return false
	}
	ctx, cancel := context.WithCancel(x.within(r.Context()))
	defer cancel()
	g.flights.endBy(x.flight, cancel)
	members, ok := handle(ctx, c)
	if !ok {
		return false
	}
	if r.Context().Err() == nil { // or nobody is left to read it
		x.frame().write(&x.out, x.message.id, members)
		// Who has the answer may call again at once, while the log is written. Of
		// a long one the beginning has left already.
		x.release()
		x.out.Flush()
	}
	return true
}

// plainHeader reports headers that the library would find nothing wrong with.
func (x *exchange) plainHeader(h http.Header) bool {
	stated := h.Get(versionHeader)
	if !x.modern {
		return stated == "" || mcp.IsValidProtocolVersion(stated)
	}
	return stated == firstModern && x.message.version == firstModern &&
		h.Get(methodHeader) == methodCallTool && h.Get(nameHeader) == x.message.name && h.Get("Last-Event-Id") == ""
}

// plainMeta reports a _meta that the library would find nothing wrong with and
// that asks for nothing, and takes from it what belongs to the call.
func (x *exchange) plainMeta(c *Call) bool {
	if x.message.meta == nil {
		return !x.modern
	}
	var meta mcp.Meta
	if meta.UnmarshalJSON(x.message.meta) != nil || meta.ProgressToken != nil {
		return false
	}
	c.Traceparent, _ = meta.AdditionalFields["traceparent"].(string)
	return !x.modern || meta.ClientCapabilities() != nil
}

func (x *exchange) frame() frame {
	if x.modern {
		return x.guard.o.Direct.modern
	}
	return x.guard.o.Direct.legacy
}

// write answers with members in the frame.
func (f frame) write(w *writer, id, members []byte) {
	head := slices.Concat(f.before, id, f.between)
	members = append(members, f.after...)
	h := w.Header()
	h["Content-Type"] = []string{jsonType}
	h["Content-Length"] = []string{strconv.Itoa(len(head) + len(members))}
	_, _ = w.Write(head) // a caller who is gone needs no answer
	_, _ = w.Write(members)
}
