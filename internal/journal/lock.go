package journal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// retryAfter is how often a lock that another process holds is tried again.
const retryAfter = 2 * time.Millisecond

// door is what keeps the processes at a journal apart, and tells which of them
// live. Without a path there is only this process.
type door struct {
	path    string // of the journal
	process string

	mu     sync.Mutex
	stood  bool // the folder was there
	closed bool
	held   *flock.Flock // the mark that this process lives
}

func (d *door) lockPath() string { return d.path + ".lock" }

// furnish makes the folder, once. One that vanishes later is not made anew:
// the entries in it, by which limits are kept, would be forgotten silently.
func (d *door) furnish() error {
	if d.path == "" {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stood {
		return nil
	}
	if err := makeFolder(filepath.Dir(d.path)); err != nil {
		return err
	}
	d.stood = true
	return nil
}

// used tells whether anybody ever began something here, so that reading makes
// no files.
func (d *door) used() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.path == "" || d.stood || exists(d.lockPath()) || exists(d.path)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// lock waits until no other process is at the journal.
func (d *door) lock(ctx context.Context) (unlock func(), err error) {
	if err := ctx.Err(); err != nil || d.path == "" {
		return func() {}, waiting(err)
	}
	if err := plain(d.lockPath()); err != nil {
		return nil, err
	}
	l := flock.New(d.lockPath())
	if _, err := l.TryLockContext(ctx, retryAfter); err != nil {
		return nil, waiting(err)
	}
	return func() { _ = l.Unlock() }, nil // closing the file gives the lock up, whatever is returned
}

// plain refuses a lock file that is no plain file, and closes to others what
// they could hold for ever. None is fine.
func plain(path string) error {
	f, err := openOwn(path, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// waiting tells what was waited for when a context ended.
func waiting(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("waiting for another write: %w", err)
	}
	return err
}
