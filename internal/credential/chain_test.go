package credential_test

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// locks are what keychains say that are there and refuse.
func locks() []error {
	return []error{
		errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'"),
		errors.New("user interaction is not allowed"),
		fmt.Errorf("security: %w", &exec.ExitError{}),
		errors.New("access denied"),
	}
}

// TestLocked finds that a locked keychain is said to be locked: nothing is
// written past it, and what was saved stays.
func TestLocked(t *testing.T) {
	t.Parallel()
	for _, cause := range locks() {
		folder, chain := t.TempDir(), newKeychain()
		save(t, in(folder, chain, credential.Auto), slot(""), key(apiKey))
		before := everything(t, folder)
		chain.fail = cause
		s := in(folder, chain, credential.Auto)
		_, err := s.Load(t.Context(), slot(""))
		if got := problem(t, err); !strings.HasPrefix(got, "the keychain is locked, or did not let this program in") || !strings.HasSuffix(got, "FISKL_TOKEN_STORE to file and run: fiskl-mcp login") {
			t.Errorf("reading: got %q, want that the keychain is locked, and a remedy", got)
		}
		_, err = s.Save(t.Context(), slot(""), key(apiKey))
		if got := problem(t, err); !strings.Contains(got, "is locked") || !strings.Contains(got, "Nothing was saved") {
			t.Errorf("saving: got %q, want that it is locked and nothing was saved", got)
		}
		if everything(t, folder) != before {
			t.Error("files were changed")
		}
		chain.fail = nil
		if _, err := s.Load(t.Context(), slot("")); err != nil {
			t.Errorf("unlocked again: %v", err)
		}
	}
}

// TestAbsent finds what is done where there is no keychain.
func TestAbsent(t *testing.T) {
	t.Parallel()
	for _, cause := range []error{
		keyring.ErrUnsupportedPlatform,
		&exec.Error{Name: "dbus-launch", Err: exec.ErrNotFound},
		errors.New("The name org.freedesktop.secrets was not provided by any .service files"),
	} {
		chain := newKeychain()
		chain.fail = cause
		folder := t.TempDir()
		kept := save(t, in(folder, chain, credential.Auto), slot(""), key(apiKey))
		if kept.InKeychain || !strings.HasPrefix(kept.Why, "there is no keychain ") {
			t.Errorf("kept %+v", kept)
		}
		if _, err := in(folder, chain, credential.Auto).Load(t.Context(), slot("")); err != nil || chain.gets != 0 {
			t.Errorf("got error %v and %d questions to the keychain, want none", err, chain.gets)
		}
		_, err := in(t.TempDir(), chain, credential.Keychain).Save(t.Context(), slot(""), key(apiKey))
		if got := problem(t, err); !strings.Contains(got, "there is no keychain") || !strings.Contains(got, "FISKL_TOKEN_STORE") {
			t.Errorf("where nothing else will do: got %q, want that there is no keychain, and a remedy", got)
		}
	}
}

// TestHangs finds that a keychain that does not answer is asked once, and
// waited for no longer than patience lasts; what it says in the end counts.
func TestHangs(t *testing.T) {
	t.Parallel()
	folder, chain := t.TempDir(), newKeychain()
	save(t, in(folder, chain, credential.Auto), slot(""), key(apiKey))
	chain.open = make(chan struct{})
	s := waiting(folder, chain, credential.Auto, 30*time.Millisecond)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			_, err := s.Load(t.Context(), slot(""))
			if got := problem(t, err); !strings.HasPrefix(got, "the keychain did not answer within 30ms; it may be waiting for you to unlock it") {
				t.Errorf("got %q, want that the keychain did not answer within 30ms", got)
			}
		})
	}
	all.Wait()
	chain.mu.Lock()
	if chain.gets != 1 {
		t.Errorf("the person was asked %d times", chain.gets)
	}
	close(chain.open)
	chain.mu.Unlock()
	for {
		if _, err := s.Load(t.Context(), slot("")); err == nil {
			break
		}
	}
}

// TestGone finds what is said when only the keychain forgot.
func TestGone(t *testing.T) {
	t.Parallel()
	folder, chain := t.TempDir(), newKeychain()
	for command, c := range map[string]credential.Credential{"fiskl-mcp login --profile acme": key(apiKey), "fiskl-mcp login --oauth --profile acme": signIn()} {
		save(t, in(folder, chain, credential.Auto), slot("acme"), c)
		clear(chain.held)
		_, err := in(folder, chain, credential.Auto).Load(t.Context(), slot("acme"))
		if got := problem(t, err); got != "the key to the saved sign-in is not in the keychain any more. Run: "+command {
			t.Errorf("got %q, want that the key is gone, and %s", got, command)
		}
	}
}

// TestMode finds that a keychain that the person does not want is never asked,
// and that a file is not used where they want the keychain.
func TestMode(t *testing.T) {
	t.Parallel()
	folder, chain := t.TempDir(), newKeychain()
	save(t, in(folder, chain, credential.File), slot("filed"), key(apiKey))
	save(t, in(folder, chain, credential.Keychain), slot("chained"), key(apiKey+"6"))
	if len(chain.held) != 1 {
		t.Errorf("the keychain holds %d", len(chain.held))
	}
	for name, mode := range map[string]credential.Mode{"chained": credential.File, "filed": credential.Keychain} {
		_, err := in(folder, chain, mode).Load(t.Context(), slot(name))
		if got := problem(t, err); !strings.Contains(got, "and FISKL_TOKEN_STORE is "+string(mode)) {
			t.Errorf("got %q, want that FISKL_TOKEN_STORE is %s", got, mode)
		}
	}
	if chain.gets != 0 {
		t.Error("the keychain was asked")
	}
}
