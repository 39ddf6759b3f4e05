package journal

import (
	"errors"
	"io/fs"
	"time"
)

// shelf is where the files of a journal stand: the current one, and older ones
// that are known by the time at which they were put away. Whoever calls it has
// the journal to himself.
type shelf interface {
	// olds are the older files, oldest first.
	olds() ([]time.Time, error)
	// read returns the lines of an older file; one that does not exist has none.
	read(at time.Time) ([]byte, error)
	// proceed returns the lines of the current file after a place up to which
	// it was read, and the place where they end. errReplaced tells that the
	// place is of another file.
	proceed(from place) ([]byte, place, error)
	// append adds whole lines to the current file and has them on the disk when
	// it returns. When it fails, left tells that some of them may have stayed.
	append(lines []byte) (left bool, err error)
	// putAway makes the current file an older one. The next append begins anew.
	putAway(at time.Time) error
	// remove deletes an older file.
	remove(at time.Time) error
}

// place is how far the current file was read. The zero value is its beginning.
type place struct {
	offset int64
	file   fs.FileInfo // tells the file from one that took its name; nil in memory
}

var errReplaced = errors.New("the file was replaced")
