package login_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/freeport"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
)

// clock is one that a test sets.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock {
	return &clock{at: time.Date(2026, time.November, 22, 16, 0, 0, 0, time.UTC)}
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// visit goes to a page as a browser does, and returns where it ended up.
func visit(t *testing.T, address string) (status int, page string, headers http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Error(err)
		return 0, "", nil
	}
	res, err := http.DefaultClient.Do(req) //nolint:forbidigo // a browser
	if err != nil {
		t.Error(err)
		return 0, "", nil
	}
	defer res.Body.Close() //nolint:errcheck // it was only read
	var b strings.Builder
	if _, err := io.Copy(&b, res.Body); err != nil {
		t.Error(err)
	}
	return res.StatusCode, b.String(), res.Header
}

// browser signs in at a fake, with a person who goes where they are sent.
func browser(t *testing.T, f *fake) login.Browser {
	t.Helper()
	place, err := login.Find(t.Context(), login.Addresses{API: f.URL}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return login.Browser{
		Place: place, ClientID: "fiskl-mcp", Port: freeport.Take(t), Now: newClock().now,
		Show: func(address string) { beside(t, func() { visit(t, address) }) },
	}
}

// beside does something that may go on for a moment when all is said.
func beside(t *testing.T, do func()) {
	t.Helper()
	done := make(chan struct{})
	t.Cleanup(func() { <-done })
	go func() {
		defer close(done)
		do()
	}()
}

// desk is where a saved sign-in is used.
type desk struct {
	*fake

	clock  *clock
	folder string
	slot   credential.Slot
}

// signedIn is a desk after signing in.
func signedIn(t *testing.T, adjust ...func(*fake)) desk {
	t.Helper()
	f := newFake(t)
	for _, a := range adjust {
		a(f)
	}
	d := desk{fake: f, clock: newClock(), folder: t.TempDir(), slot: credential.Slot{BaseURL: f.URL}}
	d.signIn(t)
	return d
}

func (d desk) signIn(t *testing.T) {
	t.Helper()
	b := browser(t, d.fake)
	b.Now = d.clock.now
	grant, err := b.SignIn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.store().Save(t.Context(), d.slot, credential.Credential{Kind: credential.OAuth, Grant: grant, Company: credential.Company{ID: "7"}}); err != nil {
		t.Fatal(err)
	}
}

func (d desk) store() *credential.Store {
	return credential.New(credential.Options{Folder: d.folder, Mode: credential.File})
}

func (d desk) source() *login.Source {
	return login.NewSource(login.Options{Store: d.store(), Slot: d.slot, None: "Nobody signed in.", Now: d.clock.now})
}

// call makes a call to the API, and returns what came of it.
func (d desk) call(ctx context.Context, source oauth2.TokenSource) error {
	api, err := fisklapi.New(fisklapi.Options{TokenSource: source, BaseURL: d.URL, Rate: -1})
	if err != nil {
		return err
	}
	_, err = api.Permissions.List(ctx)
	return err
}

// problem is what a person is told.
func problem(t *testing.T, err error) string {
	t.Helper()
	if e, ok := errors.AsType[*fisklapi.CredentialError](err); ok {
		return e.Problem
	}
	if e, ok := errors.AsType[*fisklapi.Error](err); ok && e.Kind == fisklapi.Unauthorized {
		return e.Message
	}
	t.Fatalf("got %v, want what a person has to see to", err)
	return ""
}
