package httpguard_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// Two callers do everything at once, and cancel and use what is the other's.
// Neither ever sees a word of the other.
func TestInterleaving(t *testing.T) {
	t.Parallel()
	const rounds = 200
	ts := newTools()
	close(ts.end)
	go func() {
		for range ts.began { // or "wait" would wait for a reader
		}
	}()
	srv := httptest.NewServer(guarded(ts, func(o *httpguard.Options) {
		o.Limits = httpguard.Limits{Rate: 1e6, Burst: 1e6, Concurrent: 64}
	}))
	defer srv.Close()
	defer close(ts.began)
	sessions := map[string]string{}
	for _, name := range []string{"alice", "bob"} {
		got := fetch(t, srv.Client(), initialize(`{}`).as(name).http(t.Context(), srv.URL))
		sessions[name] = got.header.Get("Mcp-Session-Id")
	}
	var all sync.WaitGroup
	for _, name := range []string{"alice", "bob", "alice", "bob"} {
		other := map[string]string{"alice": "bob", "bob": "alice"}[name]
		all.Go(func() {
			for n := range rounds {
				canary := fmt.Sprintf(`{"text":"canary of %s","times":3}`, name)
				id := rand.IntN(4)
				own := []request{
					callModern(id, "echo", canary), callModern(id, "told", canary), callModern(id, "fail", canary),
					callModern(id, "wait", canary), callLegacy(sessions[name], fmt.Sprint(name, n, id, rand.Int()), "told", canary),
					callModern(id, "panic", canary),
				}
				foreign := []request{
					callLegacy(sessions[other], id, "echo", canary), modern(nil, "notifications/cancelled", fmt.Sprintf(`"requestId":%d`, id)),
					{method: http.MethodDelete, header: map[string]string{"Mcp-Session-Id": sessions[other]}},
				}
				r := own[rand.IntN(len(own))]
				got := fetch(t, srv.Client(), r.as(name).http(t.Context(), srv.URL))
				if strings.Contains(got.body, other) {
					t.Errorf("%s was shown %s", name, got.body)
				}
				if got.status == http.StatusNotFound || strings.Contains(got.body, "canceled") {
					t.Errorf("%s was disturbed: %d %s", name, got.status, got.body)
				}
				r = foreign[rand.IntN(len(foreign))]
				if got := fetch(t, srv.Client(), r.as(name).http(t.Context(), srv.URL)); got.status == http.StatusOK {
					t.Errorf("%s got at %s's: %s", name, other, got.body)
				}
			}
		})
	}
	all.Wait()
}

// The library's own client works in both eras, asks the person in the older
// one, and ends its session; nobody else can answer for it.
func TestOwnClient(t *testing.T) {
	t.Parallel()
	for name, options := range map[string][]client.ClientOption{
		"modern": nil,
		"legacy": {client.WithLegacyProtocolOnly(), client.WithElicitationHandler(agrees{})}, //nolint:staticcheck // older clients are there all the same
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(guarded(newTools()))
			t.Cleanup(srv.Close)
			way, err := transport.NewStreamableHTTP(srv.URL, transport.WithHTTPHeaders(map[string]string{"Authorization": "alice"}))
			if err != nil {
				t.Fatal(err)
			}
			c := client.NewClient(way, options...)
			t.Cleanup(func() { _ = c.Close() })
			if err := c.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := c.Initialize(t.Context(), mcp.InitializeRequest{}); err != nil {
				t.Fatal(err)
			}
			listed, err := c.ListTools(t.Context(), mcp.ListToolsRequest{})
			if err != nil || len(listed.Tools) == 0 {
				t.Fatalf("got %v, %v", listed, err)
			}
			said, err := c.CallTool(t.Context(), mcp.CallToolRequest{Params: mcp.CallToolParams{Name: "echo", Arguments: map[string]any{"text": "hello"}}})
			if err != nil || fmt.Sprint(said.Content) == "" {
				t.Fatalf("got %v, %v", said, err)
			}
			if name == "modern" {
				return
			}
			asked, err := c.CallTool(t.Context(), mcp.CallToolRequest{Params: mcp.CallToolParams{Name: "ask"}})
			if err != nil {
				t.Fatal(err)
			}
			if text, ok := asked.Content[0].(mcp.TextContent); !ok || text.Text != "accept" {
				t.Errorf("asked: got %v", asked.Content)
			}
		})
	}
}

// agrees is a person who says yes.
type agrees struct{}

func (agrees) Elicit(context.Context, mcp.ElicitationRequest) (*mcp.ElicitationResult, error) {
	return &mcp.ElicitationResult{ElicitationResponse: mcp.ElicitationResponse{Action: mcp.ElicitationResponseActionAccept}}, nil
}

