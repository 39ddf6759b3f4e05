package httpguard_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// Each of these tests shows what the library does alone and what it does
// behind the guard. When the first half fails, the library has mended the
// hole, and the guard may do less.

func TestCancelOfAStranger(t *testing.T) {
	t.Parallel()
	attack := func(t *testing.T, ts *tools, h http.Handler) <-chan reply {
		t.Helper()
		answered := make(chan reply, 1)
		go func() { answered <- do(t, h, callModern(7, "wait", `{}`).as("alice")) }()
		<-ts.began
		got := do(t, h, modern(nil, "notifications/cancelled", `"requestId":7`).as("mallory"))
		if got.status != http.StatusAccepted || got.body != "" {
			t.Errorf("cancel: got %d %q, want 202 and nothing", got.status, got.body)
		}
		return answered
	}
	t.Run("bare", func(t *testing.T) {
		t.Parallel()
		ts := newTools()
		if got := <-attack(t, ts, bare(ts)); !strings.Contains(got.body, "context canceled") {
			t.Errorf("the call was answered %s: the library has mended this", got.body)
		}
	})
	t.Run("guarded", func(t *testing.T) {
		t.Parallel()
		ts := newTools()
		answered := attack(t, ts, guarded(ts))
		close(ts.end)
		if got := <-answered; !strings.Contains(got.body, "waited") {
			t.Errorf("the call was answered %s", got.body)
		}
	})
}

// A message can say that it is modern in the header or in the body, and each
// must be enough to have its cancel dropped.
func TestCancelInDisguise(t *testing.T) {
	t.Parallel()
	cancelled := modern(nil, "notifications/cancelled", `"requestId":7`)
	plain := request{body: message(nil, "notifications/cancelled", `"requestId":7`, "")}
	for name, r := range map[string]struct {
		request
		status int
	}{
		"body alone":     {cancelled.with("Mcp-Protocol-Version", ""), http.StatusAccepted},
		"old header":     {cancelled.with("Mcp-Protocol-Version", "2025-11-25"), http.StatusAccepted},
		"header alone":   {plain.with("Mcp-Protocol-Version", "2026-07-28"), http.StatusAccepted},
		"future header":  {plain.with("Mcp-Protocol-Version", "zzz"), http.StatusAccepted},
		"no era":         {plain, http.StatusBadRequest},
		"capitals":       {request{header: cancelled.header, body: strings.Replace(cancelled.body, `"method"`, `"METHOD"`, 1)}, http.StatusBadRequest},
		"long s":         {request{header: cancelled.header, body: strings.Replace(cancelled.body, `"params"`, `"paramſ"`, 1)}, http.StatusBadRequest},
		"twice":          {request{header: cancelled.header, body: strings.Replace(cancelled.body, `{`, `{"method":"tools/list",`, 1)}, http.StatusBadRequest},
		"escaped":        {request{header: cancelled.header, body: strings.Replace(cancelled.body, `notifications/`, `notific\u0061tions\/`, 1)}, http.StatusAccepted},
		"escaped member": {request{header: cancelled.header, body: strings.Replace(cancelled.body, `"method"`, `"\u006dethod"`, 1)}, http.StatusAccepted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			next := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the library was reached") })
			h := httpguard.New(next, httpguard.Options{Authenticator: byName{}, Loopback: true})
			if got := do(t, h, r.as("mallory")); got.status != r.status {
				t.Errorf("got %d %s, want %d", got.status, got.body, r.status)
			}
		})
	}
}

func TestStreamOfAStranger(t *testing.T) {
	t.Parallel()
	t.Run("bare", func(t *testing.T) {
		t.Parallel()
		srv := httptest.NewServer(bare(newTools(), server.WithStateLess(true)))
		defer srv.Close()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		stream, err := srv.Client().Do(request{method: http.MethodGet}.http(ctx, srv.URL))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = stream.Body.Close() }()
		go func() {
			for ctx.Err() == nil { // which of two streams gets it is left to chance
				r := callLegacy("", 1, "untold", `{"text":"alice's own"}`)
				if got, err := srv.Client().Do(r.http(ctx, srv.URL)); err == nil {
					_ = got.Body.Close()
				}
			}
		}()
		for lines := bufio.NewScanner(stream.Body); lines.Scan(); {
			if strings.Contains(lines.Text(), "alice's own") {
				return
			}
		}
		t.Error("nothing leaked: the library has mended this")
	})
	t.Run("guarded", func(t *testing.T) {
		t.Parallel()
		h := guarded(newTools())
		id := session(t, h, "alice", `{}`)
		get := request{method: http.MethodGet, header: map[string]string{"Mcp-Session-Id": id}}
		if got := do(t, h, get.as("mallory")); got.status != http.StatusMethodNotAllowed || got.header.Get("Allow") != "POST, DELETE" {
			t.Errorf("got %d, Allow %q", got.status, got.header.Get("Allow"))
		}
	})
}

