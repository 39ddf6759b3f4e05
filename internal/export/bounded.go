package export

import (
	"errors"
	"fmt"
	"io"
)

// errTooLarge is a file beyond MostBytes.
var errTooLarge = errors.New("export: too large")

// writeError is a failure to write, as opposed to one to get the rows.
type writeError struct{ error }

func (e writeError) Unwrap() error { return e.error }

// bounded writes so much and no more.
type bounded struct {
	w       io.Writer
	written int64
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.written+int64(len(p)) > MostBytes {
		return 0, writeError{errTooLarge}
	}
	n, err := b.w.Write(p)
	b.written += int64(n)
	if err != nil {
		return n, writeError{err}
	}
	return n, nil
}

// explain says why a file was not finished. What is no fault of the file's is
// left as it is.
func (*bounded) explain(folder string, err error) error {
	var failed writeError
	switch {
	case errors.Is(err, errTooLarge):
		return &Error{Problem: fmt.Sprintf("the file would have more than %d MB. Ask for a shorter period or a narrower filter", MostBytes>>20), cause: err}
	case errors.As(err, &failed):
		return unwritten(folder, failed.error)
	default:
		return err
	}
}
