package install

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// replace puts a new text in the place of the file. A file in a person's
// folders inherits from them who may use it.
func (d disk) replace(text []byte) error {
	pending, err := os.CreateTemp(filepath.Dir(d.real), ".*."+filepath.Base(d.real))
	if err != nil {
		return err
	}
	_, err = pending.Write(text)
	err = errors.Join(err, pending.Sync(), pending.Close())
	if err == nil {
		err = d.still()
	}
	if err == nil {
		err = os.Rename(pending.Name(), d.real)
	}
	if err != nil {
		return errors.Join(err, os.Remove(pending.Name()))
	}
	return nil
}

// keepOwner has nothing to do: a copy is made by the user for the user.
func keepOwner(*os.File, fs.FileInfo) error { return nil }
