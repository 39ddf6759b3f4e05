package httpguard_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// TestProxiesOnly finds that where proxies do TLS nobody else is served,
// whatever they say of themselves, and that a body is not waited for.
func TestProxiesOnly(t *testing.T) {
	t.Parallel()
	events := make(chan httpguard.Event, 1)
	h := guarded(newTools(), func(o *httpguard.Options) {
		o.ProxiesOnly = true
		o.Observe = func(e httpguard.Event) { events <- e }
		o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.1.2.3/32"), netip.MustParsePrefix("fe80::/64")}
	})
	for peer, want := range map[string]int{
		"10.1.2.3:4000":          http.StatusOK,
		"[::ffff:10.1.2.3]:4000": http.StatusOK,
		"[fe80::7%eth0]:4000":    http.StatusOK,
		"10.1.2.4:4000":          http.StatusForbidden,
		"127.0.0.1:4000":         http.StatusForbidden,
		"[2001:db8::1]:4000":     http.StatusForbidden,
		"@":                      http.StatusForbidden,
	} {
		r := callModern(1, "echo", `{}`).as("alice").http(t.Context(), "http://127.0.0.1/mcp")
		r.RemoteAddr = peer
		r.Header.Set("X-Forwarded-For", "10.1.2.3")
		w := recorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: got %d %s, want %d", peer, w.Code, w.Body, want)
		}
		e := <-events
		if refused := want == http.StatusForbidden; refused != (e.From != "") || refused && e.Reason != "peer" {
			t.Errorf("%s: the log is told %+v", peer, e)
		}
		if want == http.StatusForbidden && !strings.Contains(w.Body.String(), "not encrypted") {
			t.Errorf("%s: got %s", peer, w.Body)
		}
	}
}
