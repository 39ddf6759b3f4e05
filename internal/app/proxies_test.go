package app

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/mcpserver"
)

// TestPastTheProxy finds that behind proxies that do TLS, on an address that
// others reach too, nobody else is served in the clear, and that liveness is
// still told.
func TestPastTheProxy(t *testing.T) {
	t.Parallel()
	args := []string{
		"--sandbox", "--auth", "static", "--access-tokens-file", tokensFile(t, "anna", "rw"),
		"--public-url", "https://fiskl.example.com", "--listen", "0.0.0.0:0",
	}
	for proxies, want := range map[string]int{"10.1.2.3": http.StatusForbidden, "10.1.2.3,127.0.0.1": http.StatusOK} {
		h := receptive(t, nil, append(args, "--trusted-proxies", proxies)...)
		port := regexp.MustCompile(`listening address=\S*:(\d+)`).FindStringSubmatch(h.log.String())
		if port == nil {
			t.Fatalf("got %s", h.log)
		}
		h.url = "http://127.0.0.1:" + port[1] + mcpserver.Path
		body, header := h.bearing("token-of-anna").request("tools/call", "list_taxes", `"name":"list_taxes","arguments":{}`)
		got := h.send(http.MethodPost, h.url, body, append(header, "Host", "fiskl.example.com")...)
		if got.status != want || want == http.StatusForbidden && !strings.Contains(got.body, "through its proxy only") {
			t.Errorf("%s: got %d %s", proxies, got.status, got.body)
		}
		if got := h.get(h.at("/healthz")); got.status != http.StatusOK {
			t.Errorf("%s: /healthz: got %d", proxies, got.status)
		}
		h.end()
	}
}
