package httpguard_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// TestNetworksOfStrangers finds that guessing from many addresses of one
// network helps no more than guessing from one, and that all strangers together
// are limited too, while who is known passes.
func TestNetworksOfStrangers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from string // with %d for the number of the guess
		want int    // how many guesses are looked at within a minute
	}{
		"one address":                      {"192.0.2.1:%d", 30},
		"addresses of a network":           {"192.0.2.%d:1", 60},
		"networks of IPv4":                 {"10.%d.0.1:1", 255}, // each is new
		"one network of IPv6":              {"[2001:db8::%x]:1", 30},
		"networks of one customer":         {"[2001:db8:0:%x::1]:1", 30},
		"customers of one provider":        {"[2001:db8:%x::1]:1", 120},
		"providers":                        {"[2a%02x::1]:1", 255},
		"one address of the link":          {"[fe80::1%%eth%d]:1", 30},
		"an address of IPv4 within IPv6":   {"[::ffff:192.0.2.1]:%d", 30},
		"who cannot be told by an address": {"@%d", 30},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := limited(newTools(), httpguard.Limits{Failures: 30})
				guess := func(n int) int {
					r := callModern(1, "echo", `{}`).http(t.Context(), "http://127.0.0.1/mcp")
					r.RemoteAddr = fmt.Sprintf(c.from, n)
					w := recorder()
					h.ServeHTTP(w, r)
					return w.Code
				}
				looked := 0
				for n := range 255 {
					if guess(n+1) == http.StatusUnauthorized {
						looked++
					}
				}
				if looked != c.want {
					t.Errorf("%d guesses were looked at, want %d", looked, c.want)
				}
			})
		})
	}
}

// TestAllStrangers finds that guesses from everywhere together are limited, for
// each is a question to Fiskl, and that the limit passes.
func TestAllStrangers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := limited(newTools(), httpguard.Limits{Failures: 30})
		guess := func(n int, name string) int {
			r := callModern(1, "echo", `{}`).as(name).http(t.Context(), "http://127.0.0.1/mcp")
			r.RemoteAddr = fmt.Sprintf("10.%d.%d.1:1", n/256, n%256)
			w := recorder()
			h.ServeHTTP(w, r)
			return w.Code
		}
		looked := 0
		for n := range 400 {
			if guess(n, "") == http.StatusUnauthorized {
				looked++
			}
		}
		if looked != 300 {
			t.Errorf("%d guesses were looked at, want 300", looked)
		}
		if got := guess(500, "alice"); got != http.StatusOK {
			t.Errorf("who is known: got %d", got)
		}
		time.Sleep(time.Second)
		if got := guess(501, ""); got != http.StatusUnauthorized {
			t.Errorf("in time: got %d", got)
		}
	})
}
