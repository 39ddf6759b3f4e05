package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
)

// others are the permissions of everybody but the owner.
const others fs.FileMode = 0o077

// hasModes tells whether the system keeps permissions in modes. Windows does
// not: there a folder in the user's profile is closed to others.
const hasModes = runtime.GOOS != "windows"

// makeFolder makes a folder that only its owner can enter, and refuses an
// existing one to which others can write: they could put another file in the
// journal's place.
func makeFolder(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if hasModes && info.Mode().Perm()&0o022 != 0 {
		return fmt.Errorf("others can write to its folder, until you run chmod go-w %s", path)
	}
	return nil
}

// openOwn opens a file of the journal that exists. It refuses what is no plain
// file, a link among them, and closes to others what they could read.
func openOwn(path string, flag int) (*os.File, error) {
	named, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !named.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a plain file, which a journal has to be", path)
	}
	f, err := os.OpenFile(path, flag, 0) //nolint:gosec // the path is a setting, and what it names was looked at
	if err != nil {
		return nil, err
	}
	if err := own(f, named); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func own(f *os.File, named fs.FileInfo) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !os.SameFile(named, info) {
		return fmt.Errorf("%s was replaced while it was opened", f.Name())
	}
	if hasModes && info.Mode().Perm()&others != 0 {
		return f.Chmod(0o600)
	}
	return nil
}
