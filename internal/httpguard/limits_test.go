package httpguard_test

import (
	"net/http"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// limited is a guard with limits.
func limited(ts *tools, l httpguard.Limits) http.Handler {
	return guarded(ts, func(o *httpguard.Options) { o.Limits = l })
}

func TestRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := limited(newTools(), httpguard.Limits{Rate: 0.5, Burst: 3})
		call := callModern(1, "echo", `{}`)
		for range 3 {
			if got := do(t, h, call.as("alice")); got.status != http.StatusOK {
				t.Errorf("at first: got %d", got.status)
			}
		}
		got := do(t, h, call.as("alice"))
		if got.status != http.StatusTooManyRequests || got.code(t) != 429 || got.header.Get("Retry-After") != "2" {
			t.Errorf("too soon: got %d %s, Retry-After %q", got.status, got.body, got.header.Get("Retry-After"))
		}
		if got := do(t, h, call.as("bob")); got.status != http.StatusOK {
			t.Errorf("another: got %d", got.status)
		}
		time.Sleep(2 * time.Second)
		if got := do(t, h, call.as("alice")); got.status != http.StatusOK {
			t.Errorf("in time: got %d", got.status)
		}
	})
}

func TestConcurrency(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ts := newTools()
		h := limited(ts, httpguard.Limits{Concurrent: 2, Wait: time.Second})
		done := make(chan reply, 3)
		wait := func(id int) { done <- do(t, h, callModern(id, "wait", `{}`).as("alice")) }
		go wait(1)
		go wait(2)
		<-ts.began
		<-ts.began
		start := time.Now()
		got := do(t, h, callModern(3, "echo", `{}`).as("alice"))
		if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "1" || time.Since(start) != time.Second {
			t.Errorf("a third: got %d %s after %v", got.status, got.body, time.Since(start))
		}
		if got := do(t, h, callModern(3, "echo", `{}`).as("bob")); got.status != http.StatusOK {
			t.Errorf("another: got %d", got.status)
		}
		if got := do(t, h, modern(nil, "notifications/initialized", "").as("alice")); got.status != http.StatusAccepted {
			t.Errorf("a notification: got %d %s", got.status, got.body)
		}
		go wait(4) // waits for its turn
		synctest.Wait()
		close(ts.end)
		for range 3 {
			if got := <-done; got.status != http.StatusOK {
				t.Errorf("in turn: got %d %s", got.status, got.body)
			}
		}
	})
}

// An address that guesses has to wait, and those that know are not in its way.
func TestFailures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := limited(newTools(), httpguard.Limits{Failures: 6})
		call := callModern(1, "echo", `{}`)
		for range 20 {
			if got := do(t, h, call.as("alice")); got.status != http.StatusOK {
				t.Errorf("who knows: got %d", got.status)
			}
		}
		for range 6 {
			if got := do(t, h, call); got.status != http.StatusUnauthorized {
				t.Errorf("a guess: got %d", got.status)
			}
		}
		if got := do(t, h, call); got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "10" {
			t.Errorf("one more: got %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
		}
		if got := do(t, h, call.as("alice")); got.status != http.StatusOK {
			t.Errorf("who knows, among those who guess: got %d", got.status)
		}
		time.Sleep(10 * time.Second)
		if got := do(t, h, call); got.status != http.StatusUnauthorized {
			t.Errorf("in time: got %d", got.status)
		}
	})
}

// What proxies say is believed as far as they are trusted.
func TestAddress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		remote    string
		forwarded string
		same      string // another request that comes from the same address
		sameFrom  string
		want      bool
	}{
		"itself":              {"192.0.2.1:1", "", "192.0.2.1:2", "", true},
		"another":             {"192.0.2.1:1", "", "192.0.2.2:1", "", false},
		"a network of IPv6":   {"[2001:db8::1]:1", "", "[2001:db8::2]:1", "", true},
		"another one":         {"[2001:db8::1]:1", "", "[2001:db8:1::1]:1", "", false},
		"a stranger's word":   {"192.0.2.1:1", "198.51.100.1", "192.0.2.1:1", "198.51.100.2", true},
		"a proxy's word":      {"10.0.0.1:1", "198.51.100.1", "10.0.0.1:1", "198.51.100.2", false},
		"through two proxies": {"10.0.0.1:1", "198.51.100.1, 10.0.0.2", "10.0.0.3:1", "198.51.100.1", true},
		"a claim before":      {"10.0.0.1:1", "203.0.113.9, 198.51.100.1", "10.0.0.1:1", "203.0.113.8, 198.51.100.1", true},
		"nonsense":            {"10.0.0.1:1", "hello", "10.0.0.1:1", "198.51.100.1", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := guarded(newTools(), func(o *httpguard.Options) {
				o.Limits.Failures = 1
				o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
			})
			fails := func(remote, forwarded string) int {
				r := callModern(1, "echo", `{}`).http(t.Context(), "http://127.0.0.1/mcp")
				r.RemoteAddr = remote
				if forwarded != "" {
					r.Header.Set("X-Forwarded-For", forwarded)
				}
				w := recorder()
				h.ServeHTTP(w, r)
				return w.Code
			}
			if got := fails(c.remote, c.forwarded); got != http.StatusUnauthorized {
				t.Fatalf("got %d", got)
			}
			if got := fails(c.same, c.sameFrom) == http.StatusTooManyRequests; got != c.want {
				t.Errorf("the same address: got %t, want %t", got, c.want)
			}
		})
	}
}
