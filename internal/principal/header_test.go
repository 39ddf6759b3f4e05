package principal_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// good is a key that Fiskl knows.
const good = "fsk_live_canary"

// fiskl knows one key, and counts how often it is asked.
type fiskl struct {
	asked atomic.Int32
	down  atomic.Bool
	slow  chan struct{}
	gone  atomic.Bool // the good key was revoked
}

func (f *fiskl) look(ctx context.Context, key secret.Secret) (bool, error) {
	f.asked.Add(1)
	if f.slow != nil {
		select {
		case <-f.slow:
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	if f.down.Load() {
		return false, errors.New("no answer for " + key.Reveal())
	}
	return key.Reveal() == good && !f.gone.Load(), nil
}

// request is one with headers, given as name, value, name, value.
func request(ctx context.Context, headers ...string) *http.Request {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/mcp", http.NoBody)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

// serve is the answer to such a request, and who made it.
func serve(ctx context.Context, a principal.Authenticator, headers ...string) (*httptest.ResponseRecorder, principal.Principal) {
	w, r := httptest.NewRecorder(), request(ctx, headers...)
	who, err := a.Authenticate(r)
	if err != nil {
		rpcerror.Write(w, principal.Refusal(err), nil)
		return w, principal.Principal{}
	}
	principal.Strip(r)
	if r.Header.Get("Authorization")+r.Header.Get("X-Fiskl-Api-Key") != "" {
		w.WriteHeader(http.StatusTeapot) // credentials came through
	}
	return w, who
}

func TestHeader(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		headers []string
		status  int
	}{
		"own header":            {[]string{"X-Fiskl-Api-Key", good}, 200},
		"bearer":                {[]string{"Authorization", "Bearer " + good}, 200},
		"bearer in small":       {[]string{"Authorization", "bearer  " + good}, 200},
		"both alike":            {[]string{"X-Fiskl-Api-Key", good, "Authorization", "Bearer " + good}, 200},
		"a proxy's credentials": {[]string{"X-Fiskl-Api-Key", good, "Authorization", "Basic YTpi"}, 200},
		"both, different":       {[]string{"X-Fiskl-Api-Key", good, "Authorization", "Bearer fsk_canary2"}, 400},
		"a token beside":        {[]string{"X-Fiskl-Api-Key", good, "Authorization", "Bearer canary2"}, 400},
		"twice":                 {[]string{"X-Fiskl-Api-Key", good, "X-Fiskl-Api-Key", good}, 400},
		"bearer twice":          {[]string{"Authorization", "Bearer " + good, "Authorization", "Bearer " + good}, 400},
		"none":                  {nil, 401},
		"empty":                 {[]string{"X-Fiskl-Api-Key", ""}, 401},
		"unknown":               {[]string{"X-Fiskl-Api-Key", "fsk_canary_unknown"}, 401},
		"no key":                {[]string{"Authorization", "Bearer canary"}, 401},
		"basic":                 {[]string{"Authorization", "Basic YTpi"}, 401},
		"control characters":    {[]string{"X-Fiskl-Api-Key", good + "\x01"}, 401},
		"a space":               {[]string{"X-Fiskl-Api-Key", good + " x"}, 401},
		"long":                  {[]string{"X-Fiskl-Api-Key", "fsk_" + strings.Repeat("x", 1000)}, 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, who := serve(t.Context(), principal.Header((&fiskl{}).look, nil), c.headers...)
			if got.Code != c.status {
				t.Errorf("got %d %s, want %d", got.Code, got.Body, c.status)
			}
			if c.status == http.StatusOK {
				if who.Key.Reveal() != good || !who.Write || !strings.HasPrefix(who.ID, "key:") {
					t.Errorf("got %+v", who)
				}
				return
			}
			if strings.Contains(got.Body.String(), "canary") || !strings.Contains(got.Body.String(), `{"jsonrpc":"2.0","id":null,"error":`) {
				t.Errorf("got %s", got.Body)
			}
			challenge := got.Header().Get("Www-Authenticate")
			if (c.status == http.StatusUnauthorized) != (challenge != "") || strings.Contains(challenge, "resource_metadata") {
				t.Errorf("got the challenge %q", challenge)
			}
		})
	}
}

// The ID tells keys apart, is the same under the same salt, and gives nothing
// away.
func TestHeaderID(t *testing.T) {
	t.Parallel()
	id := func(a principal.Authenticator) string {
		_, who := serve(t.Context(), a, "X-Fiskl-Api-Key", good)
		return who.ID
	}
	look := (&fiskl{}).look
	salted := principal.Header(look, []byte("salt"))
	first, again, elsewhere := id(salted), id(salted), id(principal.Header(look, []byte("salt")))
	if first != again || first != elsewhere {
		t.Error("the same key under the same salt has two IDs")
	}
	one, two := id(principal.Header(look, nil)), id(principal.Header(look, nil))
	if one == two {
		t.Error("two processes without a salt agree")
	}
	if strings.Contains(id(salted), "canary") {
		t.Errorf("got %s", id(salted))
	}
}

// A good key is looked up once a minute, a bad one every ten seconds.
func TestVerdictsAreRemembered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fiskl{}
		a := principal.Header(f.look, nil)
		try := func(key string, status int, asked int32) {
			t.Helper()
			if got, _ := serve(t.Context(), a, "X-Fiskl-Api-Key", key); got.Code != status {
				t.Errorf("got %d, want %d", got.Code, status)
			}
			if got := f.asked.Load(); got != asked {
				t.Errorf("asked %d times, want %d", got, asked)
			}
		}
		try(good, 200, 1)
		try(good, 200, 1)
		try("fsk_bad", 401, 2)
		try("fsk_bad", 401, 2)
		time.Sleep(10 * time.Second)
		try("fsk_bad", 401, 3)
		try(good, 200, 3)
		time.Sleep(49 * time.Second)
		try(good, 200, 3)
		time.Sleep(time.Second)
		try(good, 200, 4)
	})
}

