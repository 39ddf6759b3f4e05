package export_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
)

// clock is a clock that a test sets. The age of a file counts by it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) turn(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newClock() *clock { return &clock{now: time.Now()} }

// content writes a text.
func content(text string) func(io.Writer) (string, error) {
	return func(w io.Writer) (string, error) {
		_, err := io.WriteString(w, text)
		return "Acme & Co: invoices/../2026", err
	}
}

func make1(t *testing.T, s *export.Store, text string) export.File {
	t.Helper()
	f, err := s.Create("csv", content(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// left lists what is below a folder.
func left(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestOwners finds that nobody but the caller and company that a file was
// written for can read it.
func TestOwners(t *testing.T) {
	t.Parallel()
	dir, c := t.TempDir(), newClock()
	mine := export.New(export.Options{Dir: dir, Owner: "anna acme", Now: c.read})
	other := export.New(export.Options{Dir: dir, Owner: "ben acme", Now: c.read})
	f := make1(t, mine, "secret")
	got, b, err := mine.Open(f.ID)
	if err != nil || string(b) != "secret" || got.Form != "csv" || got.Size != 6 {
		t.Errorf("got %+v, %q and error %v, want 6 bytes of csv, secret", got, b, err)
	}
	if _, _, err := other.Open(f.ID); !errors.Is(err, export.ErrGone) {
		t.Errorf("another caller: got error %v, want %v", err, export.ErrGone)
	}
	for _, path := range left(t, dir) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		folder, err := os.Stat(filepath.Dir(path))
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && (info.Mode().Perm() != 0o600 || folder.Mode().Perm() != 0o700) {
			t.Errorf("%s has the modes %v in %v", path, info.Mode(), folder.Mode())
		}
		if strings.Contains(path, "anna") {
			t.Errorf("%s tells whose it is", path)
		}
	}
}

// TestIDs tries ids that lead elsewhere.
func TestIDs(t *testing.T) {
	t.Parallel()
	dir, c := t.TempDir(), newClock()
	s := export.New(export.Options{Dir: dir, Owner: "a", Now: c.read})
	f := make1(t, s, "x")
	if err := os.WriteFile(filepath.Join(dir, "key.csv"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"", ".", "..", "../key", "..%2fkey", f.ID + "/", "/" + f.ID, strings.ToUpper(f.ID), f.ID + ".csv", f.ID[1:], strings.Repeat("a", 26)} {
		if _, _, err := s.Open(id); !errors.Is(err, export.ErrGone) {
			t.Errorf("%q: got error %v, want %v", id, err, export.ErrGone)
		}
	}
	if again := make1(t, s, "x"); again.ID == f.ID {
		t.Error("two files have one id")
	}
}

// TestExpiry finds that files go after an hour, also those of others.
func TestExpiry(t *testing.T) {
	t.Parallel()
	dir, c := t.TempDir(), newClock()
	s := export.New(export.Options{Dir: dir, Owner: "a", Now: c.read})
	f := make1(t, s, "x")
	if want := c.read().Add(time.Hour); f.Expires.Sub(want).Abs() > time.Second {
		t.Errorf("expires at %v, want %v", f.Expires, want)
	}
	c.turn(59 * time.Minute)
	if _, _, err := s.Open(f.ID); err != nil {
		t.Errorf("after 59 minutes: %v", err)
	}
	c.turn(time.Minute)
	if _, _, err := s.Open(f.ID); !errors.Is(err, export.ErrGone) {
		t.Errorf("after an hour: %v", err)
	}
	other := export.New(export.Options{Dir: dir, Owner: "b", Now: c.read})
	make1(t, other, "y")
	if n := len(left(t, dir)); n != 1 {
		t.Errorf("%d files are left, want the new one", n)
	}
}

// TestRefused finds what is not written, and that nothing is left of it.
func TestRefused(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		o     export.Options
		write func(io.Writer) (string, error)
		says  string
		is    error
	}{
		"no folder":      {export.Options{}, content("x"), "there is no folder to keep the file in. Set FISKL_STATE_DIR", nil},
		"not a folder":   {export.Options{Dir: file}, content("x"), "the file could not be written to " + file, nil},
		"too large":      {export.Options{Dir: t.TempDir()}, content(strings.Repeat("x", export.MostBytes+1)), "the file would have more than 16 MB", nil},
		"no rows":        {export.Options{Dir: t.TempDir()}, func(io.Writer) (string, error) { return "", broken }, "broken", broken},
		"nowhere to put": {export.Options{Dir: t.TempDir(), Save: file}, content("x"), "the file could not be written to " + file, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.o.Now = time.Now
			_, err := export.New(c.o).Create("csv", c.write)
			if err == nil || !strings.HasPrefix(err.Error(), c.says) || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("got %v, want %q", err, c.says)
			}
			if c.o.Dir != "" && c.o.Dir != file {
				if all := left(t, c.o.Dir); len(all) > 0 {
					t.Errorf("left %v", all)
				}
			}
		})
	}
}

// TestQuota fills the place that one caller has.
func TestQuota(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, c := range map[string]struct {
		size, fit int
	}{
		"files": {1, 50},
		"bytes": {export.MostBytes, 8},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := export.New(export.Options{Dir: dir, Owner: name, Now: time.Now})
			text := strings.Repeat("x", c.size)
			for range c.fit {
				make1(t, s, text)
			}
			_, err := s.Create("csv", content("x"))
			if err == nil || !strings.Contains(err.Error(), "as much as is kept") {
				t.Errorf("got error %v after %d files, want that there are as many as are kept", err, c.fit)
			}
			make1(t, export.New(export.Options{Dir: dir, Owner: name + " another", Now: time.Now}), "x")
		})
	}
}

// TestSave copies files to a folder of the user's own, and overwrites nothing.
func TestSave(t *testing.T) {
	t.Parallel()
	to := t.TempDir()
	s := export.New(export.Options{Dir: t.TempDir(), Owner: "a", Save: to, Now: time.Now})
	var running sync.WaitGroup
	saved := make([]string, 5)
	for i := range saved {
		running.Go(func() {
			f, err := s.Create("csv", content(strconv.Itoa(i)))
			if err != nil {
				t.Error(err)
			}
			saved[i] = f.Saved
		})
	}
	running.Wait()
	for i, path := range saved {
		b, err := os.ReadFile(path)
		if err != nil || string(b) != strconv.Itoa(i) {
			t.Errorf("%s holds %q, error %v, want %d", path, b, err, i)
		}
		if filepath.Dir(path) != to || !strings.HasPrefix(filepath.Base(path), "fiskl-acme-co-invoices-2026") {
			t.Errorf("saved to %s", path)
		}
	}
}

// TestCopies finds that both copies are the same, byte by byte.
func TestCopies(t *testing.T) {
	t.Parallel()
	s := export.New(export.Options{Dir: t.TempDir(), Owner: "a", Save: filepath.Join(t.TempDir(), "new"), Now: time.Now})
	f := make1(t, s, strings.Repeat("0123456789", 10_000))
	_, kept, err := s.Open(f.ID)
	if err != nil {
		t.Fatal(err)
	}
	saved, err := os.ReadFile(f.Saved)
	if err != nil || !bytes.Equal(saved, kept) {
		t.Errorf("%d bytes are saved, %d kept, error %v", len(saved), len(kept), err)
	}
}
