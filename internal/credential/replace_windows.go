package credential

import (
	"os"
	"path/filepath"
)

// replace puts a file in place of another at once. What it holds is on the
// disk when it returns.
func replace(path string, content []byte) error {
	part, err := os.CreateTemp(filepath.Dir(path), ".part-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }() // it is gone, unless something failed
	_, err = part.Write(content)
	if err == nil {
		err = part.Sync()
	}
	if closeErr := part.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}

// syncFolder does nothing: Windows writes the names of files down with them.
func syncFolder(string) error { return nil }
