// Package export keeps files that were written for one caller about one
// company, for an hour. Nobody else can read them: each caller and company has
// a folder, and nothing but the digest of who they are leads there.
package export

import (
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// What a store holds at most.
const (
	// Life is how long a file is kept.
	Life = time.Hour

	// MostBytes is how large one file may become.
	MostBytes = 16 << 20

	maxFiles = 50
	maxKept  = 128 << 20
)

// Options say whose files are kept, and where.
type Options struct {
	// Dir is the folder of all callers' files; empty when there is none.
	Dir string

	// Owner tells the caller and the company from all others.
	Owner string

	// Save is a folder of the user's own that gets a copy of every file; empty
	// for none.
	Save string

	// Local says that the caller works on this machine and may be told where
	// their files are.
	Local bool

	// Now is the clock.
	Now func() time.Time
}

// Store keeps the files of one caller about one company. It is safe for
// concurrent use, also by several processes that share the folder.
type Store struct{ o Options }

// New returns a store. It touches nothing until the first file.
func New(o Options) *Store { return &Store{o} }

// File is a file that was written.
type File struct {
	ID      string
	Form    string // what its name ends with: csv or xlsx
	Size    int64
	Expires time.Time
	Saved   string // path of the copy; empty when there is none
	Path    string // of the file itself; empty where there is a copy, or the caller is elsewhere
}

// Types are the forms of files by what their names end with.
func Types() map[string]string {
	return map[string]string{
		"csv":  "text/csv",
		"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	}
}

// Address is where the file can be read.
func (f File) Address() schemas.Address {
	return schemas.Address{Path: "exports/" + f.ID, Name: "export." + f.Form, Form: Types()[f.Form], Size: f.Size}
}

// Error says why a file was not written. Nothing of it is left.
type Error struct {
	Problem string // a clause that says what to do
	cause   error
}

func (e *Error) Error() string { return e.Problem }

// Unwrap returns what caused the error.
func (e *Error) Unwrap() error { return e.cause }

// ErrGone is a file that does not exist, has expired or is another caller's:
// which of these is not told.
var ErrGone = errors.New("export: there is no such file")

// Create has write write a file, and say what a copy of it is to be called.
func (s *Store) Create(form string, write func(io.Writer) (name string, err error)) (File, error) {
	Sweep(s.o.Dir, s.o.Now())
	folder, err := s.ready()
	if err != nil {
		return File{}, err
	}
	if err := s.room(folder); err != nil {
		return File{}, err
	}
	f, bounded := File{ID: newID(), Form: form, Expires: s.o.Now().Add(Life).UTC()}, &bounded{}
	var name string
	var told error // why, as whoever asked is to hear it
	err = atomicfile.Replace(filepath.Join(folder, f.ID+"."+form), func(part *os.File) error {
		bounded.w = part
		var failed error
		name, failed = write(bounded)
		told = bounded.explain(folder, failed)
		return told
	}, func(part string) error {
		if f.Saved, told = s.save(part, name, form); told != nil {
			return told
		}
		return os.Chtimes(part, s.o.Now(), s.o.Now()) // the age counts by the clock of the store
	})
	switch f.Size = bounded.written; {
	case told != nil:
		return File{}, told
	case err != nil && !errors.Is(err, atomicfile.ErrUnsynced): // it is there for an hour
		_ = os.Remove(f.Saved) // the copy, where there is one
		return File{}, unwritten(folder, err)
	default:
		if s.o.Local && f.Saved == "" {
			f.Path = filepath.Join(folder, f.ID+"."+form)
		}
		return f, nil
	}
}

// Open reads a file back.
func (s *Store) Open(id string) (File, []byte, error) {
	if !isID(id) || s.o.Dir == "" {
		return File{}, nil, ErrGone
	}
	for form := range Types() {
		path := filepath.Join(s.folder(), id+"."+form)
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() || expired(info, s.o.Now()) {
			continue
		}
		b, err := os.ReadFile(path) //nolint:gosec // the path is made of a digest and of letters that were looked at
		if errors.Is(err, fs.ErrNotExist) {
			break // swept just now
		}
		if err != nil {
			return File{}, nil, fmt.Errorf("read an export: %w", err)
		}
		return File{ID: id, Form: form, Size: int64(len(b)), Expires: info.ModTime().Add(Life).UTC()}, b, nil
	}
	return File{}, nil, ErrGone
}

// folder is that of the caller and company.
func (s *Store) folder() string {
	return filepath.Join(s.o.Dir, digest.Of("fiskl-mcp export\n"+s.o.Owner))
}

// ready makes the folder.
func (s *Store) ready() (string, error) {
	if s.o.Dir == "" {
		return "", &Error{Problem: "there is no folder to keep the file in. Set FISKL_STATE_DIR"}
	}
	folder := s.folder()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", unwritten(folder, err)
	}
	return folder, nil
}

// room refuses one file too many.
func (s *Store) room(folder string) error {
	files, err := os.ReadDir(folder)
	if err != nil {
		return unwritten(folder, err)
	}
	var bytes int64
	for _, f := range files {
		if info, err := f.Info(); err == nil {
			bytes += info.Size()
		}
	}
	if len(files) >= maxFiles || bytes+MostBytes > maxKept {
		return &Error{Problem: fmt.Sprintf(
			"%d files with %d MB were made in the last hour, which is as much as is kept. Read one of them, or wait until the oldest is gone", len(files), bytes>>20)}
	}
	return nil
}

// newID cannot be guessed: it has 130 bits that nobody chose.
func newID() string {
	var b [17]byte
	_, _ = rand.Read(b[:]) // never fails: it ends the program instead
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])[:idLength])
}

const idLength = 26

func isID(s string) bool {
	return len(s) == idLength && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

func unwritten(folder string, err error) error {
	return &Error{Problem: fmt.Sprintf("the file could not be written to %s: %v. Nothing of it is left", folder, reason(err)), cause: err}
}

// reason is what went wrong, without the path that the sentence names.
func reason(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}
