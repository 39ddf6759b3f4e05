package httpguard_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
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

// silent asks somebody who does not answer about everybody.
type silent struct{}

func (silent) Authenticate(*http.Request) (principal.Principal, error) {
	return principal.Principal{}, &rpcerror.Refusal{Status: http.StatusServiceUnavailable, Reason: principal.Unanswered}
}

// TestUnansweredCounts finds that a key about which there was no answer counts
// as a guess: it was a question to Fiskl all the same.
func TestUnansweredCounts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		h := guarded(newTools(), func(o *httpguard.Options) {
			o.Limits.Failures = 3
			o.Authenticator = counting{silent{}, &asked}
		})
		for range 10 {
			do(t, h, callModern(1, "echo", `{}`))
		}
		if asked != 3 {
			t.Errorf("%d questions were asked, want 3", asked)
		}
	})
}

// counting counts the requests about which somebody may be asked.
type counting struct {
	principal.Authenticator

	asked *int
}

func (c counting) Authenticate(r *http.Request) (principal.Principal, error) {
	if principal.MayLook(r.Context()) {
		*c.asked++
	}
	return c.Authenticator.Authenticate(r)
}
