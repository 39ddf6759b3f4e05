package app

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// TestCrowdOfProcesses starts many programs on one sign-in that is at its end.
// They renew it once, and all answer.
func TestCrowdOfProcesses(t *testing.T) {
	t.Parallel()
	crowd := slowtest.Times(10, 50)
	h := newHouse(t)
	h.hourAgo()
	all := make(chan struct{})
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-all // so that they crowd before the one renewal
		h.fiskl.ServeHTTP(w, r)
	})
	h.front.Store(&slow)
	running := make([]*exec.Cmd, crowd)
	said := make([]bytes.Buffer, crowd)
	for i := range running {
		running[i] = h.process("call", "list_taxes")
		running[i].Stdout, running[i].Stderr = &said[i], &said[i]
	}
	started := time.Now()
	for _, c := range running {
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
	}
	close(all)
	answered := 0
	for i, c := range running {
		if err := c.Wait(); err != nil || !strings.Contains(said[i].String(), "VAT Standard") {
			t.Errorf("process %d: %v: %s", i, err, &said[i])
			continue
		}
		answered++
	}
	got := h.counts()
	if got.Refreshes != 1 || got.Reuses != 0 || got.Revoked != 0 {
		t.Errorf("the server counted %+v", got)
	}
	t.Logf("%d processes shared one expired sign-in: %d answered, %d renewal, in %s", crowd, answered, got.Refreshes, time.Since(started).Round(time.Millisecond))
}

// TestKilledInRenewal kills a program when the server has made its new tokens
// and before it has them. The server, which takes the old refresh token for
// stolen then, ends the sign-in; the next program says why.
func TestKilledInRenewal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hourAgo()
	victim := h.process("call", "list_taxes")
	renewed, gone := make(chan bool), make(chan bool)
	cut := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		h.fiskl.ServeHTTP(httptest.NewRecorder(), r)
		renewed <- true
		<-gone
		panic(http.ErrAbortHandler)
	})
	h.front.Store(&cut)
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	<-renewed
	_ = victim.Process.Kill() // the error of waiting for it says more
	if err := victim.Wait(); err == nil {
		t.Error("it ended of itself")
	}
	h.front.Store(nil)
	close(gone)
	const want = "No answer: the sign-in has ended, because the answer to its renewal at 2026-11-22 16:00 UTC was lost. Run: fiskl-mcp login --oauth"
	if got := h.run("", "call", "list_taxes"); got.code != exitFailed || !strings.HasPrefix(got.err, want) {
		t.Errorf("got %+v", got)
	}
	if got := h.run("", "login", "--oauth"); got.code != exitOK {
		t.Fatalf("got %+v", got)
	}
	if got := h.run("", "call", "list_taxes"); got.code != exitOK {
		t.Errorf("after signing in again: %+v", got)
	}
}

// TestStartAsksNoKeychain finds that no command asks the keychain but those
// that need what it keeps.
func TestStartAsksNoKeychain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var mu sync.Mutex
	held, gets := make(map[string]string), 0
	chain := credential.System{
		Get: func(service, account string) (string, error) {
			mu.Lock()
			defer mu.Unlock()
			gets++
			return held[service+account], nil
		},
		Set: func(service, account, text string) error {
			mu.Lock()
			defer mu.Unlock()
			held[service+account] = text
			return nil
		},
		Delete: func(string, string) error { return nil },
	}
	for _, c := range []struct {
		args []string
		gets int
	}{
		{[]string{"login", "--oauth"}, 0},
		{[]string{"version"}, 0},
		{[]string{"tools"}, 1},
		{[]string{"call", "list_taxes", "--sandbox"}, 0},
		{[]string{"call", "list_taxes"}, 1},
		{[]string{"whoami"}, 1},
	} {
		gets = 0
		var out bytes.Buffer
		code := run(t.Context(), environment{
			args: c.args, env: h.env(), state: h.state, now: present, browse: h.person, timeout: 20 * time.Second, keychain: chain,
			in: strings.NewReader(""), out: &out, err: &out,
		})
		if code != exitOK || gets != c.gets {
			t.Errorf("%v ended with %d and asked the keychain %d times, not %d: %s", c.args, code, gets, c.gets, &out)
		}
	}
}
