package login_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
)

// TestSignIn goes the whole way: discovery, browser, code, tokens.
func TestSignIn(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	b := browser(t, f)
	var page string
	var headers http.Header
	done := make(chan struct{})
	b.Show = func(address string) {
		if strings.Contains(address, "verifier") || !strings.Contains(address, "scope=invoicing%3Aread+reports%3Aread") {
			t.Errorf("the person was sent to %s", address)
		}
		go func() {
			defer close(done)
			_, page, headers = visit(t, address)
		}()
	}
	grant, err := b.SignIn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	<-done
	if grant.Access.IsZero() || grant.Refresh.IsZero() || grant.Expiry.Sub(grant.Obtained) != 15*time.Minute || fmt.Sprint(grant.Scopes) != "[invoicing:read]" {
		t.Errorf("got %+v", grant)
	}
	if !strings.Contains(page, "You can close this page") || strings.Contains(page, "canary") || strings.Contains(page, "<script") {
		t.Errorf("the page says %q", page)
	}
	if csp := headers.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none';") || headers.Get("Cache-Control") != "no-store" || headers.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("its headers are %v", headers)
	}
}

// TestWrongCallbacks finds what becomes of callbacks that are not as they
// should be. Those that anybody could have made end nothing.
func TestWrongCallbacks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		query  string // $state is the right one, $iss the right issuer
		status int
		want   string // how the sign-in ends; empty if it goes on
	}{
		"wrong state":      {"code=x&state=wrong&iss=$iss", http.StatusBadRequest, ""},
		"no state":         {"code=x&iss=$iss", http.StatusBadRequest, ""},
		"nothing":          {"", http.StatusBadRequest, ""},
		"wrong issuer":     {"code=x&state=$state&iss=https://evil.example", http.StatusBadRequest, "the answer that the browser brought is not from $iss, where you were sent (it names \"https://evil.example\" as its issuer). Nothing was saved"},
		"no issuer":        {"code=x&state=$state", http.StatusBadRequest, "the answer that the browser brought is not from $iss"},
		"not allowed":      {"error=access_denied&state=$state&iss=$iss", http.StatusBadRequest, "access was not allowed. Nothing was saved"},
		"another error":    {"error=invalid_scope&error_description=No+such%0Ascope&state=$state&iss=$iss", http.StatusBadRequest, "the authorization server refused (invalid_scope: No such scope). Nothing was saved"},
		"no code":          {"state=$state&iss=$iss", http.StatusBadRequest, "the browser came back without a code"},
		"two codes":        {"code=x&code=y&state=$state&iss=$iss", http.StatusBadRequest, "the answer that the browser brought is not well formed"},
		"a code of others": {"code=x&state=$state&iss=$iss", http.StatusOK, "the code that the browser brought is not good any more"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			b := browser(t, f)
			b.Show = func(address string) {
				u, err := url.Parse(address)
				if err != nil {
					t.Error(err)
				}
				back := u.Query().Get("redirect_uri") + "?" + strings.NewReplacer("$state", u.Query().Get("state"), "$iss", url.QueryEscape(f.URL)).Replace(c.query)
				beside(t, func() {
					if status, page, _ := visit(t, back); status != c.status || strings.Contains(page, "evil") {
						t.Errorf("the browser got %d %q", status, page)
					}
					if c.want == "" {
						visit(t, address)
					}
				})
			}
			_, err := b.SignIn(t.Context())
			switch want := strings.ReplaceAll(c.want, "$iss", f.URL); {
			case c.want == "" && err != nil:
				t.Errorf("got %v", err)
			case c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)):
				t.Errorf("got %v\nwant %s", err, want)
			}
		})
	}
}

