package oauth_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func (w *world) asking() string { return w.url + "/oauth/authorize?" + good().Encode() }

func TestWrongPasswordSaysSo(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ email, password string }{
		"wrong password": {olivia, "Sandbox"},
		"no password":    {olivia, ""},
		"unknown":        {"nobody@harbourfinch.example", "sandbox"},
		"hostile":        {`"><script>alert(1)</script>{{visit}}`, "sandbox"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			form := w.open(t, w.asking()).form
			form.Set("email", tt.email)
			form.Set("password", tt.password)
			p := w.send(t, form)
			if p.status != http.StatusForbidden || !strings.Contains(p.text, "E-mail or password is wrong.") {
				t.Errorf("got %d %s", p.status, p.text)
			}
			if p.form.Get("email") != tt.email || strings.Contains(p.body, "<script") {
				t.Errorf("the page has %q for the e-mail", p.form.Get("email"))
			}
			form = with(with(p.form, "email", " OLIVIA@harbourfinch.example"), "password", "sandbox")
			if again := w.send(t, form); !strings.Contains(again.text, "What may fiskl-mcp do?") {
				t.Errorf("after the right one: %d %s", again.status, again.text)
			}
		})
	}
}

func TestDenyIsToldToTheClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	atOnce := w.send(t, with(w.open(t, w.asking()).form, "answer", "deny"))
	afterwards := w.send(t, with(w.signIn(t, w.asking(), olivia).form, "answer", "deny"))
	for name, p := range map[string]page{"on the first page": atOnce, "on the second": afterwards} {
		if p.answer("error") != "access_denied" || p.answer("state") != "s&t=a te" || p.answer("iss") != w.url || p.answer("code") != "" {
			t.Errorf("%s: got %d to %v", name, p.status, p.location)
		}
	}
}

func TestNothingTickedIsNoConsent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	consent := w.signIn(t, w.asking(), olivia)
	p := w.send(t, with(without(consent.form, "contacts:read"), "answer", "allow"))
	if p.location != nil || !strings.Contains(p.text, "Tick what it may do") {
		t.Errorf("got %d to %v: %s", p.status, p.location, p.text)
	}
	if again := w.send(t, with(p.form, "answer", "allow")); again.answer("code") == "" {
		t.Errorf("got %d %s", again.status, again.text)
	}
}

func TestWhatWasNotAskedForCannotBeTicked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.config.Scopes = []string{"contacts:read"}
	verifier := strings.Repeat("v", 43)
	consent := w.signIn(t, w.config.AuthCodeURL("x", challenge(verifier)), olivia)
	consent.form["scope"] = []string{"contacts:read", "payments:write", "nonsense"}
	code := w.send(t, with(consent.form, "answer", "allow")).answer("code")
	got := w.post(t, "/oauth/token", "grant_type", "authorization_code", "code", code, "code_verifier", verifier,
		"client_id", "fiskl-mcp", "redirect_uri", w.config.RedirectURL)
	if got.Scope != "contacts:read" {
		t.Errorf("got %+v", got)
	}
}

func TestRolesThatGiveNothingAreNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	note := "your role does not include it"
	query := good()
	query.Set("scope", "contacts:read reports:read")
	target := w.url + "/oauth/authorize?" + query.Encode()
	if got := strings.Count(w.signIn(t, target, theo).text, note); got != 1 {
		t.Errorf("theo: got %d notes, want 1", got)
	}
	if got := strings.Count(w.signIn(t, target, olivia).text, note); got != 0 {
		t.Errorf("olivia: got %d notes, want none", got)
	}
}

// TestFormsAreTakenFromTheirOwnBrowserOnly sends forms that a browser was lured into sending, or that are late.
func TestFormsAreTakenFromTheirOwnBrowserOnly(t *testing.T) {
	t.Parallel()
	for name, send := range map[string]func(*testing.T, *world, url.Values) page{
		"no visit": func(t *testing.T, w *world, form url.Values) page { //nolint:thelper // A case, not a helper.
			form.Del("visit")
			return w.send(t, form)
		},
		"made-up visit": func(t *testing.T, w *world, form url.Values) page { //nolint:thelper // As above.
			return w.send(t, with(form, "visit", "AAAAAAAAAAAAAAAAAAAAAAAAAA"))
		},
		"no cookie": func(t *testing.T, w *world, form url.Values) page { //nolint:thelper // As above.
			return visit(t, new(http.Client), http.MethodPost, w.url+"/oauth/authorize", form)
		},
		"another browser": func(t *testing.T, w *world, form url.Values) page { //nolint:thelper // As above.
			w.browser = newBrowser(t)
			w.open(t, w.asking())
			return w.send(t, form)
		},
		"after ten minutes": func(t *testing.T, w *world, form url.Values) page { //nolint:thelper // As above.
			w.add(10 * time.Minute)
			return w.send(t, form)
		},
		"a second time": func(t *testing.T, w *world, form url.Values) page { //nolint:thelper // As above.
			if first := w.send(t, form); first.answer("code") == "" {
				t.Errorf("the first time: got %d %s", first.status, first.text)
			}
			return w.send(t, form)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			consent := w.signIn(t, w.asking(), olivia)
			if p := send(t, w, with(consent.form, "answer", "allow")); p.status != http.StatusBadRequest || p.location != nil {
				t.Errorf("got %d to %v: %s", p.status, p.location, p.text)
			}
		})
	}
}

func TestFormsFromOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	consent := w.signIn(t, w.asking(), olivia)
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+"/oauth/authorize", strings.NewReader(with(consent.form, "answer", "allow").Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(name, value)
		answer, err := w.browser.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s: got %d", name, value, answer.StatusCode)
		}
	}
}

// TestTwoTabsDoNotDisturbEachOther has two sign-ins under way in one browser.
func TestTwoTabsDoNotDisturbEachOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first, second := w.signIn(t, w.asking(), olivia), w.signIn(t, w.asking(), theo)
	for name, p := range map[string]page{"first": first, "second": second} {
		if got := w.send(t, with(p.form, "answer", "allow")); got.answer("code") == "" {
			t.Errorf("%s: got %d %s", name, got.status, got.text)
		}
	}
}

func TestVisitsAreBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	last := page{}
	for range 1001 {
		last = w.open(t, w.asking())
	}
	if last.status != http.StatusBadRequest || !strings.Contains(last.text, "Too many sign-ins") {
		t.Errorf("got %d %s", last.status, last.text)
	}
	w.add(10 * time.Minute)
	if got := w.open(t, w.asking()); got.status != http.StatusOK {
		t.Errorf("ten minutes later: got %d %s", got.status, got.text)
	}
}
