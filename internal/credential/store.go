package credential

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// Mode is where the key to the files is kept.
type Mode string

// The modes.
const (
	Auto     Mode = "auto"     // in the keychain where there is one, else in a file
	Keychain Mode = "keychain" // nowhere else
	File     Mode = "file"     // without asking the keychain anything
)

// Options say where credentials are kept.
type Options struct {
	// Folder holds the files. Empty keeps nothing: there is never anything
	// saved, and saving is an error.
	Folder string

	Mode   Mode
	System System

	// Patience is how long the keychain has for an answer; 0 means ten seconds.
	Patience time.Duration
}

const defaultPatience = 10 * time.Second

// Store keeps credentials. It is safe for concurrent use, and by several
// processes. What a person has to see to is a [*fisklapi.CredentialError].
type Store struct {
	folder string
	mode   Mode
	chain  *chain

	mu   sync.Mutex
	keys map[string]secret.Secret // to files, by their ids, as they became known
}

// New returns a store. It touches nothing.
func New(o Options) *Store {
	if o.Mode == "" {
		o.Mode = Auto
	}
	if o.Patience == 0 {
		o.Patience = defaultPatience
	}
	return &Store{
		folder: o.Folder, mode: o.Mode,
		chain: &chain{system: o.System, patience: o.Patience, asked: make(map[string]*question)},
		keys:  make(map[string]secret.Secret),
	}
}

// ErrNone is why there is no credential when nobody signed in.
var ErrNone = errors.New("nothing is saved")

// Kept says how a credential was saved.
type Kept struct {
	InKeychain bool
	Why        string // why not, as a clause; empty if it was not wanted
	Path       string // of the file

	// Also are the other names under which the same company is signed in to.
	// That may be meant, or somebody was signed in to the wrong one.
	Also []string
}

// Load returns what was saved.
func (s *Store) Load(ctx context.Context, at Slot) (Credential, error) {
	e, err := s.read(at)
	if err != nil {
		return Credential{}, err
	}
	key, err := s.keyTo(ctx, at, e.Header)
	if err != nil {
		now, gone := s.read(at)
		if gone != nil || now.KeyID == e.KeyID {
			return Credential{}, err
		}
		e = now // somebody signed in anew, which takes the key to the file before away
		if key, err = s.keyTo(ctx, at, e.Header); err != nil {
			return Credential{}, err
		}
	}
	c, err := e.open(key)
	if err != nil {
		return Credential{}, s.damaged(at)
	}
	return c, nil
}

// Save keeps what a person just signed in with, in place of what was there. It
// gets an ID of its own. One API key under two names is refused: each of them
// would work on the other's books.
func (s *Store) Save(ctx context.Context, at Slot, c Credential) (Kept, error) {
	if s.folder == "" {
		return Kept{}, &fisklapi.CredentialError{Problem: "there is no folder to keep the sign-in in. Set FISKL_STATE_DIR"}
	}
	if err := os.MkdirAll(s.folder, 0o700); err != nil {
		return Kept{}, fmt.Errorf("make the folder for sign-ins: %w", err)
	}
	unlock, err := s.lockAll(ctx, at)
	if err != nil {
		return Kept{}, err
	}
	defer unlock()
	also, err := s.alone(at, c)
	if err != nil {
		return Kept{}, err
	}
	c.ID = random()
	h := Header{ID: c.ID, Name: at.name(), BaseURL: at.root(), Kind: c.Kind, Digest: c.digest(), CompanyID: companyID(c.Company.ID), KeyID: random()}
	kept, err := s.newKey(ctx, at, &h)
	if err != nil {
		return Kept{}, err
	}
	kept.Also = also
	before, beforeErr := s.read(at)
	if err := s.write(at, h, c); err != nil {
		s.forgetKey(ctx, at, h)
		return Kept{}, err
	}
	if beforeErr == nil {
		s.forgetKey(ctx, at, before.Header)
	}
	s.sweep(at, h.KeyID)
	return kept, nil
}

// Update keeps a credential whose tokens changed, and returns when it is on
// the disk. The caller holds the lock of the slot, and loaded it under it.
func (s *Store) Update(at Slot, c Credential) error {
	e, err := s.read(at)
	if err != nil {
		return err
	}
	if e.ID != c.ID {
		return &fisklapi.CredentialError{Problem: "somebody signed in anew meanwhile: try again"}
	}
	return s.write(at, e.Header, c)
}

// Delete forgets what was saved, even if it cannot be read.
func (s *Store) Delete(ctx context.Context, at Slot) error {
	if s.folder == "" {
		return ErrNone
	}
	if _, err := s.Stat(at); err != nil {
		return err
	}
	unlock, err := s.Lock(ctx, at)
	if err != nil {
		return err
	}
	defer unlock()
	e, readErr := s.read(at)
	if err := os.Remove(s.path(at)); err != nil {
		return fmt.Errorf("delete the sign-in: %w", err)
	}
	if readErr == nil {
		s.forgetKey(ctx, at, e.Header)
	}
	s.sweep(at, "")
	return atomicfile.SyncFolder(s.folder)
}

// Stat describes the file, so that a change of it can be seen.
func (s *Store) Stat(at Slot) (fs.FileInfo, error) {
	if s.folder == "" {
		return nil, ErrNone
	}
	info, err := os.Lstat(s.path(at))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNone
	}
	if err != nil {
		return nil, fmt.Errorf("look for the sign-in: %w", err)
	}
	return info, nil
}

// Peek tells of what is saved without the key to it. No keychain is asked.
func (s *Store) Peek(at Slot) (Header, error) {
	e, err := s.read(at)
	return e.Header, err
}

func (s *Store) path(at Slot) string { return filepath.Join(s.folder, at.file()+".json") }

func (s *Store) damaged(at Slot) error {
	return &fisklapi.CredentialError{Problem: fmt.Sprintf("the saved sign-in is damaged, or was made on another machine (%s). Run: %s", s.path(at), at.Command(""))}
}

// random is a name that nothing else has.
func random() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return hex.EncodeToString(b)
}
