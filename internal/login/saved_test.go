package login_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestCannotSave takes the folder away while the server answers. The new tokens
// are the only ones that renew anything: they are kept until they are saved,
// and used only then.
func TestCannotSave(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	d.clock.add(time.Hour)
	away := d.folder + "-away"
	d.answered = func() {
		if err := os.Rename(d.folder, away); err != nil {
			t.Error(err)
		}
	}
	source := d.source()
	got := problem(t, d.call(t.Context(), source))
	if !strings.HasPrefix(got, "the renewed sign-in cannot be saved (") {
		t.Errorf("got %q", got)
	}
	if got := problem(t, d.call(t.Context(), source)); !strings.HasPrefix(got, "the renewed sign-in cannot be saved (") {
		t.Errorf("still: %q", got)
	}
	if err := os.Rename(away, d.folder); err != nil {
		t.Fatal(err)
	}
	other := make(chan error, 1)
	go func() { other <- d.call(t.Context(), d.source()) }() // another process: it waits
	if err := d.call(t.Context(), source); err != nil {
		t.Errorf("once there is room: %v", err)
	}
	if err := <-other; err != nil {
		t.Errorf("another process: %v", err)
	}
	if got := d.counts(); got != 1 {
		t.Errorf("renewed %d times", got)
	}
}

// TestUnwritable finds that nothing is asked for that could not be saved.
func TestUnwritable(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	d.clock.add(time.Hour)
	source := d.source()
	if _, err := source.Show(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(d.folder); err != nil {
		t.Fatal(err)
	}
	if got := problem(t, d.call(t.Context(), source)); got != "Nobody signed in." {
		t.Errorf("got %q", got)
	}
	if got := d.counts(); got != 0 {
		t.Errorf("asked %d times", got)
	}
}

// TestSomebodyElse finds that a running program sees who signs in and out, and
// never goes over to other books by itself.
func TestSomebodyElse(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	source := d.source()
	save := func(c credential.Credential) {
		if _, err := d.store().Save(t.Context(), d.slot, c); err != nil {
			t.Fatal(err)
		}
	}
	keyOf := func(company schemas.ID) credential.Credential {
		return credential.Credential{Kind: credential.APIKey, Key: secret.New("fsk_canary" + string(company)), Company: credential.Company{ID: company}}
	}
	if _, err := source.Token(); err != nil {
		t.Fatal(err)
	}
	save(keyOf("7"))
	if token, err := source.Token(); err != nil || token.AccessToken != "fsk_canary7" {
		t.Errorf("the same company's key: got %v", err)
	}
	save(keyOf("8"))
	if _, err := source.Token(); !strings.HasPrefix(problem(t, err), "somebody signed in anew since this server started") {
		t.Errorf("got %v", err)
	}
	if err := d.store().Delete(t.Context(), d.slot); err != nil {
		t.Fatal(err)
	}
	if _, err := source.Token(); problem(t, err) != "Nobody signed in." {
		t.Errorf("got %v", err)
	}
	taken := login.NewSource(login.Options{Store: d.store(), Slot: d.slot, Taken: map[string]string{secret.New("fsk_canary8").Digest(): "acme"}})
	save(keyOf("8"))
	if _, err := taken.Token(); !strings.HasPrefix(problem(t, err), "acme has the same API key") {
		t.Errorf("got %v", err)
	}
}

// TestRefusedKey finds what is said of a saved key that Fiskl does not take,
// and that another is found as soon as it is saved.
func TestRefusedKey(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	for _, text := range []string{"fsk_canaryOld", "fsk_canaryNew"} {
		if _, err := d.store().Save(t.Context(), d.slot, credential.Credential{Kind: credential.APIKey, Key: secret.New(text), Company: credential.Company{ID: "7"}}); err != nil {
			t.Fatal(err)
		}
	}
	err := d.call(t.Context(), d.source())
	if got := problem(t, err); !strings.HasPrefix(got, "Fiskl did not accept the saved API key") || !strings.HasSuffix(got, "run: fiskl-mcp login") {
		t.Errorf("got %q", got)
	}
	if e, ok := errors.AsType[*fisklapi.Error](err); !ok || e.OutcomeUnknown {
		t.Errorf("got %+v", err)
	}
	d.mu.Lock()
	d.access = []string{"fsk_canaryNew"}
	d.mu.Unlock()
	if err := d.call(t.Context(), d.source()); err != nil {
		t.Error(err)
	}
}
