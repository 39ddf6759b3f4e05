package app

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// saving says where a dialect goes, and whether it may go over another.
type saving struct {
	out string // a file, or - to print it; empty for its usual place
	yes bool
}

// flags adds --out and --yes to a command that writes a dialect.
func (s *saving) flags(c *cobra.Command) {
	c.Flags().StringVar(&s.out, "out", "", "write the dialect to this file instead; - prints it")
	c.Flags().BoolVar(&s.yes, "yes", false, "write over a dialect that is there already")
}

// prints reports that the dialect itself goes to standard output, so that
// nothing else may.
func (s saving) prints() bool { return s.out == "-" }

// saveDialect writes a dialect to its place and says so on standard output. It
// writes over an earlier one only where the person said yes, and shows the
// difference first.
func saveDialect(w environment, cfg config.Config, d *dialect.Dialect, s saving) error {
	text, err := dialectText(d)
	if err != nil {
		return err
	}
	if s.prints() {
		_, err = w.out.Write(text)
		return err
	}
	path := s.out
	if path == "" {
		if path, err = cfg.DialectPlace(); err != nil {
			return usageError{err}
		}
	}
	if secret.IsKey(path) {
		return usageError{errors.New("--out holds a key and not the name of a file")}
	}
	return s.put(w, path, text)
}

// dialectText is the document, which must be one that can be read again.
func dialectText(d *dialect.Dialect) ([]byte, error) {
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		return nil, err
	}
	if _, err := dialect.Read(bytes.NewReader(b.Bytes())); err != nil {
		return nil, fmt.Errorf("the dialect could not be read again: %w", err)
	}
	return b.Bytes(), nil
}

func (s saving) put(w environment, path string, text []byte) error {
	before, err := os.ReadFile(path) //nolint:gosec // the path is the user's own
	there := err == nil
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the dialect at %s cannot be read: %w", path, err)
	case there && bytes.Equal(before, text):
		_, err = fmt.Fprintf(w.out, "\n%s says this already.\n", path)
		return err
	case there:
		change := secret.Mask(udiff.Unified(path, path, string(before), string(text)))
		if _, err := fmt.Fprintf(w.out, "\n%s", change); err != nil {
			return err
		}
		if !s.yes {
			return fmt.Errorf("%s is there already, and was left as it is: run this again with --yes to write over it, or with --out FILE", path)
		}
	}
	if err := writeWhole(path, text); err != nil {
		return fmt.Errorf("the dialect was not written to %s: %w", path, err)
	}
	use := "It is used from the next start on."
	if s.out != "" {
		use = "Name it in FISKL_DIALECT to use it."
	}
	_, err = fmt.Fprintf(w.out, "\nWritten to %s (%d bytes). %s\n", path, len(text), use)
	return err
}

// writeWhole puts a file in its place at once: nobody reads half of it. Only
// its owner can read it.
func writeWhole(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	meant, err := atomicfile.Follow(path)
	if err != nil {
		return err
	}
	return atomicfile.Write(meant, text)
}

// stamped is the day that a dialect's source names.
func (w environment) stamped() string { return w.now().Format(time.DateOnly) }
