package browser_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// The places of the pages that a person uses.
const (
	email    = chromedp.CSS("#email")
	password = chromedp.CSS("#password")
	main     = chromedp.CSS("button.main")
	alert    = chromedp.CSS("#alert")
	scopes   = chromedp.CSS("fieldset")
	thanks   = chromedp.CSS("#thanks")
)

// app is a client of the sandbox that waits for the browser to come back.
type app struct {
	config   oauth2.Config
	verifier string
	api      string
	back     chan url.Values
}

func register(t *testing.T) *app {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	a := &app{verifier: oauth2.GenerateVerifier(), back: make(chan url.Values, 1)}
	callback := &http.Server{Handler: http.HandlerFunc(a.callback)}
	go func() { _ = callback.Serve(listener) }()
	t.Cleanup(func() { _ = callback.Close() })
	redirect := fmt.Sprintf("http://localhost:%d/callback", listener.Addr().(*net.TCPAddr).Port)
	box := httptest.NewServer(sandbox.New(sandbox.Options{RedirectURIs: []string{redirect}}))
	t.Cleanup(box.Close)
	a.api = box.URL + "/v1"
	a.config = oauth2.Config{
		ClientID: sandbox.ClientID, RedirectURL: redirect,
		Endpoint: oauth2.Endpoint{AuthURL: box.URL + "/oauth/authorize", TokenURL: box.URL + "/oauth/token", AuthStyle: oauth2.AuthStyleInParams},
		Scopes: []string{
			"contacts:read", "contacts:write", "invoicing:read", "invoicing:write", "payments:read", "payments:write",
			"products:read", "accounting:read", "company:read", "reports:read", "taxes:read", "audit:read",
		},
	}
	return a
}

func (a *app) callback(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/callback" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	_, _ = fmt.Fprint(w, `<!doctype html><title>Back</title><link rel="icon" href="data:,"><p id="thanks">Back at the app.</p>`)
	a.back <- r.URL.Query()
}

func (a *app) address() string {
	return a.config.AuthCodeURL("a state", oauth2.S256ChallengeOption(a.verifier))
}

// permitted asks the API for something with the token that a code gives.
func (a *app) permitted(t *testing.T, token *oauth2.Token, method, path, body string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, a.api+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := oauth2.NewClient(t.Context(), oauth2.StaticTokenSource(token)).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// TestConnectAnApp signs in, wrongly at first, clears one scope and allows the
// rest, with the mouse.
func TestConnectAnApp(t *testing.T) {
	t.Parallel()
	slowtest.Only(t)
	a, b := register(t), open(t, 1000, 900)
	b.do(t, chromedp.Navigate(a.address()), chromedp.WaitVisible(email))
	b.shots(t, "sign-in")
	b.do(t, chromedp.SendKeys(email, "olivia@harbourfinch.example"), chromedp.SendKeys(password, "guess"), chromedp.Click(main), chromedp.WaitVisible(alert))
	b.shots(t, "sign-in-wrong")
	b.do(t, chromedp.SendKeys(password, "sandbox"), chromedp.Click(main), chromedp.WaitVisible(scopes))
	b.shots(t, "consent")
	b.do(t, chromedp.Click(chromedp.CSS(`input[value="contacts:write"]`)))
	b.shot(t, "consent-one-cleared")
	b.do(t, chromedp.Click(main), chromedp.WaitVisible(thanks))
	b.shot(t, "back")

	back := <-a.back
	if back.Get("state") != "a state" || back.Get("error") != "" {
		t.Fatalf("got %v", back)
	}
	token, err := a.config.Exchange(t.Context(), back.Get("code"), oauth2.VerifierOption(a.verifier))
	if err != nil {
		t.Fatal(err)
	}
	granted := strings.Fields(token.Extra("scope").(string))
	if len(granted) != len(a.config.Scopes)-1 || strings.Contains(strings.Join(granted, " "), "contacts:write") {
		t.Errorf("got scopes %v", granted)
	}
	if got := a.permitted(t, token, http.MethodGet, "/clients", ""); got != http.StatusOK {
		t.Errorf("to look at clients: got %d", got)
	}
	if got := a.permitted(t, token, http.MethodPost, "/clients", `{"name":"Acme"}`); got != http.StatusForbidden {
		t.Errorf("to add a client: got %d, want 403", got)
	}
	b.quiet(t, "403") // The answer to a wrong password, which browsers log.
}

// TestConnectAnAppByKeyboard does the same without a mouse, as somebody whose
// role includes less.
func TestConnectAnAppByKeyboard(t *testing.T) {
	t.Parallel()
	slowtest.Only(t)
	a, b := register(t), open(t, 1000, 900)
	b.do(t, chromedp.Navigate(a.address()), chromedp.WaitVisible(email))
	b.do(t, chromedp.KeyEvent("theo@harbourfinch.example"+kb.Tab+"sandbox"+kb.Enter), chromedp.WaitVisible(scopes))
	b.do(t, chromedp.KeyEvent(kb.Tab+" "))
	b.shots(t, "consent-keyboard")
	b.do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(thanks))
	token, err := a.config.Exchange(t.Context(), (<-a.back).Get("code"), oauth2.VerifierOption(a.verifier))
	if err != nil {
		t.Fatal(err)
	}
	if granted := token.Extra("scope").(string); !strings.HasPrefix(granted, "contacts:write") {
		t.Errorf("the first box was cleared; got %s", granted)
	}
	b.quiet(t, "")
}

