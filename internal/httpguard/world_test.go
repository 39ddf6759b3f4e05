package httpguard_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// byName lets everybody in under the name they give, as a token would.
type byName struct{}

func (byName) Authenticate(r *http.Request) (principal.Principal, error) {
	name := r.Header.Get("Authorization")
	if name == "" {
		return principal.Principal{}, principal.Refusal(nil)
	}
	return principal.Principal{ID: name, Name: name, Write: true}, nil
}

// tools is a server whose tools do what the tests need.
type tools struct {
	// began is told of each call of "wait", which then waits for an end.
	began chan string
	end   chan struct{}
}

func newTools() *tools { return &tools{make(chan string, 100), make(chan struct{})} }

func (ts *tools) server(options ...server.ServerOption) *server.MCPServer {
	options = append([]server.ServerOption{server.WithToolCapabilities(false)}, options...)
	s := server.NewMCPServer("test", "1", options...)
	for name, do := range map[string]server.ToolHandlerFunc{
		"echo": echo, "wait": ts.wait, "tellwait": ts.tellWait, "fail": fail, "panic": breakDown, "told": tell, "untold": notifyAndGo, "can": can, "ask": ask, "written": written,
	} {
		s.AddTool(mcp.NewTool(name), do)
	}
	return s
}

// echo says who calls and what was said.
func echo(ctx context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	p, _ := principal.From(ctx)
	return mcp.NewToolResultText(p.ID + " said " + r.GetString("text", "nothing")), nil
}

func (ts *tools) wait(ctx context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	ts.began <- r.GetString("text", "")
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-ts.end:
		return mcp.NewToolResultText("waited"), nil
	}
}

// tellWait sends a notification before it waits.
func (ts *tools) tellWait(ctx context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if _, err := tell(ctx, r); err != nil {
		return nil, err
	}
	return ts.wait(ctx, r)
}

func fail(ctx context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if r.GetBool("stream", false) {
		if err := httpguard.Notify(ctx, "notifications/progress", map[string]any{"progress": 1, "progressToken": 1}); err != nil {
			return nil, err
		}
	}
	failure := httpguard.Fail(ctx, -32602, "no such invoice", map[string]string{"uri": "x"})
	if r.GetBool("anyway", false) {
		return mcp.NewToolResultText("never mind"), nil
	}
	return nil, failure
}

func breakDown(ctx context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if r.GetBool("stream", false) {
		if err := httpguard.Notify(ctx, "notifications/progress", map[string]any{"progress": 1, "progressToken": 1}); err != nil {
			return nil, err
		}
	}
	panic("the text of somebody's invoice")
}

// tell sends notifications as the guard would have it.
func tell(ctx context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	for n := range r.GetInt("times", 1) {
		params := map[string]any{"progress": n, "progressToken": r.GetString("text", "")}
		if err := httpguard.Notify(ctx, "notifications/progress", params); err != nil {
			return nil, err
		}
	}
	return mcp.NewToolResultText("told"), nil
}

// notifyAndGo sends one notification as the library would have it.
func notifyAndGo(ctx context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	params := map[string]any{"progress": 1, "progressToken": r.GetString("text", "")}
	if err := server.ServerFromContext(ctx).SendNotificationToClient(ctx, "notifications/progress", params); err != nil {
		return nil, err
	}
	return mcp.NewToolResultText("told"), nil
}

// can says what the session's client declared.
func can(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	session, ok := server.ClientSessionFromContext(ctx).(server.SessionWithClientInfo)
	if !ok || session.GetClientCapabilities().Elicitation == nil {
		return mcp.NewToolResultText("cannot be asked"), nil
	}
	declared := session.GetClientCapabilities().Elicitation
	return mcp.NewToolResultText(fmt.Sprintf("form %t, url %t", declared.Form != nil, declared.URL != nil)), nil
}

func ask(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	reply, err := httpguard.Ask(ctx, mcp.ElicitationParams{
		Message: "sure?", RequestedSchema: map[string]any{"type": "object", "properties": map[string]any{}},
	})
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(reply.Action)), nil
}

// bare is the library alone, as it comes.
func bare(ts *tools, options ...server.StreamableHTTPOption) http.Handler {
	return server.NewStreamableHTTPServer(ts.server(), options...)
}

