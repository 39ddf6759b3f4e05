package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// traced are steps that note what they are asked for, with what is there at
// that moment. The one that is to fail does so instead.
type traced struct {
	path  string
	fails string
	done  []string
}

var errBroken = errors.New("broken disk")

func (d *traced) step(name, seen string) error {
	d.done = append(d.done, name+" "+seen)
	if name == d.fails {
		return errBroken
	}
	return nil
}

func (d *traced) read(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func (d *traced) steps() steps {
	return steps{
		sync: func(f *os.File) error { return errors.Join(d.step("sync", d.read(f.Name())), f.Sync()) },
		place: func(part, path string) error {
			if err := d.step("place", d.read(part)+" over "+d.read(path)); err != nil {
				return err
			}
			return rename(part, path)
		},
		syncFolder: func(folder string) error {
			if folder != filepath.Dir(d.path) {
				return errors.New("another folder")
			}
			return d.step("sync folder", "with "+d.read(d.path))
		},
	}
}

func (d *traced) put() error {
	return d.steps().put(d.path, filled([]byte("new")), func(part string) error { return d.step("last", d.read(part)) })
}

func traces(t *testing.T, fails string) *traced {
	t.Helper()
	d := &traced{path: filepath.Join(t.TempDir(), "file"), fails: fails}
	if err := os.WriteFile(d.path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestOrder finds the content on the disk before the name leads to it, and the
// name there at the end.
func TestOrder(t *testing.T) {
	t.Parallel()
	d := traces(t, "")
	if err := d.put(); err != nil {
		t.Fatal(err)
	}
	if want := []string{"sync new", "last new", "place new over old", "sync folder with new"}; !slices.Equal(d.done, want) {
		t.Errorf("got steps %q, want %q", d.done, want)
	}
}

// TestBroken has each step fail: the old file is whole and nothing else is
// left, or the new one is and the error says so.
func TestBroken(t *testing.T) {
	t.Parallel()
	for fails, want := range map[string]struct {
		content  string
		unsynced bool
	}{
		"sync":        {content: "old"},
		"last":        {content: "old"},
		"place":       {content: "old"},
		"sync folder": {content: "new", unsynced: true},
	} {
		t.Run(fails, func(t *testing.T) {
			t.Parallel()
			d := traces(t, fails)
			err := d.put()
			if !errors.Is(err, errBroken) || errors.Is(err, ErrUnsynced) != want.unsynced {
				t.Errorf("got error %v, want %v, unsynced %t", err, errBroken, want.unsynced)
			}
			if got := d.read(d.path); got != want.content {
				t.Errorf("got content %q, want %q", got, want.content)
			}
			if all, err := os.ReadDir(filepath.Dir(d.path)); err != nil || len(all) != 1 {
				t.Errorf("got files %v, error %v, want one", all, err)
			}
		})
	}
}
