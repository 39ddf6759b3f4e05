package login_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
)

// TestByHand finds that what is set by hand needs no look-up, and that each
// address wins over what the server says.
func TestByHand(t *testing.T) {
	t.Parallel()
	got, err := login.Find(t.Context(), login.Addresses{API: "https://nowhere.invalid", AuthorizeURL: "https://a.example/x", TokenURL: "https://t.example/y"}, nil)
	if err != nil || got.AuthorizeURL != "https://a.example/x" || got.TokenURL != "https://t.example/y" || got.RevokeURL != "" {
		t.Errorf("got %+v, %v", got, err)
	}
	f := newFake(t)
	got, err = login.Find(t.Context(), login.Addresses{API: "https://nowhere.invalid", Issuer: f.URL, RevokeURL: "https://r.example/z"}, nil)
	if err != nil || got.AuthorizeURL != f.URL+"/authorize" || got.RevokeURL != "https://r.example/z" || got.Issuer != f.URL || !got.NamesItself {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestUntrusted finds that no secret is sent where it does not belong.
func TestUntrusted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(map[string]any)
		want   string
	}{
		"another issuer":  {func(m map[string]any) { m["issuer"] = "https://evil.example" }, `says that it is "https://evil.example", and is not trusted`},
		"no TLS":          {func(m map[string]any) { m["token_endpoint"] = "http://evil.example/token" }, `the token address "http://evil.example/token" must be https`},
		"no TLS to start": {func(m map[string]any) { m["authorization_endpoint"] = "http://evil.example/" }, `the authorize address "http://evil.example/" must be https`},
		"with a password": {func(m map[string]any) { m["revocation_endpoint"] = "https://a:b@evil.example/" }, "the revoke address (not shown, because it may hold a secret) must not hold a user"},
		"no PKCE":         {func(m map[string]any) { m["code_challenge_methods_supported"] = []string{"plain"} }, "does not know PKCE with S256"},
		"nowhere":         {func(m map[string]any) { delete(m, "token_endpoint") }, "does not say where to get tokens. Set FISKL_OAUTH_TOKEN_URL"},
		"a script":        {func(m map[string]any) { m["authorization_endpoint"] = "javascript://x/%0aalert(1)" }, "must be https"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.metadata = c.change
			if _, err := login.Find(t.Context(), login.Addresses{API: f.URL}, nil); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestNothingPublished finds what is said of an API that does not say where to
// sign in, as Fiskl's may be one.
func TestNothingPublished(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"nothing":    {http.NotFound, "does not say where to sign in. Set FISKL_OAUTH_ISSUER, or FISKL_OAUTH_AUTHORIZE_URL and FISKL_OAUTH_TOKEN_URL; or save an API key: fiskl-mcp login"},
		"a web page": {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, "does not say where to sign in"},
		"a redirect": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, "does not say where to sign in"},
		"failing":    {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }, "failed (HTTP 503)"},
		"another API": {func(w http.ResponseWriter, _ *http.Request) {
			tell(w, 200, map[string]any{"resource": "https://evil.example", "authorization_servers": []string{"https://evil.example"}})
		}, `says that it is "https://evil.example", and is not trusted`},
		"no server": {func(w http.ResponseWriter, r *http.Request) {
			tell(w, 200, map[string]any{"resource": "http://" + r.Host})
		}, "names no authorization server. Set FISKL_OAUTH_ISSUER"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(c.answer)
			defer s.Close()
			if _, err := login.Find(t.Context(), login.Addresses{API: s.URL}, nil); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}