func TestSessionOfAStranger(t *testing.T) {
	t.Parallel()
	ts := newTools()
	for name, c := range map[string]struct {
		handler               http.Handler
		foreign, ended, stale int
	}{
		"bare":    {bare(ts), 200, 200, 404},
		"guarded": {guarded(ts), 404, 404, 404},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := c.handler
			id := session(t, h, "alice", `{}`)
			if got := do(t, h, callLegacy(id, 1, "echo", `{}`).as("alice")); got.status != http.StatusOK {
				t.Fatalf("her own: got %d %s", got.status, got.body)
			}
			if got := do(t, h, callLegacy(id, 1, "echo", `{}`).as("mallory")); got.status != c.foreign {
				t.Errorf("a stranger's: got %d, want %d", got.status, c.foreign)
			}
			if got := do(t, h, callLegacy("made-up", 1, "echo", `{}`).as("mallory")); got.status != c.stale {
				t.Errorf("no session at all: got %d, want %d", got.status, c.stale)
			}
			end := request{method: http.MethodDelete, header: map[string]string{"Mcp-Session-Id": id}}
			if got := do(t, h, end.as("alice")); got.status != http.StatusOK {
				t.Errorf("end: got %d %s", got.status, got.body)
			}
			if got := do(t, h, callLegacy(id, 1, "echo", `{}`).as("alice")); got.status != c.ended {
				t.Errorf("after its end: got %d, want %d", got.status, c.ended)
			}
		})
	}
}