// TestDenyOnAPhone says no on a small screen.
func TestDenyOnAPhone(t *testing.T) {
	t.Parallel()
	slowtest.Only(t)
	a, b := register(t), open(t, 390, 844)
	b.do(t, chromedp.EmulateViewport(390, 844), chromedp.Navigate(a.address()), chromedp.WaitVisible(email))
	b.shot(t, "phone-sign-in")
	b.do(t, chromedp.SendKeys(email, "olivia@harbourfinch.example"), chromedp.SendKeys(password, "sandbox"), chromedp.Click(main), chromedp.WaitVisible(scopes))
	b.shots(t, "phone-consent")
	if wide := ask(t, b, chromedp.Evaluate[int]("document.documentElement.scrollWidth")); wide > 390 {
		t.Errorf("the page is %d wide", wide)
	}
	b.do(t, chromedp.Click(chromedp.CSS(`button[value="deny"]`)), chromedp.WaitVisible(thanks))
	if back := <-a.back; back.Get("error") != "access_denied" || back.Get("code") != "" {
		t.Errorf("got %v", back)
	}
}

// TestALinkThatLeadsNowhere follows one with an address that is not
// registered.
func TestALinkThatLeadsNowhere(t *testing.T) {
	t.Parallel()
	slowtest.Only(t)
	a, b := register(t), open(t, 1000, 900)
	a.config.RedirectURL = "https://evil.example/callback"
	b.do(t, chromedp.Navigate(a.address()), chromedp.WaitVisible(chromedp.CSS(`[role="alert"]`)))
	b.shots(t, "not-registered")
	if at := ask(t, b, chromedp.Location()); at != a.address() {
		t.Errorf("went to %s", at)
	}
}

// TestPagesCannotBeFramed puts the sign-in into a page of another site.
func TestPagesCannotBeFramed(t *testing.T) {
	t.Parallel()
	slowtest.Only(t)
	a, b := register(t), open(t, 1000, 900)
	trap := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprintf(w, `<!doctype html><title>Trap</title><iframe src="%s"></iframe><p id="thanks">Win!</p>`, a.address())
	}))
	t.Cleanup(trap.Close)
	b.do(t, chromedp.Navigate(trap.URL), chromedp.WaitVisible(thanks))
	b.complains(t, "frame-ancestors")
}
