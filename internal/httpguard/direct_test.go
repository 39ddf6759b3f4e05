package httpguard_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// desk is a server with tools that may be called directly or not, and that say
// the same either way.
type desk struct {
	*tools

	calls atomic.Int32 // of those that were made directly
}

func newDesk() *desk { return &desk{tools: newTools()} }

// server has one tool more than the others.
func (d *desk) server() *server.MCPServer {
	s := d.tools.server(server.WithTitle("Test & more"), server.WithInstructions("none"))
	s.AddTool(mcp.NewTool("say"), func(_ context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return mcp.NewToolResultText("you said " + string(r.Params.RawArguments)), nil
	})
	return s
}

// handler is the desk behind the guard, with the way past the library or not.
func (d *desk) handler(tb testing.TB, direct bool, change ...func(*httpguard.Options)) http.Handler {
	tb.Helper()
	s := d.server()
	o := httpguard.Options{
		Authenticator: byName{}, Loopback: true, Sessions: httpguard.NewSessions([]byte("key"), 0),
		Known: func(string) bool { return true },
	}
	if direct {
		var err error
		if o.Direct, err = httpguard.NewDirect(context.Background(), s, d.find); err != nil {
			tb.Fatal(err)
		}
	}
	for _, change := range change {
		change(&o)
	}
	return httpguard.New(server.NewStreamableHTTPServer(s, o.Sessions.ServerOptions()...), o)
}

func (d *desk) find(tool string) httpguard.Handler {
	return map[string]httpguard.Handler{"say": d.say, "echo": d.greet, "wait": d.linger, "panic": d.fall, "told": d.pass}[tool]
}

func (d *desk) say(_ context.Context, c httpguard.Call) ([]byte, bool) {
	d.calls.Add(1)
	return content("you said " + string(c.Arguments)), true
}

// greet says who calls, and what the guard knows of the call.
func (d *desk) greet(ctx context.Context, c httpguard.Call) ([]byte, bool) {
	d.calls.Add(1)
	p, _ := principal.From(ctx)
	known := map[bool]string{true: "known", false: "unknown"}[httpguard.RequestID(ctx) != ""]
	return content(strings.Join([]string{p.ID, known, c.Header.Get("X-Test"), c.Traceparent}, " ")), true
}

func (d *desk) linger(ctx context.Context, _ httpguard.Call) ([]byte, bool) {
	d.calls.Add(1)
	d.began <- ""
	select {
	case <-ctx.Done():
		return append(content(ctx.Err().Error()), `,"isError":true`...), true
	case <-d.end:
		return content("waited"), true
	}
}

func (d *desk) fall(context.Context, httpguard.Call) ([]byte, bool) { panic("somebody's invoice") }

// pass leaves it to the library.
func (d *desk) pass(context.Context, httpguard.Call) ([]byte, bool) { return nil, false }

func content(text string) []byte {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return []byte(`"content":[{"type":"text","text":` + string(b) + `}]`)
}

// TestDirect finds that a call past the library is answered as by the library,
// in both eras and whatever the id.
func TestDirect(t *testing.T) {
	t.Parallel()
	d := newDesk()
	short, long := d.handler(t, true), d.handler(t, false)
	id := session(t, long, "ann", "{}")
	calls := int32(0)
	for _, number := range []any{7, -1, 0, 1 << 53, "seven", "a & <b>\n", `"content":[]`, "httpguard_frame"} {
		for era, r := range map[string]request{
			"modern":               callModern(number, "say", `{"a":[1,{}],"b":{"c":"}"}}`),
			"modern, no arguments": modern(number, "tools/call", `"name":"say"`).with("Mcp-Name", "say"),
			"modern, repaired":     callModern(number, "say", `{}`).with("Mcp-Protocol-Version", "").with("Mcp-Method", "").with("Mcp-Name", ""),
			"legacy":               callLegacy(id, number, "say", `{"text": "hello"}`),
			"legacy, no version":   callLegacy(id, number, "say", ` { } `).with("Mcp-Protocol-Version", ""),
			"legacy, no arguments": legacy(id, number, "tools/call", `"name":"say"`),
			"legacy, meta":         legacy(id, number, "tools/call", `"name":"say","_meta":{"a/b":1,"x":{"arguments":{}}},"arguments":{}`),
		} {
			got, want := do(t, short, r.as("ann")), do(t, long, r.as("ann"))
			sameReply(t, era, got, want)
			if calls++; d.calls.Load() != calls {
				t.Fatalf("%s: the library was asked", era)
			}
			if got.header.Get("Content-Length") == "" {
				t.Errorf("%s: the length is not told", era)
			}
		}
	}
}

// sameReply compares what two handlers answered to the same request.
func sameReply(t *testing.T, what string, got, want reply) {
	t.Helper()
	if got.status != want.status || !reflect.DeepEqual(lasting(got.header), lasting(want.header)) {
		t.Errorf("%s: got %d %v, want %d %v", what, got.status, got.header, want.status, want.header)
	}
	var g, w any
	if json.Unmarshal([]byte(got.body), &g) != nil || json.Unmarshal([]byte(want.body), &w) != nil {
		g, w = got.body, want.body
	}
	if !reflect.DeepEqual(g, w) {
		t.Errorf("%s: got %s, want %s", what, got.body, want.body)
	}
}