// That Fiskl does not answer says nothing about a key, and is not remembered.
func TestFisklIsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fiskl{}
		f.down.Store(true)
		a := principal.Header(f.look, nil)
		for range 2 {
			got, _ := serve(t.Context(), a, "X-Fiskl-Api-Key", good)
			if got.Code != http.StatusServiceUnavailable || got.Header().Get("Retry-After") != "5" || strings.Contains(got.Body.String(), "canary") {
				t.Errorf("got %d %s", got.Code, got.Body)
			}
		}
		f.down.Store(false)
		if got, _ := serve(t.Context(), a, "X-Fiskl-Api-Key", good); got.Code != http.StatusOK || f.asked.Load() != 3 {
			t.Errorf("got %d after %d looks", got.Code, f.asked.Load())
		}
	})
}

// Of many requests with one new key, one asks; who leaves early does not spoil
// it for the others.
func TestOneLookAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fiskl{slow: make(chan struct{})}
		a := principal.Header(f.look, nil)
		statuses := make(chan int, 21)
		hasty, leave := context.WithCancel(t.Context())
		go func() {
			got, _ := serve(hasty, a, "X-Fiskl-Api-Key", good)
			statuses <- got.Code
		}()
		synctest.Wait()
		for range 20 {
			go func() {
				got, _ := serve(t.Context(), a, "X-Fiskl-Api-Key", good)
				statuses <- got.Code
			}()
		}
		synctest.Wait()
		leave()
		if got := <-statuses; got != http.StatusServiceUnavailable {
			t.Errorf("who left: got %d", got)
		}
		close(f.slow)
		for range 20 {
			if got := <-statuses; got != http.StatusOK {
				t.Errorf("got %d", got)
			}
		}
		if got := f.asked.Load(); got != 1 {
			t.Errorf("asked %d times", got)
		}
	})
}

// A flood of made-up keys asks Fiskl no more than sixteen things at once, and
// gives up on what it does not answer.
func TestFloodOfKeys(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fiskl{slow: make(chan struct{})}
		a := principal.Header(f.look, nil)
		statuses := make(chan int, 100)
		for n := range 100 {
			go func() {
				got, _ := serve(t.Context(), a, "X-Fiskl-Api-Key", fmt.Sprint("fsk_", n))
				statuses <- got.Code
			}()
		}
		synctest.Wait()
		if got := f.asked.Load(); got != 16 {
			t.Errorf("asked %d things at once", got)
		}
		for range 100 {
			if got := <-statuses; got != http.StatusServiceUnavailable {
				t.Errorf("got %d", got)
			}
		}
	})
}

func TestPrincipalDoesNotShowItsKey(t *testing.T) {
	t.Parallel()
	_, who := serve(t.Context(), principal.Header((&fiskl{}).look, nil), "X-Fiskl-Api-Key", good)
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		if shown := fmt.Sprintf(verb, who); strings.Contains(shown, "canary") {
			t.Errorf("%s shows %s", verb, shown)
		}
	}
}

// Where nobody may be asked, who is known is let in, and nobody else.
func TestWithoutLook(t *testing.T) {
	t.Parallel()
	f := &fiskl{}
	a := principal.Header(f.look, nil)
	ctx := principal.WithoutLook(t.Context())
	if got, _ := serve(ctx, a, "X-Fiskl-Api-Key", good); got.Code != http.StatusUnauthorized || f.asked.Load() != 0 {
		t.Errorf("not known yet: got %d after %d looks", got.Code, f.asked.Load())
	}
	serve(t.Context(), a, "X-Fiskl-Api-Key", good)
	serve(t.Context(), a, "X-Fiskl-Api-Key", "fsk_bad")
	if got, _ := serve(ctx, a, "X-Fiskl-Api-Key", good); got.Code != http.StatusOK {
		t.Errorf("known: got %d", got.Code)
	}
	if got, _ := serve(ctx, a, "X-Fiskl-Api-Key", "fsk_bad"); got.Code != http.StatusUnauthorized || f.asked.Load() != 2 {
		t.Errorf("known as bad: got %d after %d looks", got.Code, f.asked.Load())
	}
}

// Who was known is asked about anew where nobody else is, so that strangers at
// the same address do not lock them out. A key that was revoked is no longer
// known.
func TestWithoutLookAtRegulars(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fiskl{}
		a := principal.Header(f.look, nil)
		serve(t.Context(), a, "X-Fiskl-Api-Key", good)
		try := func(when string, status int, asked int32) {
			t.Helper()
			time.Sleep(time.Hour)
			got, _ := serve(principal.WithoutLook(t.Context()), a, "X-Fiskl-Api-Key", good)
			if got.Code != status || f.asked.Load() != asked {
				t.Errorf("%s: got %d after %d looks, want %d after %d", when, got.Code, f.asked.Load(), status, asked)
			}
		}
		try("an hour later", http.StatusOK, 2)
		f.down.Store(true)
		try("Fiskl is down", http.StatusServiceUnavailable, 3)
		f.down.Store(false)
		try("Fiskl is back", http.StatusOK, 4)
		time.Sleep(25 * time.Hour)
		try("a day later", http.StatusUnauthorized, 4)
		serve(t.Context(), a, "X-Fiskl-Api-Key", good)
		try("known anew", http.StatusOK, 6)
		f.gone.Store(true)
		try("revoked", http.StatusUnauthorized, 7)
		try("revoked, again", http.StatusUnauthorized, 7)
	})
}
