//go:build !windows

package credential

import (
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// replace puts a file in place of another at once. What it holds is on the
// disk when it returns.
func replace(path string, content []byte) error {
	f, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(0o600))
	if err != nil {
		return err
	}
	defer func() { _ = f.Cleanup() }() // it is gone, unless something failed
	if _, err := f.Write(content); err != nil {
		return err
	}
	return f.CloseAtomicallyReplace()
}

// syncFolder has the names of files on the disk when it returns.
func syncFolder(path string) error {
	f, err := os.Open(path) //nolint:gosec // the path is made of a setting
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	return f.Sync()
}
