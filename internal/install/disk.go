package install

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
)

// limit is the most that a configuration file may have, in bytes. Claude Code
// keeps what it remembers of all projects in the same file.
const limit = 16 << 20

// disk is a file as it was read.
type disk struct {
	real string // links followed
	text []byte
	info fs.FileInfo // nil when there is no file
}

func readDisk(path string) (disk, error) {
	found, err := atomicfile.Follow(path)
	if err != nil {
		return disk{}, err
	}
	info, err := os.Stat(found)
	if errors.Is(err, fs.ErrNotExist) {
		return disk{real: found}, nil
	}
	if err != nil {
		return disk{}, err
	}
	if !info.Mode().IsRegular() {
		return disk{}, fmt.Errorf("%s is not a file: move away what is in its place", found)
	}
	if info.Size() > limit {
		return disk{}, fmt.Errorf("%s has %d MB, which is more than a configuration has", found, info.Size()>>20)
	}
	return slurp(found)
}

// slurp reads a file, and describes it as it was then.
func slurp(path string) (disk, error) {
	f, err := os.Open(path) //nolint:gosec // it is the client's own configuration
	if err != nil {
		return disk{}, err
	}
	defer func() { _ = f.Close() }() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return disk{}, err
	}
	text, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && len(text) > limit {
		err = fmt.Errorf("%s grew beyond what a configuration has", path)
	}
	return disk{real: path, text: text, info: info}, err
}

// writable refuses a file that somebody closed to writing, even to a user
// whom the system would let.
func (d disk) writable() error {
	if d.info != nil && d.info.Mode().Perm()&0o200 == 0 {
		return fmt.Errorf("%s is read-only: if you want it changed, run chmod u+w %s", d.real, d.real)
	}
	return nil
}

// replace puts a new text in the place of the file, with its mode and owner.
func (d disk) replace(text []byte) error {
	return atomicfile.Replace(d.real, func(f *os.File) error {
		_, err := f.Write(text)
		if err != nil || d.info == nil {
			return err
		}
		// The owner first: to give a file away may take bits of its mode.
		return errors.Join(keepOwner(f, d.info), f.Chmod(d.info.Mode().Perm()))
	}, func(string) error { return d.still() })
}

// still fails with ErrChanged if the file is no longer as it was read.
func (d disk) still() error {
	now, err := readDisk(d.real)
	if err != nil {
		return err
	}
	if (now.info == nil) != (d.info == nil) || !bytes.Equal(now.text, d.text) {
		return ErrChanged
	}
	return nil
}

func atFile(path string, err error) error { return fmt.Errorf("%s: %w", path, err) }
