package credential_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

const (
	apiKey = "fsk_canaryKey12345"
	api    = "https://api.fiskl.com"
)

// keychain is one in memory.
type keychain struct {
	mu   sync.Mutex
	held map[string]string
	fail error         // what every question is answered with
	open chan struct{} // unless nil, answers wait until it is closed
	gets int
}

func (k *keychain) system() credential.System {
	return credential.System{
		Get: func(service, account string) (string, error) {
			k.mu.Lock()
			k.gets++
			wait, fail := k.open, k.fail
			k.mu.Unlock()
			if wait != nil {
				<-wait
			}
			k.mu.Lock()
			defer k.mu.Unlock()
			text, ok := k.held[service+"/"+account]
			if fail == nil && !ok {
				fail = keyring.ErrNotFound
			}
			return text, fail
		},
		Set: func(service, account, text string) error {
			k.mu.Lock()
			defer k.mu.Unlock()
			if k.fail == nil {
				k.held[service+"/"+account] = text
			}
			return k.fail
		},
		Delete: func(service, account string) error {
			k.mu.Lock()
			defer k.mu.Unlock()
			delete(k.held, service+"/"+account)
			return k.fail
		},
	}
}

func newKeychain() *keychain { return &keychain{held: make(map[string]string)} }

// in is a store in a folder.
func in(folder string, k *keychain, mode credential.Mode) *credential.Store {
	return waiting(folder, k, mode, 0)
}

// waiting is a store in a folder that waits for the keychain for so long.
func waiting(folder string, k *keychain, mode credential.Mode, patience time.Duration) *credential.Store {
	o := credential.Options{Folder: folder, Mode: mode, Patience: patience}
	if k != nil {
		o.System = k.system()
	}
	return credential.New(o)
}

func slot(name string) credential.Slot { return credential.Slot{BaseURL: api, Name: name} }

func key(text string) credential.Credential {
	return credential.Credential{Kind: credential.APIKey, Key: secret.New(text), Company: credential.Company{ID: "7", Name: "Harbour"}}
}

func signIn() credential.Credential {
	at := time.Date(2026, time.November, 22, 16, 0, 0, 0, time.UTC)
	return credential.Credential{Kind: credential.OAuth, Saved: at, Grant: credential.Grant{
		Access: secret.New("canaryAccess"), Refresh: secret.New("canaryRefresh"), Obtained: at, Expiry: at.Add(time.Hour),
		Scopes: []string{"invoicing:read"}, Doubted: true, Asked: at,
		Server: credential.Server{
			Issuer: "https://i.example", TokenURL: "https://i.example/t", RevokeURL: "https://i.example/r",
			ClientID: "fiskl-mcp", SecretFile: "/s", Basic: true,
		},
	}}
}

func save(t *testing.T, s *credential.Store, at credential.Slot, c credential.Credential) credential.Kept {
	t.Helper()
	kept, err := s.Save(t.Context(), at, c)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// problem is what a person is told.
func problem(t *testing.T, err error) string {
	t.Helper()
	e, ok := errors.AsType[*fisklapi.CredentialError](err)
	if !ok {
		t.Fatalf("got %v, want what a person has to see to", err)
	}
	return e.Problem
}

// everything is all that lies in a folder.
func everything(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(f.Name() + "\n" + string(text) + "\n")
	}
	return b.String()
}