// Somebody else's answer to a question is refused, and the question stays
// open.
func TestAnswerOfAStranger(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(guarded(newTools()))
	defer srv.Close()
	id := fetch(t, srv.Client(), initialize(`{"elicitation":{}}`).as("alice").http(t.Context(), srv.URL)).header.Get("Mcp-Session-Id")
	call := putQuestion(t.Context(), t, srv, callLegacy(id, 1, "ask", `{}`).as("alice"))
	answer := func(action string) request { return replyTo(id, call.question, `"result":{"action":"`+action+`"}`) }
	if got := fetch(t, srv.Client(), answer("accept").as("mallory").http(t.Context(), srv.URL)); got.status != http.StatusNotFound {
		t.Errorf("mallory: got %d %s", got.status, got.body)
	}
	if got := fetch(t, srv.Client(), answer("decline").as("alice").http(t.Context(), srv.URL)); got.status != http.StatusAccepted {
		t.Errorf("alice: got %d %s", got.status, got.body)
	}
	if got := call.end(t); !strings.Contains(got, "decline") {
		t.Errorf("got %s", got)
	}
}

// Logs and events say who did what, and never what about.
func TestLogAndEvent(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	var events []httpguard.Event
	h := guarded(newTools(), func(o *httpguard.Options) {
		o.Logger = slog.New(slog.NewTextHandler(&log, nil))
		o.Observe = func(e httpguard.Event) { events = append(events, e) }
	})
	id := session(t, h, "alice", `{}`)
	for _, r := range []request{
		callModern(1, "echo", `{"text":"canary"}`), callModern(1, "canary", `{}`), modern(1, "canary/method", `"canary":1`),
		modern(1, "resources/read", `"uri":"fiskl://canary"`).with("Mcp-Name", "fiskl://canary"),
		callLegacy(id, 1, "fail", `{"canary":1}`), callModern(1, "panic", `{"canary":1}`), callModern(1, "echo", `"canary"`),
		{method: "CANARY", host: "canary", header: map[string]string{"Mcp-Session-Id": "canary", "X-Fiskl-Api-Key": "canary"}},
	} {
		do(t, h, r.as("alice"))
	}
	do(t, h, request{body: "canary"})
	if strings.Contains(log.String(), "canary") || strings.Contains(fmt.Sprintf("%+v", events), "canary") || strings.Contains(log.String(), id) {
		t.Errorf("a canary sings:\n%s\n%+v", log.String(), events)
	}
	for _, want := range []string{
		`method=tools/call name=echo principal=alice`, `method=tools/call name=other principal=alice`, `method=other principal=alice`,
		`http_method=other status=403`, `status=401 `, `from=192.0.2.1 reason=unauthenticated`, `reason=handler`, `reason=panic`,
	} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("no %q in\n%s", want, log.String())
		}
	}
	if strings.Contains(log.String(), "alice from=") {
		t.Errorf("it is told where a caller who is known asks from:\n%s", log.String())
	}
	first := events[1]
	if first.Method != "tools/call" || first.Name != "echo" || first.Status != 200 || !first.Modern || first.In == 0 || first.Out == 0 || first.Took <= 0 {
		t.Errorf("got %+v", first)
	}
}

// Where CORS is on, pages of allowed origins may ask and read, and no others.
func TestCORS(t *testing.T) {
	t.Parallel()
	h := guarded(newTools(), func(o *httpguard.Options) {
		o.Loopback, o.Hosts, o.Origins, o.CORS = false, []string{"127.0.0.1"}, []string{"https://app.example.com"}, true
	})
	asks := request{method: http.MethodOptions}.with("Access-Control-Request-Method", "POST")
	got := do(t, h, asks.with("Origin", "https://app.example.com"))
	if got.status != http.StatusNoContent || got.header.Get("Access-Control-Allow-Origin") != "https://app.example.com" ||
		!strings.Contains(got.header.Get("Access-Control-Allow-Headers"), "Mcp-Protocol-Version") {
		t.Errorf("got %d %v", got.status, got.header)
	}
	got = do(t, h, callModern(1, "echo", `{}`).with("Origin", "https://app.example.com").as("alice"))
	if got.status != http.StatusOK || got.header.Get("Access-Control-Allow-Origin") == "" || got.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("got %d %v", got.status, got.header)
	}
	got = do(t, h, asks.with("Origin", "https://evil.example"))
	if got.status != http.StatusForbidden || got.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("got %d %v", got.status, got.header)
	}
}
