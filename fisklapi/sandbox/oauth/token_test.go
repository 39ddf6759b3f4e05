package oauth_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
)

func challenge(verifier string) oauth2.AuthCodeOption { return oauth2.S256ChallengeOption(verifier) }

// pairs are the fields of a form, of which some are replaced; an empty value leaves one out.
func pairs(fields []string, changes ...string) []string {
	out := slices.Clone(fields)
	for i := 0; i < len(changes); i += 2 {
		at := -1
		for j := 0; j < len(out); j += 2 {
			if out[j] == changes[i] {
				at = j
			}
		}
		switch {
		case at < 0:
			out = append(out, changes[i], changes[i+1])
		case changes[i+1] == "":
			out = slices.Delete(out, at, at+2)
		default:
			out[at+1] = changes[i+1]
		}
	}
	return out
}

func TestRequestsForTokensThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		changes []string
		status  int
		code    string
	}{
		"no grant type":         {[]string{"grant_type", ""}, 400, "invalid_request"},
		"client credentials":    {[]string{"grant_type", "client_credentials"}, 400, "unsupported_grant_type"},
		"password":              {[]string{"grant_type", "password"}, 400, "unsupported_grant_type"},
		"no client":             {[]string{"client_id", ""}, 401, "invalid_client"},
		"unknown client":        {[]string{"client_id", "other"}, 401, "invalid_client"},
		"a secret":              {[]string{"client_secret", "guess"}, 401, "invalid_client"},
		"no code":               {[]string{"code", ""}, 400, "invalid_request"},
		"unknown code":          {[]string{"code", "sandbox-code-AAAA"}, 400, "invalid_grant"},
		"no verifier":           {[]string{"code_verifier", ""}, 400, "invalid_request"},
		"wrong verifier":        {[]string{"code_verifier", strings.Repeat("w", 43)}, 400, "invalid_grant"},
		"no address":            {[]string{"redirect_uri", ""}, 400, "invalid_request"},
		"unregistered address":  {[]string{"redirect_uri", "http://localhost:1/"}, 400, "invalid_grant"},
		"no refresh token":      {[]string{"grant_type", "refresh_token"}, 400, "invalid_request"},
		"unknown refresh token": {[]string{"grant_type", "refresh_token", "refresh_token", "nonsense"}, 400, "invalid_grant"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			code, verifier := w.code(t, olivia)
			fields := []string{
				"grant_type", "authorization_code", "client_id", sandbox.ClientID, "code", code, "code_verifier", verifier, "redirect_uri", sandbox.RedirectURI,
			}
			got := w.post(t, "/oauth/token", pairs(fields, tt.changes...)...)
			if got.status != tt.status || got.Error != tt.code || got.Description == "" || got.Access != "" {
				t.Errorf("got %+v, want %d %s", got, tt.status, tt.code)
			}
			if got.cacheControl != "no-store" || got.contentType != "application/json" {
				t.Errorf("got Cache-Control %q, Content-Type %q", got.cacheControl, got.contentType)
			}
		})
	}
}

// TestFormsThatAreNone sends what is right in a wrong way.
func TestFormsThatAreNone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, verifier := w.code(t, olivia)
	fields := good()
	for name := range fields {
		fields.Del(name)
	}
	for name, value := range map[string]string{
		"grant_type": "authorization_code", "client_id": sandbox.ClientID, "code": code, "code_verifier": verifier, "redirect_uri": sandbox.RedirectURI,
	} {
		fields.Set(name, value)
	}
	twice := fields.Encode() + "&code=" + code
	for name, tt := range map[string]struct {
		method, query, media, body string
		status                     int
	}{
		"in the address": {http.MethodPost, "?" + fields.Encode(), "application/x-www-form-urlencoded", "", 400},
		"partly there":   {http.MethodPost, "?grant_type=authorization_code", "application/x-www-form-urlencoded", strings.Replace(fields.Encode(), "grant_type", "grant", 1), 400},
		"as JSON":        {http.MethodPost, "", "application/json", `{"grant_type":"authorization_code"}`, 400},
		"as nothing":     {http.MethodPost, "", "", fields.Encode(), 400},
		"twice":          {http.MethodPost, "", "application/x-www-form-urlencoded", twice, 400},
		"broken":         {http.MethodPost, "", "application/x-www-form-urlencoded", fields.Encode() + "&%zz", 400},
		"too large":      {http.MethodPost, "", "application/x-www-form-urlencoded", fields.Encode() + "&x=" + strings.Repeat("x", 70_000), 400},
		"by GET":         {http.MethodGet, "?" + fields.Encode(), "", "", 405},
	} {
		r, err := http.NewRequestWithContext(t.Context(), tt.method, w.url+"/oauth/token"+tt.query, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", tt.media)
		answer, err := new(http.Client).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != tt.status {
			t.Errorf("%s: got %d, want %d", name, answer.StatusCode, tt.status)
		}
	}
	if _, err := w.config.Exchange(t.Context(), code, oauth2.VerifierOption(verifier)); err != nil {
		t.Errorf("none of these was to use up the code: %v", err)
	}
}