// Thousands initialize and vanish.
//
//nolint:paralleltest // it measures memory, and runs before the parallel tests
func TestMemoryOfVanishedSessions(t *testing.T) {
	const clients = 2000
	for _, c := range []struct {
		name    string
		handler http.Handler
		kept    func(each uint64) bool
	}{
		{"bare", bare(newTools()), func(each uint64) bool { return each > 4<<10 }},
		{"guarded", guarded(newTools()), func(each uint64) bool { return each < 256 }},
	} {
		before := heap()
		for range clients {
			session(t, c.handler, "alice", `{}`)
		}
		after := heap()
		each := (max(after, before) - before) / clients
		t.Logf("%s: %d bytes a session", c.name, each)
		if !c.kept(each) {
			t.Errorf("%s: %d bytes a session", c.name, each)
		}
		runtime.KeepAlive(c.handler)
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// The last notification before a tool returns must arrive.
func TestLastNotification(t *testing.T) {
	t.Parallel()
	arrives := func(t *testing.T, h http.Handler, tool string) bool {
		t.Helper()
		got := do(t, h, callModern(1, tool, `{}`).as("alice"))
		return strings.Contains(got.body, "notifications/progress")
	}
	t.Run("bare", func(t *testing.T) {
		t.Parallel()
		h := bare(newTools())
		for range 100_000 { // whether it is lost is a race, and nearly always soon
			if !arrives(t, h, "untold") {
				return
			}
		}
		t.Error("none was lost: the library has mended this")
	})
	t.Run("guarded", func(t *testing.T) {
		t.Parallel()
		h := guarded(newTools())
		for range 1000 {
			if !arrives(t, h, "told") {
				t.Fatal("one was lost")
			}
		}
	})
}

func TestErrorOfAHandlersChoosing(t *testing.T) {
	t.Parallel()
	t.Run("bare", func(t *testing.T) {
		t.Parallel()
		if got := do(t, bare(newTools()), callModern(7, "fail", `{}`)); got.code(t) != -32603 {
			t.Errorf("got %s: the library has mended this", got.body)
		}
	})
	h := guarded(newTools())
	id := session(t, h, "alice", `{}`)
	for name, c := range map[string]struct {
		request
		status, code int
		kind         string
	}{
		"modern":        {callModern(7, "fail", `{}`), 400, -32602, "application/json"},
		"legacy":        {callLegacy(id, 7, "fail", `{}`), 200, -32602, "application/json"},
		"streamed":      {callModern(7, "fail", `{"stream":true}`), 200, -32602, "text/event-stream"},
		"taken back":    {callModern(7, "fail", `{"anyway":true}`), 200, 0, "application/json"},
		"nobody failed": {callModern(7, "echo", `{}`), 200, 0, "application/json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := do(t, h, c.as("alice"))
			if got.status != c.status || got.code(t) != c.code || got.header.Get("Content-Type") != c.kind {
				t.Errorf("got %d %s %s, want %d and %d", got.status, got.header.Get("Content-Type"), got.body, c.status, c.code)
			}
			if c.code != 0 && !strings.Contains(got.body, `"id":7,"error":{"code":-32602,"message":"no such invoice","data":{"uri":"x"}}`) {
				t.Errorf("got %s", got.body)
			}
		})
	}
}

func TestPanic(t *testing.T) {
	t.Parallel()
	t.Run("bare", func(t *testing.T) {
		t.Parallel()
		defer func() {
			if recover() == nil {
				t.Error("the library has mended this")
			}
		}()
		do(t, bare(newTools()), callModern(7, "panic", `{}`))
	})
	t.Run("guarded", func(t *testing.T) {
		t.Parallel()
		got := do(t, guarded(newTools()), callModern(7, "panic", `{}`).as("alice"))
		if got.status != http.StatusInternalServerError || got.code(t) != -32603 || strings.Contains(got.body, "invoice") {
			t.Errorf("got %d %s", got.status, got.body)
		}
		if !strings.Contains(got.body, `"id":7`) || !strings.Contains(got.body, got.header.Get("X-Request-Id")) {
			t.Errorf("got %s", got.body)
		}
	})
	t.Run("streamed", func(t *testing.T) {
		t.Parallel()
		got := do(t, guarded(newTools()), callModern(7, "panic", `{"stream":true}`).as("alice"))
		if got.status != http.StatusOK || got.code(t) != -32603 || strings.Contains(got.body, "invoice") {
			t.Errorf("got %d %s", got.status, got.body)
		}
	})
}

// A session is known to a process that never saw it begin, and so is what its
// client can do.
func TestSessionOfAnotherReplica(t *testing.T) {
	t.Parallel()
	key := []byte("one key for all of them, 32 byte")
	replica := func() http.Handler {
		return guarded(newTools(), func(o *httpguard.Options) { o.Sessions = httpguard.NewSessions(key, 0) })
	}
	for capabilities, want := range map[string]string{
		`{}`:                                   "cannot be asked",
		`{"elicitation":{}}`:                   "form true, url false",
		`{"elicitation":{"url":{}}}`:           "form false, url true",
		`{"elicitation":{"url":{},"form":{}}}`: "form true, url true",
	} {
		id := session(t, replica(), "alice", capabilities)
		if got := do(t, replica(), callLegacy(id, 1, "can", `{}`).as("alice")); !strings.Contains(got.body, want) {
			t.Errorf("%s: got %s, want %s", capabilities, got.body, want)
		}
		if got := do(t, guarded(newTools()), callLegacy(id, 1, "can", `{}`).as("alice")); got.status != http.StatusNotFound {
			t.Errorf("another installation: got %d", got.status)
		}
	}
	one := bare(newTools())
	id := session(t, one, "alice", `{"elicitation":{}}`)
	if got := do(t, bare(newTools()), callLegacy(id, 1, "can", `{}`)); !strings.Contains(got.body, "cannot be asked") {
		t.Errorf("bare: got %s: the library has mended this", got.body)
	}
}

// A server that is told to stop must not wait for clients that wait for news.
func TestDrainOfAnIdleStream(t *testing.T) {
	t.Parallel()
	srv := &http.Server{ReadHeaderTimeout: time.Second, Handler: server.NewStreamableHTTPServer(
		newTools().server(server.WithToolCapabilities(true)))}
	l := newPipes()
	go func() { _ = srv.Serve(l) }()
	listen := modern(1, "subscriptions/listen", `"notifications":{"toolsListChanged":true}`)
	stream, err := l.client(t).Do(listen.http(t.Context(), "http://127.0.0.1/mcp"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Body.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if srv.Shutdown(ctx) == nil {
		t.Error("bare: the stream ended: the library has mended this")
	}
	_ = srv.Close()
}
