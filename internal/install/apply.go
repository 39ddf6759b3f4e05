package install

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
)

// ErrChanged says that somebody else wrote to a file while it was edited.
// Nothing was changed.
var ErrChanged = errors.New("somebody else changed the file meanwhile, and nothing was written: run the command again")

// Apply writes the change. It returns the copy that it made of the file
// before, and none if there was no file. The file is either as before or as
// planned, whatever happens.
func (ch Change) Apply(now time.Time) (backup string, err error) {
	if !ch.Needed() {
		return "", nil
	}
	if err := os.MkdirAll(filepath.Dir(ch.Real), 0o700); err != nil {
		return "", fmt.Errorf("the folder of the file: %w", err)
	}
	defer hold(filepath.Dir(ch.Real))()
	if !ch.Creates() {
		if backup, err = ch.found.copyBeside(now); err != nil {
			return "", fmt.Errorf("a copy of the file before: %w", err)
		}
	}
	if err := ch.found.replace(ch.After); err != nil {
		if errors.Is(err, atomicfile.ErrUnsynced) {
			return backup, atFile(ch.Real, err)
		}
		if backup != "" {
			_ = os.Remove(backup) // the file is as it was
		}
		return "", atFile(ch.Real, err)
	}
	return backup, nil
}

// hold keeps other processes of this program from the files of a folder. It is
// the folder that is locked: a file of ours for it would lie among somebody
// else's. Where that cannot be done, or another program has it locked, the last
// look before a file is replaced has to do.
func hold(folder string) (release func()) {
	const patience, knock = 3 * time.Second, 5 * time.Millisecond
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	l := flock.New(folder, flock.SetFlag(os.O_RDONLY))
	_, _ = l.TryLockContext(ctx, knock) // see above
	return func() { _ = l.Close() }     // which gives the lock up, whatever is returned
}

// copyBeside keeps the file as it is, for its owner alone.
func (d disk) copyBeside(now time.Time) (string, error) {
	stem := d.real + "." + now.UTC().Format("20060102T150405Z")
	for n := 1; ; n++ {
		name := stem + ".bak"
		if n > 1 {
			name = fmt.Sprintf("%s-%d.bak", stem, n)
		}
		err := d.copyTo(name)
		if !errors.Is(err, fs.ErrExist) || n == copies {
			return name, err
		}
	}
}

// copies are the most that are made in one second.
const copies = 100

func (d disk) copyTo(name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // beside the client's own file
	if err != nil {
		return err
	}
	_, err = f.Write(d.text)
	if err = errors.Join(err, f.Sync(), keepOwner(f, d.info), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}
