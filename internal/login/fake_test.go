package login_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// fake is a strict authorization server with the API that trusts it. It takes
// everything once, and ends a sign-in whose old refresh token comes back.
type fake struct {
	*httptest.Server

	mu        sync.Mutex
	n         int
	codes     map[string]url.Values // what was asked for, by the code that was given
	refresh   string                // the only one that is good
	access    []string              // those that are good
	ended     bool
	refreshes int
	revoked   []string

	lifetime int                                               // of access tokens, in seconds; 0 is not told
	issuer   string                                            // that callbacks name instead of the true one
	secret   string                                            // of a confidential client
	basic    bool                                              // it has to come in a header
	lenient  bool                                              // old refresh tokens stay good
	metadata func(map[string]any)                              // changes what the server says of itself
	refuse   func(w http.ResponseWriter, r *http.Request) bool // answers a token request instead
	answered func()                                            // runs when new tokens exist, before they are told
}

func newFake(t *testing.T) *fake {
	t.Helper()
	f := &fake{codes: make(map[string]url.Values), lifetime: 900}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/oauth-protected-resource", func(w http.ResponseWriter, _ *http.Request) {
		tell(w, http.StatusOK, map[string]any{"resource": f.URL + "/v1", "authorization_servers": []string{f.URL}, "scopes_supported": []string{"invoicing:read", "reports:read"}})
	})
	mux.HandleFunc("GET /.well-known/oauth-authorization-server", f.describe)
	mux.HandleFunc("GET /authorize", f.authorize)
	mux.HandleFunc("POST /token", f.token)
	mux.HandleFunc("POST /revoke", f.revoke)
	mux.HandleFunc("/v1/", f.api)
	f.Server = httptest.NewServer(mux)
	t.Cleanup(f.Close)
	return f
}

func tell(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client may be gone
}

func refuse(w http.ResponseWriter, code string) {
	tell(w, http.StatusBadRequest, map[string]string{"error": code, "error_description": "canary: " + code})
}

func (f *fake) describe(w http.ResponseWriter, _ *http.Request) {
	m := map[string]any{
		"issuer": f.URL, "authorization_endpoint": f.URL + "/authorize", "token_endpoint": f.URL + "/token", "revocation_endpoint": f.URL + "/revoke",
		"code_challenge_methods_supported": []string{"S256"}, "authorization_response_iss_parameter_supported": true,
	}
	if f.metadata != nil {
		f.metadata(m)
	}
	tell(w, http.StatusOK, m)
}

// authorize agrees to everything at once, as a person does who is in a hurry.
func (f *fake) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("client_id") != "fiskl-mcp" || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" || len(q.Get("state")) < 20 || q.Get("resource") != f.URL+"/v1" {
		refuse(w, "invalid_request")
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
	code := fmt.Sprint("canaryCode", f.n)
	f.codes[code] = q
	issuer := f.URL
	if f.issuer != "" {
		issuer = f.issuer
	}
	back := url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {issuer}}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (f *fake) token(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := r.ParseForm(); err != nil || r.URL.RawQuery != "" || !f.knows(r) {
		refuse(w, "invalid_request")
		return
	}
	if f.refuse != nil && f.refuse(w, r) {
		return
	}
	switch form := r.PostForm; form.Get("grant_type") {
	case "authorization_code":
		asked, ok := f.codes[form.Get("code")]
		delete(f.codes, form.Get("code"))
		sum := sha256.Sum256([]byte(form.Get("code_verifier")))
		if !ok || asked.Get("redirect_uri") != form.Get("redirect_uri") || asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
			refuse(w, "invalid_grant")
			return
		}
	case "refresh_token":
		f.refreshes++
		if f.ended || form.Get("refresh_token") != f.refresh && !f.lenient {
			f.ended, f.access = true, nil
			refuse(w, "invalid_grant")
			return
		}
	default:
		refuse(w, "unsupported_grant_type")
		return
	}
	f.issue(w)
}

// knows reports that a request comes from the app, in the one way that this
// server takes.
func (f *fake) knows(r *http.Request) bool {
	id, word, inHeader := r.BasicAuth()
	if !inHeader {
		id, word = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	} else if r.PostFormValue("client_id")+r.PostFormValue("client_secret") != "" {
		return false
	}
	if plain, err := url.QueryUnescape(word); inHeader && err == nil {
		word = plain
	}
	return id == "fiskl-mcp" && word == f.secret && inHeader == f.basic
}

func (f *fake) issue(w http.ResponseWriter) {
	f.n++
	f.refresh = fmt.Sprint("canaryRefresh", f.n)
	f.access = []string{fmt.Sprint("canaryAccess", f.n)}
	answer := map[string]any{"access_token": f.access[0], "token_type": "bearer", "refresh_token": f.refresh, "scope": "invoicing:read"}
	if f.lifetime > 0 {
		answer["expires_in"] = f.lifetime
	}
	if f.answered != nil {
		f.answered()
	}
	tell(w, http.StatusOK, answer)
}

func (f *fake) revoke(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.knows(r) {
		refuse(w, "invalid_client")
		return
	}
	f.revoked = append(f.revoked, r.PostFormValue("token_type_hint")+" "+r.PostFormValue("token"))
	w.WriteHeader(http.StatusOK)
}

func (f *fake) api(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !slices.Contains(f.access, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")) {
		tell(w, http.StatusUnauthorized, map[string]string{"message": "no"})
		return
	}
	tell(w, http.StatusOK, []string{"invoice.read"})
}

// counts are the renewals that were asked for.
func (f *fake) counts() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.refreshes
}
