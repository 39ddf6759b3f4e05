// Package atomicfile puts files in the place of others whole or not at all:
// whoever reads one gets the content before or the content after, also when
// the machine stops in between.
package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrUnsynced is a file that was replaced, in a folder that could not be
// written to the disk: after a power cut the content before may be back.
var ErrUnsynced = errors.New("the file was replaced, and a power cut could undo that")

// Write replaces the file at path, or makes it. Only its owner can read it.
func Write(path string, content []byte) error {
	return Replace(path, filled(content), nil)
}

// Replace replaces the file at path, or makes it, with what fill writes. fill
// gets a new file in the same folder that only its owner can read, and may
// give it another mode. last, unless it is nil, gets its path when the content
// is on the disk, just before it takes the place: the last moment to refuse.
//
// The errors of both are returned as they are. After any error but
// [ErrUnsynced] the file is as it was, and no other is left. A link at path is
// replaced and not followed; see [Follow].
func Replace(path string, fill func(*os.File) error, last func(part string) error) error {
	return steps{(*os.File).Sync, rename, SyncFolder}.put(path, fill, last)
}

// New makes a file that only its owner can read. One that is there stays as it
// is, whoever made it and however late: that is an [fs.ErrExist]. The file
// system has to know hard links.
func New(path string, content []byte) error {
	return steps{(*os.File).Sync, link, SyncFolder}.put(path, filled(content), nil)
}

func filled(content []byte) func(*os.File) error {
	return func(f *os.File) error {
		_, err := f.Write(content)
		return err
	}
}

// steps are what the system is asked for, in this order: a name must not lead
// to content that is not on the disk yet. Tests have each of them fail.
type steps struct {
	sync       func(part *os.File) error
	place      func(part, path string) error
	syncFolder func(path string) error
}

func (s steps) put(path string, fill func(*os.File) error, last func(string) error) error {
	folder := filepath.Dir(path)
	part, err := os.CreateTemp(folder, ".part-*") // has mode 0600
	if err != nil {
		return err
	}
	placed := false
	defer func() { // also when fill panics
		_ = part.Close() // it is closed, unless something failed
		if !placed {
			_ = os.Remove(part.Name()) // a left-over part does no harm
		}
	}()
	err = fill(part)
	if err == nil {
		err = s.sync(part)
	}
	if err == nil {
		err = part.Close()
	}
	if err == nil && last != nil {
		err = last(part.Name())
	}
	if err == nil {
		err = s.place(part.Name(), path)
	}
	if err != nil {
		return err
	}
	placed = true
	if err := s.syncFolder(folder); err != nil {
		return fmt.Errorf("%w: %w", ErrUnsynced, err)
	}
	return nil
}

// link, unlike rename, never replaces what another process put there first.
func link(part, path string) error {
	if err := os.Link(part, path); err != nil {
		return err
	}
	_ = os.Remove(part) // a second name of the file does no harm
	return nil
}

// Follow finds the file that is meant behind links, so that it is replaced and
// the links stay. A link that leads nowhere is an error: what was meant to be
// there cannot be known.
func Follow(path string) (string, error) {
	found, err := filepath.EvalSymlinks(path)
	if err == nil {
		return found, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s cannot be reached: %w", path, err)
	}
	switch info, err := os.Lstat(path); {
	case err == nil && info.Mode()&fs.ModeSymlink == 0:
		return filepath.EvalSymlinks(path) // somebody has just made it
	case err == nil:
		return "", fmt.Errorf("%s is a link to a file that is not there: mend or remove the link", path)
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	return filepath.Join(folder, filepath.Base(path)), err
}
