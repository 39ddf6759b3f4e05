package journal

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
)

// disk is a shelf in a folder. It holds no file open between calls, because
// Windows would not let another process rename it.
type disk struct {
	path   string
	commit func(f *os.File, b []byte) error
}

// commit has b on the disk when it returns.
func commit(f *os.File, b []byte) error {
	if _, err := f.Write(b); err != nil {
		return err
	}
	return f.Sync()
}

func (d *disk) read(at time.Time) ([]byte, error) {
	b, _, err := readFrom(d.name(at), place{})
	return b, err
}

func (d *disk) proceed(from place) ([]byte, place, error) { return readFrom(d.path, from) }

func readFrom(path string, from place) ([]byte, place, error) {
	f, err := openOwn(path, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		if from.offset > 0 {
			return nil, place{}, errReplaced
		}
		return nil, place{}, nil
	}
	if err != nil {
		return nil, place{}, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	info, err := f.Stat()
	if err != nil {
		return nil, place{}, err
	}
	if from.offset > 0 && (!os.SameFile(info, from.file) || info.Size() < from.offset) {
		return nil, place{}, errReplaced
	}
	b := make([]byte, info.Size()-from.offset)
	n, err := f.ReadAt(b, from.offset)
	if errors.Is(err, io.EOF) {
		err = nil // somebody cut the file short just now
	}
	return b[:n], place{from.offset + int64(n), info}, err
}

func (d *disk) append(lines []byte) (left bool, err error) {
	f, fresh, err := d.current()
	if err != nil {
		return false, err
	}
	defer f.Close() //nolint:errcheck // commit has synced what was written
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	err = d.commit(f, lines)
	if err == nil && fresh {
		err = atomicfile.SyncFolder(filepath.Dir(d.path))
	}
	if err == nil {
		return false, nil
	}
	// By its name, because Windows does not truncate a file that is open for
	// appending only.
	return os.Truncate(d.path, info.Size()) != nil, err
}

// current opens the current file for appending; fresh tells that it is new.
func (d *disk) current() (f *os.File, fresh bool, err error) {
	f, err = openOwn(d.path, os.O_RDWR|os.O_APPEND)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, false, err
	}
	f, err = os.OpenFile(d.path, os.O_RDWR|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o600)
	return f, true, err
}
