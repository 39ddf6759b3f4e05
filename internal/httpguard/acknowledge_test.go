package httpguard_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// A subscription that can bring no news is acknowledged before it is over.
func TestAcknowledgement(t *testing.T) {
	t.Parallel()
	listen := modern(1, "subscriptions/listen", `"notifications":{"toolsListChanged":true}`).as("alice")
	acknowledges := func(t *testing.T, h http.Handler) bool {
		t.Helper()
		_, first, _ := strings.Cut(do(t, h, listen).body, "data: ")
		return strings.HasPrefix(first, `{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged"`)
	}
	t.Run("bare", func(t *testing.T) {
		t.Parallel()
		h := bare(newTools())
		for range 100_000 { // whether it is lost is a race, and nearly always soon
			if !acknowledges(t, h) {
				return
			}
		}
		t.Error("none was lost: the library has mended this")
	})
	t.Run("guarded", func(t *testing.T) {
		t.Parallel()
		hooks := &server.Hooks{}
		hooks.AddAfterSubscriptionsListen(httpguard.Acknowledge)
		o := httpguard.Options{Authenticator: byName{}, Loopback: true, Sessions: httpguard.NewSessions(nil, 0)}
		library := server.NewStreamableHTTPServer(newTools().server(server.WithHooks(hooks)), o.Sessions.ServerOptions()...)
		h := httpguard.New(library, o)
		for range 1000 {
			if !acknowledges(t, h) {
				t.Fatal("one was lost")
			}
		}
	})
}
