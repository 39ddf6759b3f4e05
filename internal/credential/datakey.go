package credential

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// newKey makes the key to a file and puts it where it belongs. Each sign-in has
// a new one, so that a crash between the two leaves the old pair whole.
func (s *Store) newKey(ctx context.Context, at Slot, h *Header) (Kept, error) {
	raw := make([]byte, chacha20poly1305.KeySize)
	_, _ = rand.Read(raw) // never fails: it ends the program instead
	key := secret.New(string(raw))
	kept := Kept{Path: s.path(at)}
	if s.mode != File {
		err := s.chain.set(ctx, account(at, h.KeyID), encoded(key))
		switch {
		case err == nil:
			kept.InKeychain = true
		case s.mode == Keychain || !absent(err):
			return Kept{}, &fisklapi.CredentialError{Problem: notKept(err)}
		default:
			kept.Why = err.Error()
		}
	}
	h.KeyIn = Keychain
	if !kept.InKeychain {
		h.KeyIn = File
		if err := atomicfile.Write(s.keyPath(at, h.KeyID), []byte(encoded(key).Reveal()+"\n")); err != nil {
			return Kept{}, fmt.Errorf("save the key to the sign-in: %w", err)
		}
	}
	s.remember(h.KeyID, key)
	return kept, nil
}

func notKept(err error) string {
	return err.Error() + ". Nothing was saved. Try again, or set FISKL_TOKEN_STORE to file to keep the key to the sign-in in a file that only you can read"
}

func (s *Store) remember(id string, key secret.Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[id] = key
}

// keyTo finds the key to a file.
func (s *Store) keyTo(ctx context.Context, at Slot, h Header) (secret.Secret, error) {
	if s.mode != Auto && s.mode != h.KeyIn {
		return secret.Secret{}, &fisklapi.CredentialError{Problem: fmt.Sprintf(
			"the saved sign-in has its key in the %s, and FISKL_TOKEN_STORE is %s. Unset it, or run: %s", h.KeyIn, s.mode, at.Command(h.Kind))}
	}
	s.mu.Lock()
	key, known := s.keys[h.KeyID]
	s.mu.Unlock()
	if known {
		return key, nil
	}
	text, err := s.stored(ctx, at, h)
	if err != nil {
		return secret.Secret{}, err
	}
	raw, err := base64.RawURLEncoding.DecodeString(text.Reveal())
	if err != nil || len(raw) != chacha20poly1305.KeySize {
		return secret.Secret{}, s.damaged(at)
	}
	key = secret.New(string(raw))
	s.remember(h.KeyID, key)
	return key, nil
}

// stored reads a key as it was put away.
func (s *Store) stored(ctx context.Context, at Slot, h Header) (secret.Secret, error) {
	var text secret.Secret
	var err error
	if h.KeyIn == Keychain {
		text, err = s.chain.get(ctx, account(at, h.KeyID))
	} else {
		var b []byte
		b, err = readOwn(s.keyPath(at, h.KeyID))
		text = secret.New(strings.TrimSpace(string(b)))
	}
	switch {
	case err == nil:
		return text, nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errNoEntry):
		return secret.Secret{}, &fisklapi.CredentialError{Problem: fmt.Sprintf("the key to the saved sign-in is not in the %s any more. Run: %s", h.KeyIn, at.Command(h.Kind))}
	case h.KeyIn == Keychain:
		return secret.Secret{}, &fisklapi.CredentialError{Problem: fmt.Sprintf(
			"%s, and it has the key to the saved sign-in. Unlock it and try again, or sign in without it: set FISKL_TOKEN_STORE to file and run: %s", err, at.Command(h.Kind))}
	default:
		return secret.Secret{}, &fisklapi.CredentialError{Problem: "the key to the saved sign-in cannot be used: " + err.Error()}
	}
}

// forgetKey takes a key away that opens nothing any more. One that stays does
// no harm.
func (s *Store) forgetKey(ctx context.Context, at Slot, h Header) {
	s.mu.Lock()
	delete(s.keys, h.KeyID)
	s.mu.Unlock()
	if h.KeyIn == Keychain && s.mode != File {
		_ = s.chain.remove(ctx, account(at, h.KeyID))
		return
	}
	_ = os.Remove(s.keyPath(at, h.KeyID))
}

// sweep takes away the keys in files that a sign-in left which could not be
// read, and so did not say which key was its own. The lock of the slot is held.
func (s *Store) sweep(at Slot, keep string) {
	files, err := os.ReadDir(s.folder)
	if err != nil {
		return // they do no harm
	}
	for _, f := range files {
		path := filepath.Join(s.folder, f.Name())
		if strings.HasPrefix(f.Name(), at.file()+".") && filepath.Ext(path) == ".key" && path != s.keyPath(at, keep) {
			_ = os.Remove(path) // it does no harm
		}
	}
}

func (s *Store) keyPath(at Slot, id string) string {
	return filepath.Join(s.folder, at.file()+"."+filepath.Base(id)+".key")
}

// account is what the keychain shows to the person.
func account(at Slot, id string) string { return at.name() + " " + id }

func encoded(key secret.Secret) secret.Secret {
	return secret.New(base64.RawURLEncoding.EncodeToString([]byte(key.Reveal())))
}
