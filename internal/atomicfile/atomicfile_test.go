package atomicfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
)

// file makes a file that others can read, alone in a folder.
func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantFile holds a file to its content, and its folder to holding nothing
// else.
func wantFile(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("got content %q, error %v, want %q", got, err, want)
	}
	wantAlone(t, filepath.Dir(path), filepath.Base(path))
}

func wantAlone(t *testing.T, folder string, want ...string) {
	t.Helper()
	all, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range all {
		got = append(got, f.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got files %q, want %q", got, want)
	}
}

func wantMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want && runtime.GOOS != "windows" {
		t.Errorf("got mode %o, want %o", got, want)
	}
}

// TestWrite makes a file and replaces it, for its owner alone.
func TestWrite(t *testing.T) {
	t.Parallel()
	made, replaced := filepath.Join(t.TempDir(), "new"), file(t, "old")
	for _, path := range []string{made, replaced} {
		if err := atomicfile.Write(path, []byte("content")); err != nil {
			t.Fatal(err)
		}
		wantFile(t, path, "content")
		wantMode(t, path, 0o600)
	}
}

// TestReplaceMode keeps the mode that the content was given.
func TestReplaceMode(t *testing.T) {
	t.Parallel()
	path := file(t, "old")
	err := atomicfile.Replace(path, func(f *os.File) error {
		wantMode(t, f.Name(), 0o600)
		_, err := f.WriteString("new")
		return errors.Join(err, f.Chmod(0o664))
	}, func(part string) error {
		wantMode(t, part, 0o664)
		if got, err := os.ReadFile(path); err != nil || string(got) != "old" {
			t.Errorf("got content %q, error %v at the last moment, want old", got, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantFile(t, path, "new")
	wantMode(t, path, 0o664)
}

// TestReplaceRefused leaves all as it was when the content cannot be had, or
// is refused at the last moment.
func TestReplaceRefused(t *testing.T) {
	t.Parallel()
	refused := errors.New("refused")
	no := func(*os.File) error { return refused }
	half := func(f *os.File) error {
		_, err := f.WriteString("half")
		return err
	}
	for name, c := range map[string]struct {
		fill func(*os.File) error
		last func(string) error
	}{
		"at first": {fill: no},
		"at last":  {fill: half, last: func(string) error { return refused }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := file(t, "old")
			if err := atomicfile.Replace(path, c.fill, c.last); err != refused { //nolint:errorlint // as it is
				t.Errorf("got error %v, want %v itself", err, refused)
			}
			wantFile(t, path, "old")
		})
	}
}

// TestReplacePanics leaves all as it was when the content panics.
func TestReplacePanics(t *testing.T) {
	t.Parallel()
	path := file(t, "old")
	func() {
		defer func() { _ = recover() }()
		_ = atomicfile.Replace(path, func(*os.File) error { panic("defect") }, nil)
	}()
	wantFile(t, path, "old")
}

// TestPlaces finds the error of a place that no file can take, and nothing
// left behind.
func TestPlaces(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "taken", "inside"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(folder, "none", "file"), filepath.Join(folder, "taken")} {
		if err := atomicfile.Write(path, nil); err == nil {
			t.Errorf("got no error for %s, want one", path)
		}
	}
	wantAlone(t, folder, "taken")
}

// TestNew makes a file once, however many want it, and never half of it.
func TestNew(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	var made atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			switch err := atomicfile.New(path, []byte("content")); {
			case err == nil:
				made.Add(1)
			case !errors.Is(err, fs.ErrExist):
				t.Errorf("got error %v, want %v", err, fs.ErrExist)
			}
			if got, err := os.ReadFile(path); err != nil || string(got) != "content" {
				t.Errorf("got content %q, error %v, want it whole", got, err)
			}
		})
	}
	all.Wait()
	if got := made.Load(); got != 1 {
		t.Errorf("got %d that made it, want 1", got)
	}
	wantFile(t, path, "content")
	wantMode(t, path, 0o600)
}

// TestReaders reads a file while it is replaced: each time whole.
func TestReaders(t *testing.T) {
	t.Parallel()
	contents := []string{strings.Repeat("a", 10_000), strings.Repeat("b", 20_000)}
	path := file(t, contents[0])
	var over atomic.Bool
	var all sync.WaitGroup
	all.Go(func() {
		defer over.Store(true)
		for i := range 100 {
			if err := atomicfile.Write(path, []byte(contents[i%2])); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for !over.Load() {
		if got, err := os.ReadFile(path); err != nil || string(got) != contents[0] && string(got) != contents[1] {
			t.Errorf("got %d bytes, error %v, want 10000 or 20000", len(got), err)
			break
		}
	}
	all.Wait()
}

// TestLinks replaces a link, or follows it where that is asked.
func TestLinks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		follow       bool
		link, behind string // what they read as afterwards
	}{
		"replaced": {link: "new", behind: "old"},
		"followed": {follow: true, link: "new", behind: "new"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			behind, path := file(t, "old"), linked(t)
			if err := os.Symlink(behind, path); err != nil {
				t.Skip(err)
			}
			meant := path
			if c.follow {
				meant = followed(t, path)
			}
			if err := atomicfile.Write(meant, []byte("new")); err != nil {
				t.Fatal(err)
			}
			wantFile(t, path, c.link)
			wantFile(t, behind, c.behind)
			info, err := os.Lstat(path)
			if err != nil {
				t.Fatal(err)
			}
			if got := info.Mode()&fs.ModeSymlink != 0; got != c.follow {
				t.Errorf("got a link %t, want %t", got, c.follow)
			}
		})
	}
}

func linked(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "link")
}

func followed(t *testing.T, path string) string {
	t.Helper()
	meant, err := atomicfile.Follow(path)
	if err != nil {
		t.Fatal(err)
	}
	return meant
}

// TestFollow finds what is meant where there is no link, and refuses links
// that lead nowhere.
func TestFollow(t *testing.T) {
	t.Parallel()
	folder, err := filepath.EvalSymlinks(t.TempDir()) // which may itself be behind a link
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(folder, "file"), filepath.Join(folder, "none", "file")} {
		if got := followed(t, path); got != path {
			t.Errorf("got %s, want %s", got, path)
		}
	}
	nowhere, circle := filepath.Join(folder, "nowhere"), filepath.Join(folder, "circle")
	if err := errors.Join(os.Symlink(filepath.Join(folder, "gone"), nowhere), os.Symlink(circle, circle)); err != nil {
		t.Skip(err)
	}
	for path, want := range map[string]string{nowhere: "is a link to a file that is not there", circle: "cannot be reached"} {
		if _, err := atomicfile.Follow(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got error %v for %s, want %q", err, path, want)
		}
	}
}
