package install_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
)

const someone = `{"mcpServers": {"x": {"env": {"FISKL_API_KEY": "fsk_ab-canary_1234"}}}}`

// TestApply writes the file, keeps its mode, and leaves a copy of what was
// there that only its owner can read.
func TestApply(t *testing.T) {
	t.Parallel()
	c, path := client(t, "cursor", someone)
	if err := os.Chmod(path, 0o664); err != nil {
		t.Fatal(err)
	}
	ch := planned(t, c, wish())
	if diff := ch.Diff(); !strings.Contains(diff, "+++ "+path) || !strings.Contains(diff, `"fiskl": {`) || strings.Contains(diff, "canary") {
		t.Errorf("the difference is\n%s", diff)
	}
	if got := read(t, path); got != someone {
		t.Errorf("after a plan: got %s, want %s", got, someone)
	}
	backup, err := ch.Apply(present())
	if err != nil {
		t.Fatal(err)
	}
	if backup != path+".20261122T160000Z.bak" || read(t, backup) != someone || mode(t, backup) != 0o600 {
		t.Errorf("the copy %s has mode %o", backup, mode(t, backup))
	}
	if read(t, path) != string(ch.After) || mode(t, path) != 0o664 {
		t.Errorf("the file has mode %o", mode(t, path))
	}
	again := planned(t, c, wish())
	if backup, err := again.Apply(present()); again.Needed() || backup != "" || err != nil {
		t.Errorf("a second time: %v, %q, %v", again.Needed(), backup, err)
	}
	if backup, err := planned(t, c, removal()).Apply(present()); err != nil || backup != path+".20261122T160000Z-2.bak" {
		t.Errorf("in the same second: %q, %v", backup, err)
	}
	if got := read(t, path); got != someone {
		t.Errorf("without the entry: got %s, want %s", got, someone)
	}
	if all := files(t, path); len(all) != 3 {
		t.Errorf("it left %q", all)
	}
}

// TestApplyNew makes the file and its folders, for their owner alone.
func TestApplyNew(t *testing.T) {
	t.Parallel()
	c, path := client(t, "vscode", "")
	if err := os.RemoveAll(filepath.Dir(filepath.Dir(path))); err != nil {
		t.Fatal(err)
	}
	ch := planned(t, c, wish())
	if !ch.Creates() {
		t.Error("it does not say that there is no file")
	}
	if backup, err := ch.Apply(present()); err != nil || backup != "" {
		t.Fatalf("%q, %v", backup, err)
	}
	if mode(t, path) != 0o600 || mode(t, filepath.Dir(path)) != fs.ModeDir|0o700 || !strings.Contains(read(t, path), `"type": "stdio"`) {
		t.Errorf("mode %o: %s", mode(t, path), read(t, path))
	}
}

// TestLink follows a link to the file, and leaves the link.
func TestLink(t *testing.T) {
	t.Parallel()
	c, path := client(t, "claude-code", "")
	target := filepath.Join(t.TempDir(), "dotfiles.json")
	if err := errors.Join(os.WriteFile(target, []byte(someone), 0o600), os.Remove(path), os.Symlink(target, path)); err != nil {
		t.Fatal(err)
	}
	ch := planned(t, c, wish())
	backup, err := ch.Apply(present())
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(path); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
	if resolved(t, ch.Real) != resolved(t, target) || resolved(t, filepath.Dir(backup)) != resolved(t, filepath.Dir(target)) || read(t, target) != string(ch.After) {
		t.Errorf("it wrote %s and %s", ch.Real, backup)
	}
	if err := os.Remove(target); err != nil {
		t.Fatal(err)
	}
	if _, err := install.Plan(c, c.Places[0], wish()); err == nil || !strings.Contains(err.Error(), "is a link to a file that is not there") {
		t.Errorf("got error %v, want that the link leads nowhere", err)
	}
}

// TestInTheWay says what is wrong with what stands in the file's place, and
// leaves it.
func TestInTheWay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		put  func(path string) error
		want string
	}{
		"a folder":  {func(p string) error { return errors.Join(os.Remove(p), os.Mkdir(p, 0o700)) }, "is not a file: move away"},
		"read-only": {func(p string) error { return os.Chmod(p, 0o444) }, "is read-only: if you want it changed, run chmod u+w"},
		"a file in place of the folder": {func(p string) error {
			return errors.Join(os.RemoveAll(filepath.Dir(p)), os.WriteFile(filepath.Dir(p), nil, 0o600))
		}, ".cursor/mcp.json cannot be reached: "},
		"a link to itself": {func(p string) error { return errors.Join(os.Remove(p), os.Symlink(p, p)) }, "mcp.json cannot be reached: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, path := client(t, "cursor", someone)
			if err := c.put(path); err != nil {
				t.Fatal(err)
			}
			if _, err := install.Plan(client, client.Places[0], wish()); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want %q", err, c.want)
			}
		})
	}
}

// TestChangedMeanwhile gives way to somebody else who writes.
func TestChangedMeanwhile(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(path string) error{
		"written": func(p string) error { return os.WriteFile(p, []byte("{}"), 0o600) },
		"removed": os.Remove,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, path := client(t, "cursor", someone)
			ch := planned(t, c, wish())
			if err := meanwhile(path); err != nil {
				t.Fatal(err)
			}
			left := files(t, path)
			if _, err := ch.Apply(present()); !errors.Is(err, install.ErrChanged) {
				t.Errorf("got error %v, want %v", err, install.ErrChanged)
			}
			if now := files(t, path); len(now) != len(left) {
				t.Errorf("it left %q", now)
			}
		})
	}
}

// TestAtOnce has many edit one file. Whoever is told that it went well has an
// entry there, and the others that they came too late.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs folders that can be locked, which Windows lacks")
	}
	const many = 8
	c, path := client(t, "cursor", someone)
	var changes []install.Change
	for i := range many {
		w := wish()
		w.Name = fmt.Sprintf("fiskl-%d", i)
		changes = append(changes, planned(t, c, w))
	}
	var done atomic.Int32
	var all sync.WaitGroup
	for _, ch := range changes {
		all.Go(func() {
			switch _, err := ch.Apply(present()); {
			case err == nil:
				done.Add(1)
			case !errors.Is(err, install.ErrChanged):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if there := strings.Count(read(t, path), "fiskl-mcp"); done.Load() != 1 || there != 1 {
		t.Errorf("%d were told that it went well, and %d entries are there", done.Load(), there)
	}
	if all := files(t, path); len(all) != 2 {
		t.Errorf("it left %q", all)
	}
}

func planned(t *testing.T, c install.Client, w install.Wish) install.Change {
	t.Helper()
	ch, err := install.Plan(c, c.Places[0], w)
	if err != nil {
		t.Fatal(err)
	}
	return ch
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func mode(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode()
}

// files are the names in the folder of a file.
func files(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func resolved(t *testing.T, path string) string {
	t.Helper()
	found, err := filepath.EvalSymlinks(path)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