func TestCodeTwiceTakesBackWhatItGave(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, verifier := w.code(t, olivia)
	token, err := w.config.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.config.Exchange(t.Context(), code, oauth2.VerifierOption(verifier)); err == nil {
		t.Error("the code worked twice")
	}
	if status, _ := w.permissions(t, token.AccessToken); status != http.StatusUnauthorized {
		t.Errorf("access: got %d, want 401", status)
	}
	if got := w.refresh(t, token.RefreshToken); got.Error != "invalid_grant" {
		t.Errorf("refresh: got %+v", got)
	}
	if got := w.counts(); got.Reuses != 1 || got.Revoked != 1 || got.Refreshes != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestCodeAfterAWrongVerifierIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, verifier := w.code(t, olivia)
	if _, err := w.config.Exchange(t.Context(), code, oauth2.VerifierOption(oauth2.GenerateVerifier())); err == nil {
		t.Error("a wrong verifier was taken")
	}
	if _, err := w.config.Exchange(t.Context(), code, oauth2.VerifierOption(verifier)); err == nil {
		t.Error("the code was still good")
	}
}

func TestOldRefreshTokenTakesBackItsFamily(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.token(t, olivia)
	first := w.token(t, olivia)
	second := w.refresh(t, first.RefreshToken)
	third := w.refresh(t, second.Refresh)
	if got := w.refresh(t, first.RefreshToken); got.status != http.StatusBadRequest || got.Error != "invalid_grant" {
		t.Errorf("got %+v", got)
	}
	for name, access := range map[string]string{"first": first.AccessToken, "second": second.Access, "third": third.Access} {
		if status, _ := w.permissions(t, access); status != http.StatusUnauthorized {
			t.Errorf("%s: got %d, want 401", name, status)
		}
	}
	if got := w.refresh(t, third.Refresh); got.Error != "invalid_grant" {
		t.Errorf("got %+v", got)
	}
	if status, _ := w.permissions(t, other.AccessToken); status != http.StatusOK {
		t.Errorf("another sign-in: got %d, want 200", status)
	}
	if got := w.counts(); got.Refreshes != 2 || got.Reuses != 1 || got.Revoked != 1 {
		t.Errorf("got %+v", got)
	}
}

// TestOfFiftyAtOnceOneWins swaps one refresh token, and one code, fifty times at once.
func TestOfFiftyAtOnceOneWins(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.token(t, olivia)
	code, verifier := w.code(t, theo)
	for name, swap := range map[string]func() reply{
		"refresh token": func() reply { return w.refresh(t, token.RefreshToken) },
		"code": func() reply {
			return w.post(t, "/oauth/token", "grant_type", "authorization_code", "code", code, "code_verifier", verifier,
				"client_id", sandbox.ClientID, "redirect_uri", sandbox.RedirectURI)
		},
	} {
		var (
			all  sync.WaitGroup
			mu   sync.Mutex
			won  int
			lost int
		)
		for range 50 {
			all.Go(func() {
				got := swap()
				mu.Lock()
				defer mu.Unlock()
				if got.status == http.StatusOK && got.Access != "" {
					won++
				}
				if got.status == http.StatusBadRequest && got.Error == "invalid_grant" {
					lost++
				}
			})
		}
		all.Wait()
		if won != 1 || lost != 49 {
			t.Errorf("%s: %d won and %d lost", name, won, lost)
		}
	}
	if got := w.counts(); got.Refreshes != 1 || got.Codes != 2 || got.Revoked != 2 {
		t.Errorf("got %+v", got)
	}
}

func TestARefreshMayAskForLess(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.token(t, olivia)
	fields := []string{"grant_type", "refresh_token", "client_id", sandbox.ClientID, "refresh_token", token.RefreshToken}
	if got := w.post(t, "/oauth/token", append(fields, "scope", "contacts:read payments:read")...); got.Error != "invalid_scope" {
		t.Errorf("more than agreed: got %+v", got)
	}
	less := w.post(t, "/oauth/token", append(fields, "scope", "contacts:read")...)
	if _, held := w.permissions(t, less.Access); less.Scope != "contacts:read" || !slices.Equal(held, []string{"client.read", "vendor.read"}) {
		t.Errorf("less: got %+v with %v", less, held)
	}
	if again := w.refresh(t, less.Refresh); again.Scope != "contacts:read contacts:write reports:read" {
		t.Errorf("afterwards: got %+v", again)
	}
}

