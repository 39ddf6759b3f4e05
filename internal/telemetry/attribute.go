package telemetry

import (
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"go.opentelemetry.io/otel/attribute"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
)

// The names of OpenTelemetry's semantic conventions for MCP, GenAI, JSON-RPC
// and HTTP. Those for MCP are not stable yet. Left out on purpose are
// gen_ai.tool.call.arguments and .result, mcp.resource.uri, url.full and
// server messages, which hold somebody's books, and mcp.session.id, which is
// half a credential.
const (
	keyMethod          = attribute.Key("mcp.method.name")
	keyProtocol        = attribute.Key("mcp.protocol.version")
	keyTool            = attribute.Key("gen_ai.tool.name")
	keyOperation       = attribute.Key("gen_ai.operation.name")
	keyRequestID       = attribute.Key("jsonrpc.request.id")
	keyCode            = attribute.Key("rpc.response.status_code")
	keyErrorType       = attribute.Key("error.type")
	keyTransport       = attribute.Key("network.transport")
	keyProtocolName    = attribute.Key("network.protocol.name")
	keyProtocolVersion = attribute.Key("network.protocol.version")
	keyHTTPMethod      = attribute.Key("http.request.method")
	keyResends         = attribute.Key("http.request.resend_count")
	keyStatus          = attribute.Key("http.response.status_code")
	keyTemplate        = attribute.Key("url.template")
	keyAddress         = attribute.Key("server.address")
	keyFiskl           = attribute.Key("fiskl.operation") // the conventions have none for it
)

// about is what the span and the metric of a request have in common.
func about(s shown) []attribute.KeyValue {
	all := []attribute.KeyValue{keyMethod.String(s.method)}
	if s.tool != "" {
		all = append(all, keyTool.String(s.tool))
	}
	if s.method == string(mcp.MethodToolsCall) {
		all = append(all, keyOperation.String("execute_tool"))
	}
	if s.protocol != "" {
		all = append(all, keyProtocol.String(s.protocol))
	}
	if s.http == "" {
		return append(all, keyTransport.String("pipe"))
	}
	return append(all,
		keyTransport.String("tcp"),
		keyProtocolName.String("http"),
		keyProtocolVersion.String(s.http),
	)
}

// ended is what the outcome adds.
func ended(o observe.Outcome) []attribute.KeyValue {
	var all []attribute.KeyValue
	if class := errorType(o); class != "" {
		all = append(all, keyErrorType.String(class))
		if o.Kind == observe.ProtocolError {
			all = append(all, keyCode.String(class))
		}
	}
	return all
}

// aboutUpstream is what the span and the metric of a request to Fiskl have in
// common.
func aboutUpstream(e fisklapi.Endpoint, host string) []attribute.KeyValue {
	return []attribute.KeyValue{
		keyHTTPMethod.String(e.Method),
		keyTemplate.String(e.Path),
		keyAddress.String(host),
		keyFiskl.String(string(e.Operation)),
	}
}

// longestID is the longest request id that is shown.
const longestID = 64

// plainID reports an id of the kind that programs count requests by. Callers
// may use any text, and others are not shown.
func plainID(id string) bool {
	const allowed = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.:"
	return id != "" && len(id) <= longestID && strings.Trim(id, allowed) == ""
}
