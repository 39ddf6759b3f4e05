package httpguard_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

const modernCall = `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello there","limit":10,"status":"overdue","sort":"due_date"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1"},"io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}}}`

// sink throws answers away.
type sink struct{ h http.Header }

func (s *sink) Header() http.Header         { return s.h }
func (s *sink) Write(p []byte) (int, error) { return len(p), nil }
func (s *sink) WriteHeader(int)             {}
func (s *sink) Flush()                      {}

// nowhere takes a log as a file would.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }

func benchRequest() *http.Request {
	r, _ := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://127.0.0.1:8080/mcp", nil)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	r.Header.Set("Mcp-Protocol-Version", "2026-07-28")
	r.Header.Set("Mcp-Method", "tools/call")
	r.Header.Set("Mcp-Name", "echo")
	r.RemoteAddr = "127.0.0.1:40000"
	return r
}

func benchServe(b *testing.B, h http.Handler) {
	b.Helper()
	b.ReportAllocs()
	r := benchRequest()
	body := bytes.NewReader([]byte(modernCall))
	for b.Loop() {
		body.Reset([]byte(modernCall))
		r.Body = io.NopCloser(body)
		r.ContentLength = int64(body.Len())
		h.ServeHTTP(&sink{http.Header{}}, r)
	}
}

func benchServer() *server.MCPServer {
	s := server.NewMCPServer("bench", "1", server.WithToolCapabilities(false))
	s.AddTool(mcp.NewTool("echo", mcp.WithString("text")), func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return mcp.NewToolResultText("hello"), nil
	})
	return s
}

func benchOptions() httpguard.Options {
	return httpguard.Options{
		Authenticator: principal.None(),
		Loopback:      true,
		Limits:        httpguard.Limits{Rate: 1e9, Burst: 1e9, Concurrent: 128, Failures: 10},
		Logger:        slog.New(slog.NewJSONHandler(nowhere{}, nil)),
		Observe:       func(httpguard.Event) {},
		Known:         func(string) bool { return true },
	}
}

func BenchmarkBare(b *testing.B) {
	benchServe(b, server.NewStreamableHTTPServer(benchServer(), httpguard.NewSessions(nil, 0).ServerOptions()...))
}

func BenchmarkGuarded(b *testing.B) {
	o := benchOptions()
	o.Sessions = httpguard.NewSessions(nil, 0)
	benchServe(b, httpguard.New(server.NewStreamableHTTPServer(benchServer(), o.Sessions.ServerOptions()...), o))
}

// BenchmarkGuard is the guard alone.
func BenchmarkGuard(b *testing.B) {
	answer := []byte(`{"jsonrpc":"2.0","id":7,"result":{}}`)
	next := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write(answer)
	})
	benchServe(b, httpguard.New(next, benchOptions()))
}

// BenchmarkGuardLegacy is the guard alone with a call of an older era.
func BenchmarkGuardLegacy(b *testing.B) {
	o := benchOptions()
	o.Sessions = httpguard.NewSessions(nil, 0)
	h := httpguard.New(server.NewStreamableHTTPServer(benchServer(), o.Sessions.ServerOptions()...), o)
	w := recorder()
	h.ServeHTTP(w, initialize(`{}`).http(context.Background(), "http://127.0.0.1/mcp"))
	call := callLegacy(w.Header().Get("Mcp-Session-Id"), 7, "echo", `{"text":"hello"}`)
	answer := []byte(`{"jsonrpc":"2.0","id":7,"result":{}}`)
	alone := httpguard.New(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(answer)
	}), o)
	b.ReportAllocs()
	for b.Loop() {
		alone.ServeHTTP(&sink{http.Header{}}, call.http(context.Background(), "http://127.0.0.1/mcp"))
	}
}
