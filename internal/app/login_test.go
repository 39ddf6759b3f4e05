package app

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// TestLoginWithKey signs in with a key as a script does, uses it and signs out.
func TestLoginWithKey(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if got := h.run("", "call", "list_taxes"); got.code != exitFailed || !strings.Contains(got.err, "or save one with fiskl-mcp login") {
		t.Errorf("before: %+v", got)
	}
	got := h.run(sandbox.KeyReadOnly+"\n", "login")
	if got.code != exitOK || !strings.HasPrefix(got.out, "Signed in to Harbour & Finch Studio Ltd with API key fsk_sand…, which holds ") || !strings.Contains(got.out, "in a file that only you can read: there is no keychain here") {
		t.Fatalf("got %+v", got)
	}
	if strings.Contains(h.kept()+got.out+got.err, sandbox.KeyReadOnly) {
		t.Error("the key lies open")
	}
	if got := h.run("", "call", "list_taxes"); got.code != exitOK || !strings.Contains(got.out, "VAT Standard") {
		t.Errorf("got %+v", got)
	}
	got = h.run("", "whoami")
	for _, want := range []string{"source        fiskl-mcp login, an API key (key to it: file)\n", "key           fsk_sand…\n", "company       Harbour & Finch Studio Ltd\n", "signed in     2026-11-22 16:00 UTC\n", " invoice.read "} {
		if got.code != exitOK || !strings.Contains(got.out, want) {
			t.Errorf("no %q in %+v", want, got)
		}
	}
	if got := h.with([]string{"FISKL_API_KEY=" + sandbox.KeyOwner}, "", "whoami", "--json"); member(t, got.out, "credentials") == nil || !strings.Contains(got.out, `"source": "FISKL_API_KEY"`) || strings.Contains(got.out, sandbox.KeyOwner) {
		t.Errorf("the environment comes first, and said %+v", got)
	}
	if got := h.run("", "logout"); got.code != exitOK || !strings.HasPrefix(got.out, "Signed out: what was saved here is deleted.\nThe API key fsk_sand… itself still works.") {
		t.Errorf("got %+v", got)
	}
	if got := h.run("", "logout"); got.code != exitOK || got.out != "Nothing was saved, so there is nothing to delete.\n" {
		t.Errorf("again: %+v", got)
	}
	if got := h.run("", "whoami"); got.code != exitFailed || !strings.Contains(got.out, "problem       no API key is set.") {
		t.Errorf("after: %+v", got)
	}
}

// TestLoginRefused finds that what cannot be used is not saved, and is never
// shown.
func TestLoginRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := filepath.Join(h.state, "two.toml")
	if err := os.WriteFile(two, []byte("[companies.acme]\n[companies.harbour]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	busy, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:"+h.port)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = busy.Close() })
	for name, c := range map[string]struct {
		env  []string
		in   string
		args []string
		code int
		want string
	}{
		"nothing":           {nil, "", nil, exitFailed, "no key was given"},
		"an empty line":     {nil, "\n" + sandbox.KeyOwner, nil, exitFailed, "no key was given"},
		"no key":            {nil, "password1\n", nil, exitFailed, "what was given does not hold a Fiskl API key"},
		"a revoked key":     {nil, sandbox.KeyRevoked, nil, exitFailed, "Fiskl does not accept the key, and nothing was saved: This API key was revoked"},
		"an unknown key":    {nil, canary, nil, exitFailed, "Fiskl does not accept the key, and nothing was saved: "},
		"no host":           {[]string{"FISKL_BASE_URL=http://127.0.0.1:1"}, sandbox.KeyOwner, nil, exitFailed, "the key could not be tried, and nothing was saved: the API's host could not be reached"},
		"the sandbox":       {nil, sandbox.KeyOwner, []string{"--sandbox"}, exitUsage, "the sandbox needs nobody to sign in"},
		"several companies": {[]string{"FISKL_CONFIG=" + two}, sandbox.KeyOwner, nil, exitUsage, "the settings file has several companies: say which one is meant with --profile (acme, harbour)"},
		"another company":   {[]string{"FISKL_CONFIG=" + two}, sandbox.KeyOwner, []string{"--profile", "acne"}, exitUsage, `FISKL_PROFILE "acne" is none of the companies`},
		"half a flag":       {nil, sandbox.KeyOwner, []string{"--no-browser"}, exitUsage, "--no-browser goes with --oauth"},
		"port in use":       {nil, "", []string{"--oauth"}, exitFailed, "port " + h.port + " is in use by another program"},
		"nothing published": {[]string{"FISKL_BASE_URL=" + h.url + "/elsewhere"}, "", []string{"--oauth"}, exitFailed, h.url + "/elsewhere does not say where to sign in. Set FISKL_OAUTH_ISSUER"},
		"no keychain":       {[]string{"FISKL_TOKEN_STORE=keychain"}, sandbox.KeyOwner, nil, exitFailed, "there is no keychain here. Nothing was saved"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := h.with(c.env, c.in, append([]string{"login"}, c.args...)...)
			if got.code != c.code || got.out != "" || !strings.HasPrefix(got.err, "fiskl-mcp: "+c.want) {
				t.Errorf("got %+v\nwant %q", got, c.want)
			}
			if strings.Contains(got.err, "canary") || strings.Contains(got.err, "password1") || strings.Contains(h.kept(), ".json\n") {
				t.Errorf("it was shown or saved: %+v", got)
			}
		})
	}
}

