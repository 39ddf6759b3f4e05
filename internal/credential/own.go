package credential

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// longest is the most bytes that a file of ours has.
const longest = 64 << 10

// errExchanged tells that another file took the place of one between the look
// at it and its opening.
var errExchanged = errors.New("it was exchanged while it was read: try again")

// readOwn reads a file with a secret, if nobody else can. Another process that
// renews a sign-in puts a new file in place of the old one, so one that was
// exchanged is read again; one that always is, is somebody's trick.
func readOwn(path string) (b []byte, err error) {
	const tries = 20
	for range tries {
		if b, err = readOnce(path); !errors.Is(err, errExchanged) {
			return b, err
		}
	}
	return nil, fmt.Errorf("read %s: %w", path, err)
}

func readOnce(path string) ([]byte, error) {
	at, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !at.Mode().IsRegular() { // a device or a pipe must not be opened at all
		return nil, fmt.Errorf("%s is not a file", path)
	}
	f, err := os.Open(path) //nolint:gosec // the path is made of a setting
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !os.SameFile(at, info):
		return nil, errExchanged
	case secret.Exposed(path, info, ""):
		return nil, fmt.Errorf("the file %s can be read by others (mode %04o). Run: chmod 600 %s", path, info.Mode().Perm(), path)
	}
	b, err := io.ReadAll(io.LimitReader(f, longest+1))
	if err == nil && len(b) > longest {
		err = fmt.Errorf("%s is too long", path)
	}
	return b, err
}

// retryAfter is how often a lock that another process holds is tried again.
const retryAfter = 5 * time.Millisecond

// lockPatience is how long one is waited for: somebody waits for the answer.
const lockPatience = 45 * time.Second

// Lock waits until no other process changes what is saved in a slot.
func (s *Store) Lock(ctx context.Context, at Slot) (unlock func(), err error) {
	return s.lock(ctx, at.file()+".lock")
}

// lockAll also keeps others from saving in any other slot.
func (s *Store) lockAll(ctx context.Context, at Slot) (unlock func(), err error) {
	all, err := s.lock(ctx, "all.lock")
	if err != nil {
		return nil, err
	}
	one, err := s.Lock(ctx, at)
	if err != nil {
		all()
		return nil, err
	}
	return func() { one(); all() }, nil
}

func (s *Store) lock(ctx context.Context, name string) (unlock func(), err error) {
	path := filepath.Join(s.folder, name)
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, &fisklapi.CredentialError{Problem: path + " is not a file. Remove it"}
	}
	ctx, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	l := flock.New(path, flock.SetPermissions(0o600))
	_, err = l.TryLockContext(ctx, retryAfter)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, &fisklapi.CredentialError{Problem: fmt.Sprintf("another process has been busy with the saved sign-in for %s. Try again, or end it", lockPatience)}
	case err != nil:
		return nil, fmt.Errorf("lock the saved sign-in: %w", err)
	}
	return func() { _ = l.Unlock() }, nil // closing the file gives the lock up, whatever is returned
}
