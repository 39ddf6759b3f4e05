package httpguard_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// Nothing behind the guard sees a credential.
func TestCredentialsStayOutside(t *testing.T) {
	t.Parallel()
	reached := false
	next := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		reached = true
		for name, values := range r.Header {
			if strings.Contains(strings.Join(values, " "), "canary") {
				t.Errorf("the library is shown %s: %q", name, values)
			}
		}
	})
	h := httpguard.New(next, httpguard.Options{Authenticator: byName{}, Loopback: true})
	got := do(t, h, modern(1, "tools/list", "").as("canary").with("X-Fiskl-Api-Key", "fsk_canary"))
	if !reached {
		t.Errorf("the library was not reached: got %d %s", got.status, got.body)
	}
}

// More headers than a request needs are not read.
func TestLargeHeaders(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		url, client := serve(t, guarded(newTools()), httpguard.ServeOptions{})
		for size, want := range map[int]int{16 << 10: http.StatusOK, 64 << 10: http.StatusRequestHeaderFieldsTooLarge} {
			r := callModern(1, "echo", `{}`).as("alice").with("X-Much", strings.Repeat("x", size))
			if got := fetch(t, client, r.http(t.Context(), url)); got.status != want {
				t.Errorf("%d bytes: got %d, want %d", size, got.status, want)
			}
		}
	})
}
