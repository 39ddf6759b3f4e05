package httpguard_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// Events and handlers are told by which version of HTTP a request came.
func TestHTTPVersion(t *testing.T) {
	t.Parallel()
	for want, h2 := range map[string]bool{"1.1": false, "2": true} {
		events, heard := make(chan httpguard.Event, 1), make(chan string, 1)
		next := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { heard <- httpguard.HTTPVersion(r.Context()) })
		srv := httptest.NewUnstartedServer(httpguard.New(next, httpguard.Options{
			Authenticator: byName{}, Loopback: true, Observe: func(e httpguard.Event) { events <- e },
		}))
		srv.EnableHTTP2 = h2
		srv.StartTLS()
		t.Cleanup(srv.Close)
		if got := fetch(t, srv.Client(), modern(1, "tools/list", "").as("alice").http(t.Context(), srv.URL)); got.status != http.StatusOK {
			t.Fatalf("got %d %s", got.status, got.body)
		}
		if told, seen := <-heard, <-events; told != want || seen.HTTP != want {
			t.Errorf("the handler is told %q, the event says %q, want %q", told, seen.HTTP, want)
		}
	}
}
