package app

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile writes a file that only its owner can read, as a whole or not at
// all. One that is there stays, unless it is to be written over.
func writeFile(path string, force bool, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil {
		switch {
		case info.IsDir():
			return usageError{fmt.Errorf("%s is a folder", path)}
		case !force:
			return usageError{fmt.Errorf("%s is there already; --force writes over it", path)}
		}
	}
	part, err := os.CreateTemp(filepath.Dir(path), ".fiskl-mcp-*") // only the owner can read it
	if err != nil {
		return unwritable(path, err)
	}
	defer os.Remove(part.Name()) //nolint:errcheck // it has another name by then, unless something failed
	buffer := bufio.NewWriter(part)
	err = write(buffer)
	if err == nil {
		err = buffer.Flush()
	}
	if err == nil {
		err = part.Sync()
	}
	if err = errors.Join(err, part.Close()); err != nil {
		return unwritable(path, err)
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return unwritable(path, err)
	}
	return nil
}

// unwritable names the file that somebody asked for, not one of ours.
func unwritable(path string, err error) error {
	if p, is := errors.AsType[*fs.PathError](err); is {
		err = p.Err
	}
	return fmt.Errorf("%s cannot be written: %w", path, err)
}
