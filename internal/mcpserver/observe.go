package mcpserver

import (
	"context"
	"net/http"
	"slices"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
)

// observed is what telemetry is told of a call: never its arguments.
func observed(ctx context.Context, req mcp.CallToolRequest) observe.Request {
	r := called(ctx, req.Params.Name, req.Header)
	if req.Params.Meta != nil {
		r.Traceparent, _ = req.Params.Meta.AdditionalFields["traceparent"].(string)
	}
	return r
}

// called is a call as its headers tell of it. Those that came by standard
// input have none.
func called(ctx context.Context, tool string, header http.Header) observe.Request {
	r := observe.Request{Method: string(mcp.MethodToolsCall), Tool: tool, Header: header, HTTP: httpguard.HTTPVersion(ctx)}
	if len(header) > 0 {
		r.Protocol = header.Get("Mcp-Protocol-Version")
	}
	return r
}

// ending is how a call ended.
func ending(ctx context.Context, failed bool, err error) observe.Outcome {
	switch {
	case ctx.Err() != nil:
		return observe.Outcome{Kind: observe.Canceled}
	case err != nil:
		return observe.Outcome{Kind: observe.ProtocolError, Code: mcp.INTERNAL_ERROR}
	case failed:
		return observe.Outcome{Kind: observe.ToolError}
	default:
		return observe.Outcome{}
	}
}

// turned tells telemetry of requests that no tool has told it of: those that
// the guard turned away, and those of other methods.
func turned(t observe.Observer) func(httpguard.Event) {
	return func(e httpguard.Event) {
		strange := unanswered(e)
		begun := []string{"handler", "panic", "gone", "stopped"}
		taken := e.Method == string(mcp.MethodToolsCall) && (e.Reason == "" && !strange || slices.Contains(begun, e.Reason))
		if taken {
			return
		}
		o := observe.Outcome{Code: e.Code, Reason: e.Reason}
		switch {
		case strange, e.Reason == "library", e.Reason == "handler":
			o.Kind = observe.ProtocolError
		case e.Reason != "":
			o.Kind = observe.Refused
		}
		if e.Status == http.StatusTooManyRequests {
			t.LimitHit(e.Reason)
		}
		protocol := ""
		if e.Modern {
			protocol = mcp.LATEST_PROTOCOL_VERSION
		}
		t.Observe(observe.Event{Request: observe.Request{Method: e.Method, Tool: e.Name, Protocol: protocol, HTTP: e.HTTP}, Outcome: o, Took: e.Took})
	}
}

// unanswered reports a request that the library answered with an error in a form
// of its own: one that the status tells of, or that is for a tool or a method
// that there is not. Notifications, to which 202 says that they were taken,
// may be made up.
func unanswered(e httpguard.Event) bool {
	if e.Reason != "" || e.Status == http.StatusAccepted {
		return false
	}
	return e.Status >= http.StatusBadRequest || e.Method == "other" || e.Name == "other"
}

// Reasons are the words for why the guard turns requests away, for telemetry to
// know beforehand.
func Reasons() []string {
	return append(LimitReasons(), "busy", "content", "credentials", "gone", "headers", "host", "look", "message", "method", "origin", "panic", "peer", "session", "size", "slow", "stopped", "unauthenticated")
}

// LimitReasons are those of the Reasons that are limits on how much one may do.
func LimitReasons() []string { return []string{"concurrency", "failures", "rate"} }
