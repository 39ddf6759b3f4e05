package journal

import (
	"errors"
	"fmt"
	"io/fs"
)

// Error tells that a journal could not be written or read, why, and what that
// means, in one clause.
type Error struct {
	Path string // of the journal; empty in memory
	Err  error

	failed string // "written" or "read"
	effect string
}

// What a failure means.
const (
	unchanged = "; nothing is changed without it"
	later     = "; how the write ended is noted as soon as it can be"
)

func (e *Error) Error() string {
	return fmt.Sprintf("the journal %s cannot be %s: %s%s", e.Path, e.failed, e.reason(), e.effect)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// reason is the cause without the path, which is named already.
func (e *Error) reason() string {
	var p *fs.PathError
	if errors.As(e.Err, &p) && p.Path == e.Path {
		return p.Err.Error()
	}
	return e.Err.Error()
}

func (j *Journal) unwritable(err error, effect string) error {
	return &Error{Path: j.place(), Err: err, failed: "written", effect: effect}
}

func (j *Journal) unreadable(err error) error {
	return &Error{Path: j.place(), Err: err, failed: "read"}
}

func (j *Journal) place() string {
	if j.path == "" {
		return "in memory"
	}
	return j.path
}