// TestLifetimesGoByTheSandboxsClock waits without waiting.
func TestLifetimesGoByTheSandboxsClock(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, tt := range []struct {
		wait time.Duration
		ok   bool
	}{{59 * time.Second, true}, {time.Minute, false}} {
		code, verifier := w.code(t, olivia)
		w.add(tt.wait)
		if _, err := w.config.Exchange(t.Context(), code, oauth2.VerifierOption(verifier)); (err == nil) != tt.ok {
			t.Errorf("a code after %s: got %v", tt.wait, err)
		}
	}
	token := w.token(t, olivia)
	w.add(15*time.Minute - time.Second)
	if status, _ := w.permissions(t, token.AccessToken); status != http.StatusOK {
		t.Errorf("access within 15 minutes: got %d", status)
	}
	w.add(time.Second)
	status, body := w.call(t.Context(), t, token.AccessToken, "/v1/me/permissions")
	if status != http.StatusUnauthorized || !strings.Contains(string(body), "has expired") {
		t.Errorf("access after 15 minutes: got %d %s", status, body)
	}
	w.add(29 * 24 * time.Hour)
	second := w.refresh(t, token.RefreshToken)
	if second.status != http.StatusOK {
		t.Errorf("refresh within 30 days: got %+v", second)
	}
	w.add(30 * 24 * time.Hour)
	if got := w.refresh(t, second.Refresh); got.Error != "invalid_grant" {
		t.Errorf("refresh after 30 days: got %+v", got)
	}
}

func TestRevocation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	revoke := func(token string) reply {
		return w.post(t, "/oauth/revoke", "token", token, "client_id", sandbox.ClientID)
	}
	first := w.token(t, olivia)
	if got := revoke(first.AccessToken); got.status != http.StatusOK {
		t.Errorf("got %+v", got)
	}
	if status, _ := w.permissions(t, first.AccessToken); status != http.StatusUnauthorized {
		t.Errorf("a revoked access token: got %d", status)
	}
	second := w.refresh(t, first.RefreshToken)
	if got := revoke(second.Refresh); got.status != http.StatusOK {
		t.Errorf("got %+v", got)
	}
	if status, body := w.call(t.Context(), t, second.Access, "/v1/me/permissions"); status != http.StatusUnauthorized || !strings.Contains(string(body), "revoked") {
		t.Errorf("the access token of a revoked sign-in: got %d %s", status, body)
	}
	if got := w.refresh(t, second.Refresh); got.Error != "invalid_grant" {
		t.Errorf("got %+v", got)
	}
	for name, got := range map[string]reply{"again": revoke(second.Refresh), "unknown": revoke("nonsense")} {
		if got.status != http.StatusOK {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	for name, got := range map[string]reply{
		"no token":  w.post(t, "/oauth/revoke", "client_id", sandbox.ClientID),
		"no client": w.post(t, "/oauth/revoke", "token", "x"),
	} {
		if got.status < 400 || got.Error == "" {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// TestTokensOfAnotherClient uses what one client was given as another.
func TestTokensOfAnotherClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := oauth.New(oauth.Options{Now: w.now, Users: sandbox.Users(), Clients: []oauth.Client{
		{ID: sandbox.ClientID, Name: "One", RedirectURIs: []string{sandbox.RedirectURI}},
		{ID: "two", Name: "Two", RedirectURIs: []string{"https://two.example/back", sandbox.RedirectURI}},
	}})
	listening := httptest.NewServer(s)
	t.Cleanup(listening.Close)
	w.url = listening.URL
	w.config.Endpoint.AuthURL, w.config.Endpoint.TokenURL = w.url+"/oauth/authorize", w.url+"/oauth/token"
	code, verifier := w.code(t, olivia)
	as := func(path, client string, fields ...string) reply {
		return w.post(t, path, append(fields, "client_id", client)...)
	}
	swap := []string{"grant_type", "authorization_code", "code", code, "code_verifier", verifier, "redirect_uri", sandbox.RedirectURI}
	if got := as("/oauth/token", "two", swap...); got.Error != "invalid_grant" {
		t.Errorf("code: got %+v", got)
	}
	token := as("/oauth/token", sandbox.ClientID, swap...)
	if got := as("/oauth/token", "two", "grant_type", "refresh_token", "refresh_token", token.Refresh); got.Error != "invalid_grant" {
		t.Errorf("refresh: got %+v", got)
	}
	for _, secret := range []string{token.Refresh, token.Access} {
		if got := as("/oauth/revoke", "two", "token", secret); got.Error != "invalid_grant" {
			t.Errorf("revoke: got %+v", got)
		}
	}
	if access, err := s.Access(token.Access); err != nil || access.Client.Name != "One" || access.User.Email != olivia {
		t.Errorf("afterwards: got %+v, %v", access, err)
	}
}
