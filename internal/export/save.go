package export

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// save copies a file to the user's own folder, under a name that no other file
// there has. Nothing is ever overwritten.
func (s *Store) save(from, name, form string) (string, error) {
	if s.o.Save == "" {
		return "", nil
	}
	if err := os.MkdirAll(s.o.Save, 0o700); err != nil {
		return "", unwritten(s.o.Save, err)
	}
	to, err := s.free(fileName(name), form)
	if err != nil {
		return "", unwritten(s.o.Save, err)
	}
	err = copyTo(to, from)
	if err = errors.Join(err, to.Close()); err != nil {
		_ = os.Remove(to.Name()) // half a file is worse than none
		return "", unwritten(s.o.Save, err)
	}
	path, err := filepath.Abs(to.Name())
	if err != nil {
		return to.Name(), nil //nolint:nilerr // it is saved, and its name will do
	}
	return path, nil
}

func copyTo(to *os.File, path string) error {
	from, err := os.Open(path) //nolint:gosec // it was made a moment ago
	if err != nil {
		return err
	}
	defer from.Close() //nolint:errcheck // nothing was written
	if _, err := io.Copy(to, from); err != nil {
		return err
	}
	return to.Sync()
}

// maxCopies is how many files of one name there may be.
const maxCopies = 1000

// free makes the first file of that name that is not there yet.
func (s *Store) free(name, form string) (*os.File, error) {
	for n := 1; n <= maxCopies; n++ {
		full := name
		if n > 1 {
			full = fmt.Sprintf("%s-%d", name, n)
		}
		f, err := os.OpenFile(filepath.Join(s.o.Save, full+"."+form), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the folder is a setting, and the name has letters, digits and hyphens
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, fmt.Errorf("there are %d files called %s already", maxCopies, name)
}

// longestName keeps names within what every file system takes.
const longestName = 100

// fileName makes a name of letters, digits and hyphens, which is safe on every
// system.
func fileName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	s := strings.Join(words, "-")
	if len(s) > longestName {
		s = strings.TrimRight(s[:longestName], "-")
	}
	if s == "" {
		return "export"
	}
	return "fiskl-" + s
}