// TestOneCallback finds that a second one is turned away.
func TestOneCallback(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	b := browser(t, f)
	var good, bad atomic.Int32
	ends := make(chan struct{}, 8)
	f.refuse = func(http.ResponseWriter, *http.Request) bool { return false }
	b.Show = func(address string) {
		u, _ := url.Parse(address)
		back := u.Query().Get("redirect_uri") + "?" + url.Values{"code": {"x"}, "state": {u.Query().Get("state")}, "iss": {f.URL}}.Encode()
		for range cap(ends) {
			go func() {
				defer func() { ends <- struct{}{} }()
				req, _ := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, back, http.NoBody)
				res, err := http.DefaultClient.Do(req) //nolint:forbidigo // a browser
				if err != nil {
					bad.Add(1) // it is closed already
					return
				}
				_ = res.Body.Close()
				if res.StatusCode == http.StatusOK {
					good.Add(1)
				} else {
					bad.Add(1)
				}
			}()
		}
	}
	if _, err := b.SignIn(t.Context()); err == nil {
		t.Error("a code that nobody gave was good")
	}
	for range cap(ends) {
		<-ends
	}
	if good.Load() != 1 || bad.Load() != 7 {
		t.Errorf("%d callbacks were taken, %d refused", good.Load(), bad.Load())
	}
}

// TestForeignRequests finds that only the browser that was sent is answered
// to the point.
func TestForeignRequests(t *testing.T) {
	t.Parallel()
	b := browser(t, newFake(t))
	b.Patience = time.Minute
	ctx, cancel := context.WithCancel(t.Context())
	b.Show = func(address string) {
		u, _ := url.Parse(address)
		back := u.Query().Get("redirect_uri") + "?code=x&state=" + u.Query().Get("state")
		go func() {
			defer cancel()
			for name, change := range map[string]func(*http.Request){
				"another name": func(r *http.Request) { r.Host = "evil.example:" + strconv.Itoa(b.Port) },
				"another path": func(r *http.Request) { r.URL.Path = "/" },
				"a form":       func(r *http.Request) { r.Method = http.MethodPost },
			} {
				req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, back, http.NoBody)
				change(req)
				res, err := http.DefaultClient.Do(req) //nolint:forbidigo // not the browser
				if err != nil {
					t.Error(err)
					return
				}
				_ = res.Body.Close()
				if res.StatusCode != http.StatusNotFound && res.StatusCode != http.StatusMethodNotAllowed {
					t.Errorf("%s got %d", name, res.StatusCode)
				}
			}
		}()
	}
	if _, err := b.SignIn(ctx); err == nil || err.Error() != "signing in was given up. Nothing was saved" {
		t.Errorf("got %v", err)
	}
}

// TestPortInUse finds that a port in use on either address is said by the name
// of its setting.
func TestPortInUse(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"127.0.0.1", "::1"} {
		b := browser(t, newFake(t))
		l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", net.JoinHostPort(host, strconv.Itoa(b.Port)))
		if err != nil {
			t.Logf("this machine has no %s: %v", host, err)
			continue
		}
		_, err = b.SignIn(t.Context())
		want := fmt.Sprintf("port %d is in use by another program", b.Port)
		if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), "FISKL_OAUTH_REDIRECT_PORT") {
			t.Errorf("%s: got %v", host, err)
		}
		_ = l.Close()
	}
}

// TestNobodyComesBack finds that a browser is not waited for for ever.
func TestNobodyComesBack(t *testing.T) {
	t.Parallel()
	b := browser(t, newFake(t))
	b.Patience = 20 * time.Millisecond
	b.Show = func(string) {}
	if _, err := b.SignIn(t.Context()); err == nil || !strings.HasPrefix(err.Error(), "the browser did not come back within 20ms. Nothing was saved") {
		t.Errorf("got %v", err)
	}
	if login.Patience != 5*time.Minute {
		t.Errorf("a person has %s", login.Patience)
	}
}

// TestCodeOnce finds that the server takes a code once, and what is said when
// somebody else was first.
func TestCodeOnce(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	b := browser(t, f)
	f.refuse = func(_ http.ResponseWriter, r *http.Request) bool {
		delete(f.codes, r.PostForm.Get("code")) // somebody was quicker
		return false
	}
	if _, err := b.SignIn(t.Context()); err == nil || !strings.HasPrefix(err.Error(), "the code that the browser brought is not good any more: it is good once") {
		t.Errorf("got %v", err)
	}
}
