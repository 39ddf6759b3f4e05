package credential_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// TestStrays finds that the key to a file that cannot be read goes as well, with
// the file or when somebody signs in anew, and nobody else's key does.
func TestStrays(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(*credential.Store) error{
		"deleted":  func(s *credential.Store) error { return s.Delete(t.Context(), slot("")) },
		"replaced": func(s *credential.Store) error { _, err := s.Save(t.Context(), slot(""), key(apiKey)); return err },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			s := in(folder, nil, credential.File)
			path := save(t, s, slot(""), signIn()).Path
			save(t, s, slot("other"), signIn())
			strays, err := filepath.Glob(filepath.Join(folder, "default-*.key"))
			if err != nil || len(strays) != 1 {
				t.Fatal(strays, err)
			}
			if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := act(in(folder, nil, credential.File)); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(strays[0]); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the key is still there: %v", err)
			}
			if _, err := in(folder, nil, credential.File).Load(t.Context(), slot("other")); err != nil {
				t.Errorf("another sign-in: %v", err)
			}
		})
	}
}

// TestMeanwhile finds that somebody who signs in anew between two looks of a
// reader leaves it with the new sign-in, and not without one.
func TestMeanwhile(t *testing.T) {
	t.Parallel()
	folder, chain := t.TempDir(), newKeychain()
	save(t, in(folder, chain, credential.Auto), slot(""), signIn())
	system := chain.system()
	get, met := system.Get, false
	system.Get = func(service, account string) (string, error) {
		if !met {
			met = true
			save(t, in(folder, chain, credential.Auto), slot(""), key(apiKey))
		}
		return get(service, account)
	}
	reader := credential.New(credential.Options{Folder: folder, Mode: credential.Auto, System: system})
	c, err := reader.Load(t.Context(), slot(""))
	if err != nil || c.Kind != credential.APIKey {
		t.Errorf("got kind %v, error %v, want %v", c.Kind, err, credential.APIKey)
	}
}
