package app

import (
	"fmt"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"testing"
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
		h.url = "http://127.0.0.1:" + port[1] + endpointPath
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

// TestProxyNetworks finds what counts as a proxy's network, and as which.
func TestProxyNetworks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"10.0.0.0/8":           "10.0.0.0/8 true",
		"104.16.0.0/13":        "104.16.0.0/13 true",
		"10.1.2.3/32":          "10.1.2.3/32 true",
		"0.0.0.0/7":            "0.0.0.0/7 false",
		"::ffff:10.1.2.0/120":  "10.1.2.0/24 true",
		"::ffff:0.0.0.0/97":    "0.0.0.0/1 false",
		"::/1":                 "::/1 false",
		"fc00::/7":             "fc00::/7 true",
		"fe80::/10":            "fe80::/10 true",
		"2606:4700::/32":       "2606:4700::/32 true",
		"2a00::/12":            "2a00::/12 false",
		"2001:db8:0:1::10/128": "2001:db8:0:1::10/128 true",
	} {
		got := plain(netip.MustParsePrefix(text))
		if got := fmt.Sprintf("%v %t", got, !tooWide(got)); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
