package telemetry_test

import (
	"encoding/hex"
	"maps"
	"net/http"
	"slices"
	"testing"

	traces "go.opentelemetry.io/proto/otlp/trace/v1"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
)

const (
	innerTrace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	outerTrace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
)

func TestSpans(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	tel := start(t, observe.Options{Version: "1.2.3", Tools: []string{"send_invoice"}, Reasons: []string{"rate"}, Env: c.env})
	for _, of := range []struct {
		request observe.Request
		outcome observe.Outcome
	}{
		{observe.Request{Method: "tools/call", Tool: "send_invoice", Protocol: "2026-07-28", ID: "7", HTTP: "1.1"}, observe.Outcome{Kind: observe.ToolError}},
		{observe.Request{Method: "tools/list", ID: "a request"}, observe.Outcome{Kind: observe.ProtocolError, Code: -32603}},
		{observe.Request{Method: "ping", ID: "req-8"}, observe.Outcome{}},
		{observe.Request{Method: "no/such"}, observe.Outcome{Kind: observe.Refused, Reason: "rate"}},
	} {
		_, end := tel.Start(t.Context(), of.request)
		end(of.outcome)
	}
	stop(t, tel)
	spans := c.spans()
	for name, want := range map[string]map[string]string{
		"tools/call send_invoice": {
			"mcp.method.name": "tools/call", "gen_ai.tool.name": "send_invoice", "gen_ai.operation.name": "execute_tool",
			"mcp.protocol.version": "2026-07-28", "jsonrpc.request.id": "7", "error.type": "tool_error",
			"network.transport": "tcp", "network.protocol.name": "http", "network.protocol.version": "1.1",
		},
		"tools/list": {
			"mcp.method.name": "tools/list", "network.transport": "pipe",
			"error.type": "-32603", "rpc.response.status_code": "-32603",
		},
		"ping":   {"mcp.method.name": "ping", "jsonrpc.request.id": "req-8", "network.transport": "pipe"},
		"_OTHER": {"mcp.method.name": "_OTHER", "error.type": "rate", "network.transport": "pipe"},
	} {
		span := spans[name]
		if got := plain(span.GetAttributes()); !maps.Equal(got, want) {
			t.Errorf("span %s has %v, want %v", name, got, want)
		}
		if failed := span.GetStatus().GetCode() == traces.Status_STATUS_CODE_ERROR; failed != (want["error.type"] != "") {
			t.Errorf("span %s has status %v", name, span.GetStatus())
		}
		if span.GetKind() != traces.Span_SPAN_KIND_SERVER {
			t.Errorf("span %s has kind %v", name, span.GetKind())
		}
	}
	points := c.histogram("mcp.server.operation.duration").GetDataPoints()
	if len(points) != 4 {
		t.Fatalf("%d points of the duration", len(points))
	}
	for _, p := range points {
		if a := plain(p.GetAttributes()); p.GetCount() != 1 || a["mcp.method.name"] == "" || a["jsonrpc.request.id"] != "" {
			t.Errorf("a point has count %d and %v", p.GetCount(), a)
		}
	}
}

func TestParent(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]struct {
		request       observe.Request
		trace, parent string
		link          string
	}{
		"none":      {request: observe.Request{}},
		"meta":      {observe.Request{Traceparent: innerTrace}, "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", ""},
		"header":    {observe.Request{Header: header(outerTrace)}, "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", ""},
		"both":      {observe.Request{Traceparent: innerTrace, Header: header(outerTrace)}, "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "b7ad6b7169203331"},
		"the same":  {observe.Request{Traceparent: innerTrace, Header: header(innerTrace)}, "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", ""},
		"malformed": {observe.Request{Traceparent: "Acme Ltd", Header: header("00-zz")}, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCollector(t)
			tel := start(t, observe.Options{Env: c.env})
			of.request.Method = "ping"
			_, end := tel.Start(t.Context(), of.request)
			end(observe.Outcome{})
			stop(t, tel)
			span := c.spans()["ping"]
			if got := hex.EncodeToString(span.GetTraceId()); len(got) != 32 || of.trace != "" && got != of.trace {
				t.Errorf("the trace is %q, want %q", got, of.trace)
			}
			if got := hex.EncodeToString(span.GetParentSpanId()); got != of.parent {
				t.Errorf("the parent is %q, want %q", got, of.parent)
			}
			var links []string
			for _, l := range span.GetLinks() {
				links = append(links, hex.EncodeToString(l.GetSpanId()))
			}
			if !slices.Equal(links, nonEmpty(of.link)) {
				t.Errorf("the links are %v, want %q", links, of.link)
			}
		})
	}
}

func header(traceparent string) http.Header { return http.Header{"Traceparent": {traceparent}} }

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