// lasting are the headers that every answer to a request has.
func lasting(h http.Header) http.Header {
	h = h.Clone()
	for _, name := range []string{"X-Request-Id", "Content-Length", "Date"} {
		h.Del(name)
	}
	return h
}

// TestDirectCall finds that who takes a call directly knows of it what the
// library would tell.
func TestDirectCall(t *testing.T) {
	t.Parallel()
	h := newDesk().handler(t, true)
	r := modern(1, "tools/call", `"name":"echo"`).with("Mcp-Name", "echo").with("X-Test", "header")
	r.body = strings.Replace(r.body, `"_meta":{`, `"_meta":{"traceparent":"00-1-2-01",`, 1)
	if got := do(t, h, r.as("ann")); !strings.Contains(got.body, `"ann known header 00-1-2-01"`) {
		t.Errorf("got %d %s", got.status, got.body)
	}
}

// TestDirectCancel finds that a call past the library ends when its client
// cancels it, in the older era, or closes the connection.
func TestDirectCancel(t *testing.T) {
	t.Parallel()
	d := newDesk()
	srv := httptest.NewServer(d.handler(t, true))
	t.Cleanup(srv.Close)
	begin := func(name string) string {
		return fetch(t, srv.Client(), initialize(`{}`).as(name).http(t.Context(), srv.URL)).header.Get("Mcp-Session-Id")
	}
	ann, bob := begin("ann"), begin("bob")
	for as, id := range map[string]any{`7.0`: 7, `"s\u0065ven"`: "seven"} {
		answered := make(chan reply, 1)
		go func() {
			answered <- fetch(t, srv.Client(), callLegacy(ann, id, "wait", `{}`).as("ann").http(t.Context(), srv.URL))
		}()
		<-d.began
		for _, other := range []request{
			legacy(bob, nil, "notifications/cancelled", `"requestId":`+as).as("bob"),
			legacy(ann, nil, "notifications/cancelled", `"requestId":`+as).as("bob"),
			legacy(ann, nil, "notifications/cancelled", `"requestId":8`).as("ann"),
			legacy(ann, nil, "notifications/cancelled", `"requestId":null`).as("ann"),
			legacy(ann, nil, "notifications/cancelled", ``).as("ann"),
			modern(nil, "notifications/cancelled", `"requestId":`+as).as("ann"),
			callLegacy(ann, id, "say", `{}`).as("ann"), // which is refused, and forgets nothing
		} {
			fetch(t, srv.Client(), other.http(t.Context(), srv.URL))
		}
		select {
		case got := <-answered:
			t.Errorf("others ended it: %s", got.body)
			continue
		default:
		}
		got := fetch(t, srv.Client(), legacy(ann, nil, "notifications/cancelled", `"requestId":`+as).as("ann").http(t.Context(), srv.URL))
		if got.status != http.StatusAccepted {
			t.Errorf("got %d %s", got.status, got.body)
		}
		if got := <-answered; got.status != http.StatusOK || !strings.Contains(got.body, "context canceled") {
			t.Errorf("got %d %s", got.status, got.body)
		}
	}
}

// TestDirectHangUp finds that a call past the library ends with its
// connection, and says so to whoever may still read.
func TestDirectHangUp(t *testing.T) {
	t.Parallel()
	d, events := newDesk(), make(chan httpguard.Event, 1)
	srv := httptest.NewServer(d.handler(t, true, func(o *httpguard.Options) { o.Observe = func(e httpguard.Event) { events <- e } }))
	t.Cleanup(srv.Close)
	ctx, hangUp := context.WithCancel(t.Context())
	r := callModern(1, "wait", `{}`).as("ann").http(ctx, srv.URL)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		if res, err := srv.Client().Do(r); err == nil {
			_ = res.Body.Close()
			t.Errorf("it was answered with %d", res.StatusCode)
		}
	}()
	<-d.began
	hangUp()
	<-gone
	if e := <-events; e.Status != 499 || e.Reason != "gone" || e.Name != "wait" {
		t.Errorf("got %+v", e)
	}
}

// TestDirectPanic finds that a panic past the library is answered as one in it.
func TestDirectPanic(t *testing.T) {
	t.Parallel()
	d := newDesk()
	short, long := d.handler(t, true), d.handler(t, false)
	got, want := do(t, short, callModern(1, "panic", `{}`).as("ann")), do(t, long, callModern(1, "panic", `{}`).as("ann"))
	if got.status != want.status || got.code(t) != want.code(t) || strings.Contains(got.body, "invoice") {
		t.Errorf("got %d %s, want %d %s", got.status, got.body, want.status, want.body)
	}
}

// TestNoDirect finds that a library which frames answers in another way is
// noticed at the start, and that no tool is left behind.
func TestNoDirect(t *testing.T) {
	t.Parallel()
	s := server.NewMCPServer("test", "1", server.WithToolHandlerMiddleware(func(server.ToolHandlerFunc) server.ToolHandlerFunc {
		return func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return mcp.NewToolResultText("mine"), nil
		}
	}))
	if d, err := httpguard.NewDirect(t.Context(), s, newDesk().find); err == nil {
		t.Errorf("got %+v", d)
	}
	if all := s.ListTools(); len(all) != 0 {
		t.Errorf("it left %v", all)
	}
}
