package httpguard_test

import (
	"net/http"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// TestOrigins finds that pages of this machine may call where nobody said which
// pages may, and that a list is the whole list.
func TestOrigins(t *testing.T) {
	t.Parallel()
	named := []string{"https://app.example.com"}
	for name, c := range map[string]struct {
		origins []string
		private bool
		origin  string
		want    int
	}{
		"a page of this machine":          {nil, true, "http://localhost:3000", http.StatusOK},
		"by its address":                  {nil, true, "https://127.1.2.3", http.StatusOK},
		"by that of IPv6":                 {nil, true, "http://[::1]:6274", http.StatusOK},
		"a foreign page":                  {nil, true, "https://app.example.com", http.StatusForbidden},
		"a name that only begins so":      {nil, true, "http://localhost.example.com", http.StatusForbidden},
		"no page":                         {nil, true, "null", http.StatusForbidden},
		"this machine's beside a list":    {named, true, "http://localhost:3000", http.StatusForbidden},
		"its address beside a list":       {named, true, "http://127.0.0.1:8080", http.StatusForbidden},
		"one of the list":                 {named, true, "https://app.example.com", http.StatusOK},
		"another port":                    {named, true, "https://app.example.com:8443", http.StatusForbidden},
		"this machine's of a public name": {nil, false, "http://localhost:3000", http.StatusForbidden},
		"one of the list, public":         {named, false, "https://app.example.com", http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := guarded(newTools(), func(o *httpguard.Options) { o.Origins, o.LoopbackOrigins, o.CORS = c.origins, c.private, true })
			got := do(t, h, callModern(1, "echo", `{}`).with("Origin", c.origin).as("alice"))
			if got.status != c.want {
				t.Errorf("got %d %s, want %d", got.status, got.body, c.want)
			}
			asked := do(t, h, request{method: http.MethodOptions, header: map[string]string{"Origin": c.origin, "Access-Control-Request-Method": "POST"}})
			if granted := asked.header.Get("Access-Control-Allow-Origin") == c.origin; granted != (c.want == http.StatusOK) {
				t.Errorf("a preflight: got %d with the origin allowed: %t", asked.status, granted)
			}
		})
	}
}
