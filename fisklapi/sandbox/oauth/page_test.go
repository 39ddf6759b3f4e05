package oauth_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestPagesAreComplete opens all pages and looks for what every one of them must have.
func TestPagesAreComplete(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	query := good()
	query.Del("scope")
	target := w.url + "/oauth/authorize?" + query.Encode()
	for name, p := range map[string]page{
		"sign-in":  w.open(t, target),
		"mistaken": w.send(t, w.open(t, target).form),
		"consent":  w.signIn(t, target, theo),
		"empty":    w.send(t, with(url.Values{"visit": w.signIn(t, target, theo).form["visit"]}, "answer", "allow")),
		"sorry":    w.open(t, w.url+"/oauth/authorize"),
	} {
		if strings.Contains(p.body, "{{") || !strings.HasSuffix(p.body, "</html>\n") && !strings.HasSuffix(p.body, "</html>") {
			t.Errorf("%s: not filled in:\n%s", name, p.body)
		}
		for _, want := range []string{`<html lang="en">`, "<h1>", "<title>", "Harbour &amp; Finch Studio Ltd is made up"} {
			if !strings.Contains(p.body, want) {
				t.Errorf("%s: no %s", name, want)
			}
		}
		for _, never := range []string{"<script", " style=", "http-equiv"} {
			if strings.Contains(p.body, never) {
				t.Errorf("%s: it has %s", name, never)
			}
		}
		checkHeaders(t, name, p)
	}
}

func checkHeaders(t *testing.T, name string, p page) {
	t.Helper()
	for header, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "X-Frame-Options": "DENY",
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
	} {
		if got := p.header.Get(header); got != want {
			t.Errorf("%s: %s: got %q, want %q", name, header, got, want)
		}
	}
	_, rest, _ := strings.Cut(p.body, "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	digest := sha256.Sum256([]byte(style))
	policy := p.header.Get("Content-Security-Policy")
	for _, want := range []string{
		"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'",
		"style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'",
	} {
		if !strings.Contains(policy, want) {
			t.Errorf("%s: the policy lacks %s: %s", name, want, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "script-src") {
		t.Errorf("%s: got %s", name, policy)
	}
}

func TestCookieIsKeptFromScriptsAndOtherSites(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cookies := (&http.Response{Header: w.open(t, w.asking()).header}).Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].Path != "/oauth/authorize" {
		t.Errorf("got %v", cookies)
	}
	if again := w.open(t, w.asking()).header.Get("Set-Cookie"); again != "" {
		t.Errorf("a browser that has a cookie got another: %s", again)
	}
}