// TestLoginProfiles finds that each company has its own, and that one key is
// not two companies.
func TestLoginProfiles(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if err := os.MkdirAll(filepath.Join(h.state, "fiskl-mcp"), 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(h.state, "fiskl-mcp", "config.toml")
	if err := os.WriteFile(file, []byte("[companies.acme]\n[companies.harbour]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := h.run(sandbox.KeyOwner, "login", "--profile", "harbour"); got.code != exitOK {
		t.Fatalf("got %+v", got)
	}
	if got := h.run(sandbox.KeyOwner, "login", "--profile", "acme"); got.code != exitFailed || !strings.Contains(got.err, "this key is saved for harbour already") {
		t.Errorf("got %+v", got)
	}
	got := h.run("", "call", "list_taxes", "company=acme")
	if got.code != exitFailed || !strings.Contains(got.err, "no API key is set for acme.") || !strings.Contains(got.err, "or run: fiskl-mcp login --profile acme") {
		t.Errorf("got %+v", got)
	}
	if got := h.run("", "call", "list_taxes", "company=harbour"); got.code != exitOK {
		t.Errorf("got %+v", got)
	}
	if got := h.run("", "whoami"); got.code != exitFailed || strings.Count(got.out, "name  ") != 2 || strings.Count(got.out, "problem  ") != 1 {
		t.Errorf("got %+v", got)
	}
	// The same key set for the other company by hand is found at the first call.
	if err := os.WriteFile(file, []byte("[companies.acme]\napi_key = '"+sandbox.KeyOwner+"'\n[companies.harbour]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := h.run("", "call", "list_taxes", "company=harbour"); got.code != exitFailed || !strings.Contains(got.err, "acme has the same API key as the one that was saved for harbour") {
		t.Errorf("got %+v", got)
	}
	if got := h.run(sandbox.KeyReadOnly, "login", "--profile", "acme"); got.code != exitOK || !strings.Contains(got.out, "\nNote: harbour is signed in to the same company.") {
		t.Errorf("got %+v", got)
	}
}

// TestLoginThroughBrowser goes the whole way, and back.
func TestLoginThroughBrowser(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	got := h.run("", "login", "--oauth", "--log-level", "debug")
	if got.code != exitOK || !strings.HasPrefix(got.out, "Signed in to Harbour & Finch Studio Ltd with a sign-in through the browser, which holds ") {
		t.Fatalf("got %+v", got)
	}
	if !strings.Contains(got.err, "Your browser opens to sign in. If no page appears, visit:\n\n  "+h.url+"/oauth/authorize?") {
		t.Errorf("the person was told %q", got.err)
	}
	if got := h.run("", "call", "list_taxes"); got.code != exitOK {
		t.Errorf("got %+v", got)
	}
	who := h.run("", "whoami", "--json")
	if who.code != exitOK || !strings.Contains(who.out, `"expires": "2026-11-22T16:15:00Z"`) || !strings.Contains(who.out, `"invoicing:read"`) || strings.Contains(who.out, "prefix") {
		t.Errorf("got %+v", who)
	}
	if got := h.run("", "login", "--oauth"); got.code != exitOK || h.counts().Revoked != 1 {
		t.Errorf("got %+v; the server counted %+v", got, h.counts())
	}
	if got := h.run("", "call", "list_taxes"); got.code != exitOK {
		t.Errorf("got %+v", got)
	}
	if got := h.run("", "logout"); got.code != exitOK || !strings.HasSuffix(got.out, "It was revoked at Fiskl.\n") {
		t.Errorf("got %+v", got)
	}
	if c := h.counts(); c.Codes != 2 || c.Revoked != 2 || c.Reuses != 0 {
		t.Errorf("the server counted %+v", c)
	}
}

// TestLoginNobodyCame finds that a person who never comes back is waited for
// no longer than it takes.
func TestLoginNobodyCame(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var log log
	code := run(t.Context(), environment{
		args: []string{"login", "--oauth", "--no-browser"}, env: h.env(), state: h.state, now: present, timeout: 30 * time.Millisecond,
		in: strings.NewReader(""), out: &log, err: &log,
	})
	if said := log.String(); code != exitFailed || !strings.HasPrefix(said, "Visit this page in a browser on this machine to sign in:\n\n  "+h.url) || !strings.Contains(said, "the browser did not come back within 30ms. Nothing was saved") {
		t.Errorf("status %d: %s", code, said)
	}
}

// TestLoginMeanwhile signs in while a server runs: its next call succeeds.
func TestLoginMeanwhile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := launch(t, h.env("FISKL_STATE_DIR="+filepath.Join(h.state, "fiskl-mcp")), "stdio")
	c.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`)
	c.receive()
	c.send(`{"jsonrpc":"2.0","method":"notifications/initialized"}`)
	const call = `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"list_taxes","arguments":{}}}`
	c.send(call)
	if said := c.receive(); !strings.Contains(said, "or save one with fiskl-mcp login") {
		t.Errorf("before: %s", said)
	}
	if got := h.run(sandbox.KeyOwner, "login"); got.code != exitOK {
		t.Fatalf("got %+v", got)
	}
	c.send(call)
	if said := c.receive(); !strings.Contains(said, "VAT Standard") {
		t.Errorf("after: %s", said)
	}
	if got := h.run("", "logout"); got.code != exitOK {
		t.Fatalf("got %+v", got)
	}
	c.send(strings.ReplaceAll(call, "list_taxes", "list_clients"))
	if said := c.receive(); !strings.Contains(said, "or save one with fiskl-mcp login") {
		t.Errorf("signed out: %s", said)
	}
}
