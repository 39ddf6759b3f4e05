package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// heads are the files that keep a journal's last line in mind, apart from the
// journal: one that is cut short, or replaced by an older copy, ends before it.
// The first must be written; the others may fail, for what is kept there may be
// lost.
//
// A head is written in place after its line is on the disk, so after a crash it
// is a line behind at most, and never ahead.
type heads []string

// headSize is how long a file is. It fits in one sector of a disk, so that it is
// written as a whole or not at all.
const headSize = 256

var errNoHead = errors.New("it is no record of a last line")

// readHead reads one file; one that does not exist, or was only being made, has
// none.
func readHead(path string) (Head, error) {
	f, err := openOwn(path, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	b, err := io.ReadAll(io.LimitReader(f, headSize+1))
	if err != nil {
		return Head{}, err
	}
	return parseHead(b)
}

// parseHead reads what a file holds.
func parseHead(b []byte) (Head, error) {
	if len(bytes.TrimSpace(b)) == 0 {
		return Head{}, nil
	}
	var h Head
	if json.Unmarshal(b, &h) != nil || h.Seq <= 0 || h.Seq >= maxLines || !isHash(h.Hash) || !isTime(h.Time) {
		return Head{}, errNoHead
	}
	return h, nil
}

// known are the last lines that the files tell. One that cannot be read tells
// nothing, and is written anew.
func (all heads) known() []Head {
	var known []Head
	for _, path := range all {
		if h, err := readHead(path); err == nil && h.Seq > 0 {
			known = append(known, h)
		}
	}
	return known
}

// open opens the files, so that nothing is in the way when the line stands.
func (all heads) open() (openHeads, error) {
	var open openHeads
	for i, path := range all {
		f, err := openHead(path)
		if err != nil && i == 0 {
			return nil, fmt.Errorf("the record of its last line: %w", err)
		}
		if err == nil {
			open = append(open, f)
		}
	}
	return open, nil
}

func openHead(path string) (*os.File, error) {
	f, err := openOwn(path, os.O_RDWR)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the path is a setting
	if err != nil {
		return nil, err
	}
	// Takes the room that it will need, while nothing depends on it.
	if _, err := f.WriteAt(bytes.Repeat([]byte(" "), headSize), 0); err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(path))
	}
	return f, nil
}

// openHeads are files that are ready to be written.
type openHeads []*os.File

// write keeps a line in mind. What fails here leaves the line before, which is
// true as well, and the next line tries again.
func (open openHeads) write(h Head) {
	b, err := json.Marshal(h)
	if err != nil || len(b) >= headSize {
		return
	}
	b = append(b, bytes.Repeat([]byte(" "), headSize-len(b)-1)...)
	b = append(b, '\n')
	for _, f := range open {
		_, _ = f.WriteAt(b, 0)
	}
}

func (open openHeads) close() {
	for _, f := range open {
		_ = f.Close() // what was written stands, or the line before does
	}
}
