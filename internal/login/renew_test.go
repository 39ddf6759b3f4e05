package login_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
)

// TestRenewal finds that a token is used until shortly before its end, renewed
// then, and that each new one serves the next time.
func TestRenewal(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	source := d.source()
	for n, step := range []struct {
		after time.Duration
		want  int // renewals so far
	}{{0, 0}, {14 * time.Minute, 0}, {45 * time.Second, 1}, {time.Minute, 1}, {24 * time.Hour, 2}, {time.Hour, 3}} {
		d.clock.add(step.after)
		if err := d.call(t.Context(), source); err != nil {
			t.Fatalf("step %d: %v", n, err)
		}
		if got := d.counts(); got != step.want {
			t.Errorf("step %d: renewed %d times, want %d", n, got, step.want)
		}
	}
	if err := d.call(t.Context(), d.source()); err != nil {
		t.Errorf("another process: %v", err)
	}
}

// TestWrongClock finds that a clock that is an hour off does no harm, nor one
// that is put right while a sign-in lasts.
func TestWrongClock(t *testing.T) {
	t.Parallel()
	for _, off := range []time.Duration{time.Hour, -time.Hour} {
		t.Run(off.String(), func(t *testing.T) {
			t.Parallel()
			d := signedIn(t)
			source := d.source()
			if err := d.call(t.Context(), source); err != nil {
				t.Fatal(err)
			}
			d.clock.add(off)
			d.mu.Lock()
			d.access = nil // the hour did pass for the server, or its patience ended
			d.mu.Unlock()
			if err := d.call(t.Context(), source); err != nil {
				t.Errorf("after the clock was set: %v", err)
			}
			if got := d.counts(); got != 1 {
				t.Errorf("renewed %d times", got)
			}
		})
	}
}

// TestCrowd lets many users of one source, and of many, find the token at its
// end at once.
func TestCrowd(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	d.clock.add(time.Hour)
	var all sync.WaitGroup
	for range 8 {
		source := d.source()
		for range 8 {
			all.Go(func() {
				if err := d.call(t.Context(), source); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	if got := d.counts(); got != 1 {
		t.Errorf("64 calls renewed %d times", got)
	}
}

// TestRefusedToken finds that a 401 is looked up in the store first, and leads
// to one renewal at most.
func TestRefusedToken(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	mine, other := d.source(), d.source()
	for _, s := range []*login.Source{mine, other} {
		if err := d.call(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	d.mu.Lock()
	d.access = nil
	d.mu.Unlock()
	for _, s := range []*login.Source{mine, other, mine} {
		if err := d.call(t.Context(), s); err != nil {
			t.Errorf("got %v", err)
		}
	}
	if got := d.counts(); got != 1 {
		t.Errorf("renewed %d times", got)
	}
	d.mu.Lock()
	d.access = nil
	d.answered = func() { d.access = nil } // the API takes nothing any more
	d.mu.Unlock()
	d.clock.add(time.Hour) // so that the last renewal was one in due time
	for range 5 {
		got := problem(t, d.call(t.Context(), mine))
		if got != "Fiskl does not accept the sign-in, though it was renewed just now. Run: fiskl-mcp login --oauth" {
			t.Errorf("got %q", got)
		}
	}
	if got := d.counts(); got > 3 {
		t.Errorf("renewed %d times", got)
	}
}

// TestRefusedLater finds that tokens that each worked for a while, and were then
// refused before their time, are renewed every time.
func TestRefusedLater(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	s := d.source()
	for want := 1; want <= 3; want++ {
		d.mu.Lock()
		d.access = nil
		d.mu.Unlock()
		if err := d.call(t.Context(), s); err != nil {
			t.Errorf("got %v", err)
		}
		if got := d.counts(); got != want {
			t.Errorf("renewed %d times, want %d", got, want)
		}
		d.clock.add(2 * time.Minute)
	}
}

// TestEnded finds that the end of a sign-in is said, and that the server is
// asked once, however many ask.
func TestEnded(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	d.ended = true
	d.clock.add(time.Hour)
	for range 3 {
		source := d.source()
		for range 2 {
			got := problem(t, d.call(t.Context(), source))
			if got != "the sign-in has ended. Run: fiskl-mcp login --oauth" {
				t.Errorf("got %q", got)
			}
		}
	}
	if got := d.counts(); got != 1 {
		t.Errorf("asked %d times", got)
	}
	d.ended = false
	source := d.source()
	_, _ = source.Token() // it is at its end here too
	d.signIn(t)
	if err := d.call(t.Context(), source); err != nil {
		t.Errorf("after signing in again, without a restart: %v", err)
	}
}

// TestServerTrouble finds that what may pass by is not taken for the end.
func TestServerTrouble(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"failing":     {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, "failed (HTTP 502). Try again in a moment"},
		"busy":        {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, "failed (HTTP 429). Try again in a moment"},
		"cut off":     {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "broke off before it answered. Try again in a moment"},
		"a web page":  {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>canary")) }, "is not of the form that OAuth wants. Try again in a moment"},
		"nothing":     {func(w http.ResponseWriter, _ *http.Request) { tell(w, 200, map[string]any{}) }, "is not of the form that OAuth wants. Try again"},
		"another app": {func(w http.ResponseWriter, _ *http.Request) { refuse(w, "invalid_client") }, "refused (invalid_client: canary: invalid_client). If that stays so, run: fiskl-mcp login --oauth"},
		"refused":     {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, "refused (HTTP 403). If that stays so, run: fiskl-mcp login --oauth"},
		"sent elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/elsewhere", http.StatusTemporaryRedirect)
		}, "answered with a redirect, which is not followed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t)
			d.clock.add(time.Hour)
			d.refuse = func(w http.ResponseWriter, r *http.Request) bool { c.answer(w, r); return true }
			source := d.source()
			got := problem(t, d.call(t.Context(), source))
			if !strings.HasPrefix(got, "the sign-in could not be renewed: ") || !strings.Contains(got, c.want) || strings.Contains(got, "canaryRefresh") || strings.Contains(got, "<html>") {
				t.Errorf("got %q", got)
			}
			d.mu.Lock()
			d.refuse = nil
			d.mu.Unlock()
			d.clock.add(10 * time.Second)
			if err := d.call(t.Context(), source); err != nil {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}
