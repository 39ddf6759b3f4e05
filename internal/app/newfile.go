package app

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
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
	meant, err := atomicfile.Follow(path)
	if err == nil {
		err = atomicfile.Replace(meant, func(f *os.File) error {
			buffer := bufio.NewWriter(f)
			if err := write(buffer); err != nil {
				return err
			}
			return buffer.Flush()
		}, nil)
	}
	if err != nil {
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
