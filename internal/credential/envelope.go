package credential

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// version is that of the files.
const version = 1

// Header is what a file says in the clear. It is authenticated along with the
// rest.
type Header struct {
	Version   int       `json:"version"`
	ID        string    `json:"id"` // see [Credential]
	Name      string    `json:"name"`
	BaseURL   string    `json:"base_url"`
	Kind      Kind      `json:"kind"`
	Digest    string    `json:"digest,omitempty"`     // of an API key; it does not give the key away
	KeyIn     Mode      `json:"key_in"`               // Keychain or File
	CompanyID companyID `json:"company_id,omitempty"` // none if Fiskl did not say
	KeyID     string    `json:"key_id"`
}

// envelope is a file.
type envelope struct {
	Header

	Sealed []byte `json:"sealed"` // the nonce, and then what was encrypted
}

func (e envelope) open(key secret.Secret) (Credential, error) {
	aead, header, err := e.cipher(key)
	if err != nil || len(e.Sealed) < aead.NonceSize() {
		return Credential{}, errUnpackable
	}
	plain, err := aead.Open(nil, e.Sealed[:aead.NonceSize()], e.Sealed[aead.NonceSize():], header)
	if err != nil {
		return Credential{}, errUnpackable
	}
	return unpack(plain)
}

// seal encrypts a credential. A nonce of this length may be random.
func (h Header) seal(key secret.Secret, c Credential) (envelope, error) {
	e := envelope{Header: h}
	aead, header, err := e.cipher(key)
	if err != nil {
		return envelope{}, err
	}
	plain, err := pack(c)
	if err != nil {
		return envelope{}, err
	}
	nonce := make([]byte, aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails: it ends the program instead
	e.Sealed = aead.Seal(nonce, nonce, plain, header)
	return e, nil
}

// cipher is what seals and opens, and the header, which is sealed along.
func (h Header) cipher(key secret.Secret) (cipher.AEAD, []byte, error) {
	header, err := json.Marshal(h)
	if err != nil {
		return nil, nil, err
	}
	aead, err := chacha20poly1305.NewX([]byte(key.Reveal()))
	return aead, header, err
}

// read reads the file of a slot. It has to be that slot's: who copies a file
// does not make one company of two.
func (s *Store) read(at Slot) (envelope, error) {
	if s.folder == "" {
		return envelope{}, ErrNone
	}
	text, err := readOwn(s.path(at))
	if errors.Is(err, fs.ErrNotExist) {
		return envelope{}, ErrNone
	}
	if err != nil {
		return envelope{}, &fisklapi.CredentialError{Problem: "the saved sign-in cannot be used: " + err.Error()}
	}
	var e envelope
	if err := json.Unmarshal(text, &e); err != nil || e.Version == 0 {
		return envelope{}, s.damaged(at)
	}
	if e.Version != version {
		return envelope{}, &fisklapi.CredentialError{Problem: "the saved sign-in was made by a newer version of this program. Update it, or run: " + at.Command(e.Kind)}
	}
	if e.Name != at.name() || e.BaseURL != at.root() {
		return envelope{}, s.damaged(at)
	}
	return e, nil
}

// write replaces the file of a slot.
func (s *Store) write(at Slot, h Header, c Credential) error {
	h.Version = version
	s.mu.Lock()
	key, known := s.keys[h.KeyID]
	s.mu.Unlock()
	if !known {
		return errors.New("the key to the saved sign-in is not known")
	}
	e, err := h.seal(key, c)
	if err != nil {
		return fmt.Errorf("save the sign-in: %w", err)
	}
	text, err := json.Marshal(e)
	if err == nil {
		err = atomicfile.Write(s.path(at), append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("save the sign-in: %w", err)
	}
	return nil
}

// alone refuses an API key that another name has, and returns the names that
// open the same company by other means.
func (s *Store) alone(at Slot, c Credential) (also []string, err error) {
	files, err := os.ReadDir(s.folder)
	if err != nil {
		return nil, fmt.Errorf("look for other sign-ins: %w", err)
	}
	for _, f := range files {
		other, ok := headerOf(filepath.Join(s.folder, f.Name()))
		switch {
		case !ok || other.BaseURL != at.root() || other.Name == at.name():
		case other.Digest != "" && other.Digest == c.digest():
			return nil, &fisklapi.CredentialError{Problem: fmt.Sprintf(
				"this key is saved for %s already, and one key is one company: make another in Fiskl for %s, or sign out there first (%s)", other.Name, at.name(), signOut(other.Name))}
		case other.CompanyID != "" && other.CompanyID == companyID(c.Company.ID):
			also = append(also, other.Name)
		}
	}
	return also, nil
}

// signOut is what the person runs to sign out of another name.
func signOut(name string) string {
	if name == DefaultName {
		return "fiskl-mcp logout"
	}
	return "fiskl-mcp logout --profile " + name
}

// headerOf reads what a file says in the clear. One that cannot be used has
// nothing to say.
func headerOf(path string) (h Header, ok bool) {
	if filepath.Ext(path) != ".json" {
		return Header{}, false
	}
	text, err := readOwn(path)
	return h, err == nil && json.Unmarshal(text, &h) == nil
}
