package config

import (
	"fmt"
	"net/netip"
	"testing"
)

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
