package journal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/gofrs/flock"
)

// mark tells other processes that this one lives, by a lock that it holds until
// it ends: the system gives the lock up even when the process is killed. It is
// called under the lock of the journal, as is living, so that nobody takes a
// mark for abandoned that is only being made.
func (d *door) mark() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return os.ErrClosed
	}
	if d.path == "" || d.held != nil && inPlace(d.held) {
		return nil
	}
	if err := makeFolder(d.running()); err != nil {
		return err
	}
	if d.held != nil {
		_ = d.held.Close() // somebody removed the file, so it tells nothing
		d.held = nil
	}
	l := flock.New(d.markPath(d.process))
	ok, err := l.TryLock()
	if err == nil && !ok {
		err = errors.New("another process holds the mark of this one")
	}
	if err != nil {
		return err
	}
	d.held = l
	_, err = d.sweep()
	return err
}

// inPlace tells whether the mark that is held is the one that others find.
func inPlace(mark *flock.Flock) bool {
	held, err := mark.Stat()
	if err != nil {
		return false
	}
	found, err := os.Lstat(mark.Path())
	return err == nil && os.SameFile(held, found)
}

// leave takes the mark away.
func (d *door) leave() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if d.held == nil {
		return nil
	}
	l := d.held
	d.held = nil
	err := l.Close()
	if gone := os.Remove(l.Path()); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}

// living are the processes whose entries are not orphans.
func (d *door) living() (map[string]bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.path == "" {
		return map[string]bool{d.process: !d.closed}, nil
	}
	return d.sweep()
}

// sweep returns the processes that hold their mark and removes the marks that
// nobody holds.
func (d *door) sweep() (map[string]bool, error) {
	living := map[string]bool{d.process: !d.closed}
	marks, err := os.ReadDir(d.running())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, m := range marks {
		process, ok := d.processOf(m.Name())
		if !ok || process == d.process {
			continue
		}
		if abandoned(filepath.Join(d.running(), m.Name())) {
			continue
		}
		living[process] = true
	}
	return living, nil
}

// abandoned removes a mark that nobody holds. One that cannot be tried counts
// as held: it is worse to take a write for an orphan that is still under way.
func abandoned(path string) bool {
	l := flock.New(path, flock.SetFlag(os.O_RDWR))
	ok, err := l.TryLock()
	if err != nil || !ok {
		return errors.Is(err, fs.ErrNotExist)
	}
	_ = l.Close()
	_ = os.Remove(path) // the next sweep tries again
	return true
}

func (d *door) running() string { return filepath.Join(filepath.Dir(d.path), "running") }

func (d *door) markPath(process string) string {
	return filepath.Join(d.running(), filepath.Base(d.path)+"-"+process+".lock")
}

// processOf reads whose mark a file is, if it is one of this journal.
func (d *door) processOf(name string) (string, bool) {
	process, ok := strings.CutPrefix(strings.TrimSuffix(name, ".lock"), filepath.Base(d.path)+"-")
	if !ok || name != filepath.Base(d.markPath(process)) {
		return "", false
	}
	isProcess, err := regexp.MatchString(`^[0-9]+-[0-9a-f]{12}$`, process)
	return process, err == nil && isProcess
}
