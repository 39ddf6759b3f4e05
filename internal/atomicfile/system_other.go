//go:build !windows

package atomicfile

import (
	"errors"
	"os"
	"syscall"
)

func rename(part, path string) error { return os.Rename(part, path) }

// SyncFolder has the names of the files in a folder on the disk when it
// returns, where the file system can do that at all.
func SyncFolder(path string) error {
	d, err := os.Open(path) //nolint:gosec // the path is the caller's
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }() // it was only read
	// Some network file systems cannot, and say so in one of two ways.
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return err
	}
	return nil
}
