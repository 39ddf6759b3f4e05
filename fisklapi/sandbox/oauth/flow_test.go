package oauth_test

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/oauthex"
	"golang.org/x/oauth2"
)

// TestFromTheAddressOfTheAPIToItsAnswer goes the whole way as a client that knows nothing but the API's address.
func TestFromTheAddressOfTheAPIToItsAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	resource, err := oauthex.GetProtectedResourceMetadata(t.Context(), w.url+"/.well-known/oauth-protected-resource/v1", w.url+"/v1", new(http.Client))
	if err != nil {
		t.Fatal(err)
	}
	server, err := auth.GetAuthServerMetadata(t.Context(), resource.AuthorizationServers[0], new(http.Client))
	if err != nil || server == nil {
		t.Fatalf("got %v, %v", server, err)
	}
	config := w.config
	config.Endpoint = oauth2.Endpoint{AuthURL: server.AuthorizationEndpoint, TokenURL: server.TokenEndpoint} // It has to find out how to name itself.
	verifier := oauth2.GenerateVerifier()
	consent := w.signIn(t, config.AuthCodeURL("some state", oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("resource", resource.Resource)), olivia)
	sent := w.send(t, with(without(consent.form, "contacts:write"), "answer", "allow"))
	if sent.status != http.StatusSeeOther || sent.answer("state") != "some state" || sent.answer("iss") != server.Issuer {
		t.Fatalf("got %d to %v", sent.status, sent.location)
	}
	if back := sent.location.Scheme + "://" + sent.location.Host + sent.location.Path; back != config.RedirectURL {
		t.Errorf("sent back to %s", back)
	}
	token, err := config.Exchange(t.Context(), sent.answer("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	if scope := token.Extra("scope"); scope != "contacts:read reports:read" {
		t.Errorf("got scope %v", scope)
	}
	if token.TokenType != "Bearer" || token.ExpiresIn != 900 {
		t.Errorf("got a %s token for %d seconds", token.TokenType, token.ExpiresIn)
	}
	want := []string{"client.read", "vendor.read", "report.read", "report.export"}
	if status, held := w.permissions(t, token.AccessToken); status != http.StatusOK || !slices.Equal(held, want) {
		t.Errorf("got %d %v, want %v", status, held, want)
	}
	for path, want := range map[string]int{"/v1/clients": http.StatusOK, "/v1/invoices": http.StatusForbidden} {
		if status, body := w.call(t.Context(), t, token.AccessToken, path); status != want {
			t.Errorf("%s: got %d %s, want %d", path, status, body, want)
		}
	}
}

func TestBothAddressesOfTheResourceSayTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	short := w.open(t, w.url+"/.well-known/oauth-protected-resource")
	long := w.open(t, w.url+"/.well-known/oauth-protected-resource/v1")
	if short.status != http.StatusOK || short.body != long.body || !strings.Contains(short.body, `"`+w.url+`/v1"`) {
		t.Errorf("got %d %s and %s", short.status, short.body, long.body)
	}
}

func TestClientRefreshesByItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.token(t, olivia)
	w.add(16 * time.Minute)
	if status, _ := w.permissions(t, first.AccessToken); status != http.StatusUnauthorized {
		t.Errorf("after 16 minutes: got %d, want 401", status)
	}
	stale := *first
	stale.Expiry = time.Now().Add(-time.Minute)
	second, err := w.config.TokenSource(t.Context(), &stale).Token()
	if err != nil {
		t.Fatal(err)
	}
	if second.RefreshToken == first.RefreshToken || second.AccessToken == first.AccessToken {
		t.Error("the tokens did not change")
	}
	if status, held := w.permissions(t, second.AccessToken); status != http.StatusOK || len(held) == 0 {
		t.Errorf("got %d %v", status, held)
	}
	if got := w.counts(); got.Codes != 1 || got.Refreshes != 1 || got.Reuses != 0 || got.Revoked != 0 {
		t.Errorf("got %+v", got)
	}
}

// TestPermissionsAreThoseOfUserAndScopes lets somebody agree to more than he may do himself.
func TestPermissionsAreThoseOfUserAndScopes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.config.Scopes = []string{"contacts:read", "contacts:write", "reports:read", "payments:write"}
	token := w.token(t, theo)
	if scope := token.Extra("scope"); scope != "contacts:read contacts:write payments:write reports:read" {
		t.Errorf("got scope %v", scope)
	}
	want := []string{"client.read", "client.write", "payment.write"}
	if _, held := w.permissions(t, token.AccessToken); !slices.Equal(held, want) {
		t.Errorf("got %v, want %v", held, want)
	}
	status, body := w.call(t.Context(), t, token.AccessToken, "/v1/reports/balance-sheet")
	if status != http.StatusForbidden || !bytes.Contains(body, []byte("this access token lacks the permission report.read")) {
		t.Errorf("got %d %s", status, body)
	}
}

func TestWithoutScopesAllAreOffered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.config.Scopes = nil
	consent := w.signIn(t, w.config.AuthCodeURL("x", oauth2.S256ChallengeOption(oauth2.GenerateVerifier())), olivia)
	if got := len(consent.form["scope"]); got != 21 {
		t.Errorf("got %d scopes, want 21", got)
	}
}

func TestTrailNamesUserAndApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.config.Scopes = []string{"contacts:read", "contacts:write", "audit:read"}
	token := w.token(t, olivia)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+"/v1/clients", strings.NewReader(`{"name":"Acme"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token.AccessToken)
	r.Header.Set("Content-Type", "application/json")
	answer, err := new(http.Client).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		t.Fatalf("got %d", answer.StatusCode)
	}
	if _, trail := w.call(t.Context(), t, token.AccessToken, "/v1/audit"); !bytes.Contains(trail, []byte("Olivia Harbour (fiskl-mcp)")) {
		t.Errorf("got %s", trail)
	}
}