// guarded is the library behind the guard, for callers by name.
func guarded(ts *tools, change ...func(*httpguard.Options)) http.Handler {
	o := httpguard.Options{
		Authenticator: byName{}, Loopback: true, LoopbackOrigins: true, Sessions: httpguard.NewSessions(nil, 0),
		Known: func(name string) bool { return name == "echo" },
	}
	for _, change := range change {
		change(&o)
	}
	return httpguard.New(server.NewStreamableHTTPServer(ts.server(), o.Sessions.ServerOptions()...), o)
}

// request is one to send.
type request struct {
	method string
	host   string
	header map[string]string
	body   string
}

// modern is a request of 2026-07-28.
func modern(id any, method, params string) request {
	return request{
		header: map[string]string{"Mcp-Protocol-Version": "2026-07-28", "Mcp-Method": method},
		body:   message(id, method, params, `"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}`),
	}
}

// modernCall calls a tool.
func callModern(id any, tool, arguments string) request {
	r := modern(id, "tools/call", `"name":"`+tool+`","arguments":`+arguments)
	r.header["Mcp-Name"] = tool
	return r
}

// legacy is a request of a session.
func legacy(session string, id any, method, params string) request {
	return request{
		header: map[string]string{"Mcp-Protocol-Version": "2025-11-25", "Mcp-Session-Id": session},
		body:   message(id, method, params, ""),
	}
}

func callLegacy(session string, id any, tool, arguments string) request {
	return legacy(session, id, "tools/call", `"name":"`+tool+`","arguments":`+arguments)
}

func initialize(capabilities string) request {
	return request{body: message(0, "initialize",
		`"protocolVersion":"2025-11-25","capabilities":`+capabilities+`,"clientInfo":{"name":"test","version":"1"}`, "")}
}

func message(id any, method, params, meta string) string {
	fields := []string{`"jsonrpc":"2.0"`, `"method":"` + method + `"`}
	if id != nil {
		text, _ := json.Marshal(id)
		fields = append(fields, `"id":`+string(text))
	}
	if meta != "" {
		params = strings.Trim(params+`,"_meta":{`+meta+`}`, ",")
	}
	return "{" + strings.Join(append(fields, `"params":{`+params+`}`), ",") + "}"
}

// with returns r with a header set, or taken off when the value is empty.
func (r request) with(name, value string) request {
	header := map[string]string{name: value}
	for k, v := range r.header {
		if k != name {
			header[k] = v
		}
	}
	if value == "" {
		delete(header, name)
	}
	r.header = header
	return r
}

// as returns r of a caller.
func (r request) as(name string) request { return r.with("Authorization", name) }

// http is r for a server at url.
func (r request) http(ctx context.Context, url string) *http.Request {
	method := r.method
	if method == "" {
		method = http.MethodPost
	}
	made, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(r.body))
	if err != nil {
		panic(err)
	}
	made.Header.Set("Content-Type", "application/json")
	made.Header.Set("Accept", "application/json, text/event-stream")
	for name, value := range r.header {
		made.Header.Set(name, value)
	}
	if r.host != "" {
		made.Host = r.host
	}
	return made
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	body   string
}

// do sends r straight to a handler.
func do(t *testing.T, h http.Handler, r request) reply {
	t.Helper()
	w := httptest.NewRecorder()
	made := r.http(t.Context(), "http://127.0.0.1:8080/mcp")
	made.RemoteAddr = "192.0.2.1:4000"
	h.ServeHTTP(w, made)
	return reply{w.Code, w.Header(), w.Body.String()}
}

// code is the code of the JSON-RPC error in a body or its last event.
func (r reply) code(t *testing.T) int {
	t.Helper()
	body := r.body
	if at := strings.LastIndex(body, "data: "); at >= 0 {
		body = body[at+len("data: "):]
	}
	var read struct {
		JSONRPC string `json:"jsonrpc"`
		Error   *struct {
			Code int `json:"code"`
		} `json:"error"`
	}
	if err := json.Unmarshal([]byte(body), &read); err != nil || read.JSONRPC != "2.0" {
		t.Fatalf("not JSON-RPC: %q: %v", r.body, err)
	}
	if read.Error == nil {
		return 0
	}
	return read.Error.Code
}

// session begins one.
func session(t *testing.T, h http.Handler, name, capabilities string) string {
	t.Helper()
	got := do(t, h, initialize(capabilities).as(name))
	id := got.header.Get("Mcp-Session-Id")
	if got.status != http.StatusOK || id == "" {
		t.Fatalf("initialize: got %d %s", got.status, got.body)
	}
	return id
}

func recorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }
