package oauth_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
)

// good is an authorization request with which nothing is wrong.
func good() url.Values {
	return url.Values{
		"client_id": {"fiskl-mcp"}, "redirect_uri": {"http://localhost:8976/callback"}, "response_type": {"code"},
		"code_challenge": {strings.Repeat("a", 43)}, "code_challenge_method": {"S256"}, "state": {"s&t=a te"}, "scope": {"contacts:read"},
	}
}

// TestNobodyIsSentToAStranger asks with addresses and clients that are not registered.
func TestNobodyIsSentToAStranger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, change := range map[string]func(url.Values){
		"no client":      func(q url.Values) { q.Del("client_id") },
		"unknown client": func(q url.Values) { q.Set("client_id", "other") },
		"two clients":    func(q url.Values) { q.Add("client_id", "fiskl-mcp") },
		"no address":     func(q url.Values) { q.Del("redirect_uri") },
		"two addresses":  func(q url.Values) { q.Add("redirect_uri", "https://evil.example/") },
		"the second is good": func(q url.Values) {
			q["redirect_uri"] = []string{"https://evil.example/", "http://localhost:8976/callback"}
		},
		"another host":          func(q url.Values) { q.Set("redirect_uri", "http://evil.example:8976/callback") },
		"the end of a host":     func(q url.Values) { q.Set("redirect_uri", "http://evil.localhost:8976/callback") },
		"another port":          func(q url.Values) { q.Set("redirect_uri", "http://localhost:8977/callback") },
		"another path":          func(q url.Values) { q.Set("redirect_uri", "http://localhost:8976/callback/") },
		"a longer path":         func(q url.Values) { q.Set("redirect_uri", "http://localhost:8976/callback?x=1") },
		"a number for the name": func(q url.Values) { q.Set("redirect_uri", "http://127.0.0.1:8976/callback") },
		"another case":          func(q url.Values) { q.Set("redirect_uri", "http://LOCALHOST:8976/callback") },
		"a space behind":        func(q url.Values) { q.Set("redirect_uri", "http://localhost:8976/callback ") },
		"a script":              func(q url.Values) { q.Set("redirect_uri", "javascript:alert(1)") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			query := good()
			change(query)
			query.Set("response_type", "token") // A mistake that would be told to the client.
			p := w.open(t, w.url+"/oauth/authorize?"+query.Encode())
			if p.status != http.StatusBadRequest || p.location != nil || !strings.Contains(p.text, "not registered") {
				t.Errorf("got %d to %v: %s", p.status, p.location, p.text)
			}
			if strings.Contains(p.body, "<script") || p.header.Get("Content-Security-Policy") == "" {
				t.Errorf("got %s", p.body)
			}
		})
	}
}

// TestMistakesAreToldToTheClient asks with all that can be wrong but client and address.
func TestMistakesAreToldToTheClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, tt := range map[string]struct {
		change func(url.Values)
		code   string
	}{
		"no response type":        {func(q url.Values) { q.Del("response_type") }, "invalid_request"},
		"implicit flow":           {func(q url.Values) { q.Set("response_type", "token") }, "unsupported_response_type"},
		"hybrid flow":             {func(q url.Values) { q.Set("response_type", "code id_token") }, "unsupported_response_type"},
		"no challenge":            {func(q url.Values) { q.Del("code_challenge") }, "invalid_request"},
		"short challenge":         {func(q url.Values) { q.Set("code_challenge", "abc") }, "invalid_request"},
		"long challenge":          {func(q url.Values) { q.Set("code_challenge", strings.Repeat("a", 129)) }, "invalid_request"},
		"plain challenge":         {func(q url.Values) { q.Set("code_challenge_method", "plain") }, "invalid_request"},
		"no challenge method":     {func(q url.Values) { q.Del("code_challenge_method") }, "invalid_request"},
		"unknown challenge":       {func(q url.Values) { q.Set("code_challenge_method", "S512") }, "invalid_request"},
		"unknown scope":           {func(q url.Values) { q.Set("scope", "contacts:read everything") }, "invalid_scope"},
		"permission for scope":    {func(q url.Values) { q.Set("scope", "client.read") }, "invalid_scope"},
		"another resource":        {func(q url.Values) { q.Set("resource", "https://evil.example/v1") }, "invalid_target"},
		"the same thing twice":    {func(q url.Values) { q.Add("scope", "contacts:write") }, "invalid_request"},
		"a second code challenge": {func(q url.Values) { q.Add("code_challenge", strings.Repeat("b", 43)) }, "invalid_request"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			query := good()
			tt.change(query)
			p := w.open(t, w.url+"/oauth/authorize?"+query.Encode())
			if p.status != http.StatusSeeOther || p.answer("error") != tt.code {
				t.Fatalf("got %d to %v, want %s", p.status, p.location, tt.code)
			}
			if p.answer("error_description") == "" || p.answer("state") != "s&t=a te" || p.answer("iss") != w.url || p.answer("code") != "" {
				t.Errorf("got %v", p.location)
			}
		})
	}
}

func TestARequestWithoutStateGetsNoneBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	query := good()
	query.Del("state")
	query.Set("response_type", "token")
	p := w.open(t, w.url+"/oauth/authorize?"+query.Encode())
	if p.location == nil || p.location.Query().Has("state") {
		t.Errorf("got %v", p.location)
	}
}

func TestWhatMayBeRegistered(t *testing.T) {
	t.Parallel()
	for uri, want := range map[string]bool{
		"http://localhost:8976/callback":     true,
		"http://localhost/callback?a=b":      true,
		"https://app.example/back":           true,
		"http://127.0.0.1:8976/callback":     false,
		"http://app.example/back":            false,
		"http://localhost.evil.example/":     false,
		"https://user@app.example/":          false,
		"https://app.example/#x":             false,
		"https://app.example/#":              false,
		"https://app.example/a b":            false,
		"https:///callback":                  false,
		"cursor://anysphere.cursor/callback": false,
		"javascript:alert(1)":                false,
		"":                                   false,
		"http://[::1":                        false,
	} {
		if err := oauth.CheckRedirectURI(uri); (err == nil) != want {
			t.Errorf("%q: got %v, want it registered: %t", uri, err, want)
		}
	}
}
