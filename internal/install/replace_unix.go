//go:build !windows

package install

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/google/renameio/v2"
)

// replace puts a new text in the place of the file, with its mode and owner.
func (d disk) replace(text []byte) error {
	mode := fs.FileMode(0o600)
	if d.info != nil {
		mode = d.info.Mode().Perm()
	}
	pending, err := renameio.NewPendingFile(d.real, renameio.WithTempDir(filepath.Dir(d.real)), renameio.WithStaticPermissions(0o600))
	if err != nil {
		return err
	}
	defer func() { _ = pending.Cleanup() }() // nothing is left of it once it is in its place
	if _, err := pending.Write(text); err != nil {
		return err
	}
	// The owner first: to give a file away may take bits of its mode.
	if err := errors.Join(keepOwner(pending.File, d.info), pending.Chmod(mode)); err != nil {
		return err
	}
	if err := d.still(); err != nil {
		return err
	}
	if err := pending.CloseAtomicallyReplace(); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(d.real))
}

// keepOwner gives a file to the owner of another.
func keepOwner(f *os.File, like fs.FileInfo) error {
	if like == nil {
		return nil
	}
	mine, err := f.Stat()
	if err != nil {
		return err
	}
	want, ok := like.Sys().(*syscall.Stat_t)
	have, also := mine.Sys().(*syscall.Stat_t)
	if !ok || !also || want.Uid == have.Uid && want.Gid == have.Gid {
		return nil
	}
	return f.Chown(int(want.Uid), int(want.Gid))
}

// syncFolder has the names in a folder on the disk.
func syncFolder(path string) error {
	d, err := os.Open(path) //nolint:gosec // the folder of the client's own file
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
