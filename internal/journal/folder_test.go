package journal_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// modes lists what others may do with anything in a folder, itself included.
func modes(t *testing.T, folder string) (open, seen []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		seen = append(seen, filepath.Base(path))
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if err == nil && info.Mode().Perm() != want {
			open = append(open, filepath.Base(path)+" "+info.Mode().String())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return open, seen
}

func needModes(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
}

// TestModes finds everything closed to others, also what they found open.
func TestModes(t *testing.T) {
	t.Parallel()
	needModes(t)
	path := place(t)
	j := open(t, journal.Options{Path: path, MaxSize: 600})
	for range 4 {
		begin(t, j, "a")
	}
	// The folder, the journal, at least one older one, the lock, and the mark
	// in its folder.
	if open, seen := modes(t, filepath.Dir(path)); len(open) > 0 || len(seen) < 6 {
		t.Errorf("of %q open to others: %q", seen, open)
	}
	for _, p := range []string{path, path + ".lock"} {
		if err := os.Chmod(p, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	entries(t, j)
	if open, _ := modes(t, filepath.Dir(path)); len(open) > 0 {
		t.Errorf("left open to others: %q", open)
	}
}

// TestSharedFolder refuses a folder that others can write to.
func TestSharedFolder(t *testing.T) {
	t.Parallel()
	needModes(t)
	for _, mode := range []fs.FileMode{0o777, 0o770, 0o702, fs.ModeSticky | 0o777} {
		path := place(t)
		folder := filepath.Dir(path)
		if err := errors.Join(os.Mkdir(folder, 0o700), os.Chmod(folder, mode)); err != nil {
			t.Fatal(err)
		}
		_, err := open(t, journal.Options{Path: path}).Begin(t.Context(), payment("a"), nil)
		want := "the journal " + path + " cannot be written: others can write to its folder, until you run chmod go-w " + folder + "; nothing is changed without it"
		if err == nil || err.Error() != want {
			t.Errorf("%v: got %v, want %s", mode, err, want)
		}
	}
}

// TestNoPlainFile refuses links and folders, and leaves alone where they lead.
func TestNoPlainFile(t *testing.T) {
	t.Parallel()
	for _, suffix := range []string{"", ".lock"} {
		t.Run("link at journal"+suffix, func(t *testing.T) {
			t.Parallel()
			path := place(t)
			target := filepath.Join(t.TempDir(), "target")
			write(t, target, "mine")
			write(t, filepath.Join(filepath.Dir(path), "other"), "")
			if err := os.Symlink(target, path+suffix); err != nil {
				needModes(t) // links are refused to ordinary users there
				t.Fatal(err)
			}
			j := open(t, journal.Options{Path: path})
			wantRefused(t, j, "is not a plain file")
			if _, err := j.Entries(t.Context()); err == nil {
				t.Error("it was read")
			}
			if got := contents(t, target); got != "mine" {
				t.Errorf("the target: got %q, want mine", got)
			}
		})
		t.Run("folder at journal"+suffix, func(t *testing.T) {
			t.Parallel()
			path := place(t)
			if err := os.MkdirAll(path+suffix, 0o700); err != nil {
				t.Fatal(err)
			}
			wantRefused(t, open(t, journal.Options{Path: path}), "is not a plain file")
		})
	}
}

func wantRefused(t *testing.T, j *journal.Journal, why string) {
	t.Helper()
	_, err := j.Begin(t.Context(), payment("a"), nil)
	var e *journal.Error
	if !errors.As(err, &e) || !strings.Contains(err.Error(), why) || !strings.HasSuffix(err.Error(), "; nothing is changed without it") {
		t.Errorf("got %v, want %s", err, why)
	}
}

// TestNoFolder refuses where none can be made, and where it vanished: a limit
// would be forgotten with it.
func TestNoFolder(t *testing.T) {
	t.Parallel()
	path := place(t)
	write(t, filepath.Dir(path), "a file")
	if _, err := open(t, journal.Options{Path: path}).Begin(t.Context(), payment("a"), nil); err == nil {
		t.Error("it was begun in a file")
	}

	path = place(t)
	j := open(t, journal.Options{Path: path})
	begin(t, j, "a")
	if err := os.Rename(filepath.Dir(path), filepath.Dir(path)+" moved"); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Begin(t.Context(), payment("b"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got error %v, want %v", err, fs.ErrNotExist)
	}
	if _, err := j.Entries(t.Context()); err == nil {
		t.Error("it was read")
	}
	if err := os.Rename(filepath.Dir(path)+" moved", filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	begin(t, j, "c")
	wantTold(t, "entries", entries(t, j), "c a")
}

// TestTidied goes on when somebody removes what is not in the journal itself.
func TestTidied(t *testing.T) {
	t.Parallel()
	path := place(t)
	j, other := open(t, journal.Options{Path: path}), open(t, journal.Options{Path: path})
	begin(t, j, "a")
	if err := errors.Join(os.Remove(path+".lock"), os.RemoveAll(filepath.Join(filepath.Dir(path), "running"))); err != nil {
		t.Fatal(err)
	}
	begin(t, j, "b") // marks itself anew
	wantTold(t, "orphans", orphans(t, other), "")
	wantTold(t, "entries", entries(t, other), "b a")
}

// TestReplaced reads a file anew that took the place of the one it read, or
// was cut short.
func TestReplaced(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(path, text string) error{
		"cut": func(path, text string) error { return os.WriteFile(path, []byte(text), 0o600) },
		"replaced by a longer one": func(path, text string) error {
			text += strings.Repeat("\n", 1<<12)
			return errors.Join(os.Rename(path, path+".mine"), os.WriteFile(path, []byte(text), 0o600))
		},
		"removed": func(path, _ string) error { return os.Remove(path) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := place(t)
			j := open(t, journal.Options{Path: path})
			begin(t, j, "a")
			kept, want := contents(t, path), "a"
			begin(t, j, "b")
			wantTold(t, "before", orphans(t, j), "") // everything is read now
			if err := change(path, kept); err != nil {
				t.Fatal(err)
			}
			if name == "removed" {
				want = ""
			}
			_, err := j.Begin(t.Context(), payment("c"), func(all []journal.Entry) error {
				wantTold(t, name, all, want)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			wantTold(t, "afterwards", entries(t, j), strings.TrimSpace("c "+want))
		})
	}
}
