package seal_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
)

func TestLoadKey(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "state", "fiskl-mcp")
	path := filepath.Join(folder, "key")
	first, err := seal.LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := seal.LoadKey(path)
	if err != nil || again.Reveal() != first.Reveal() || len(first.Reveal()) != 32 {
		t.Errorf("the second load differs from the first: %v", err)
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != hex.EncodeToString([]byte(first.Reveal()))+"\n" {
		t.Errorf("the file does not hold the key: %v", err)
	}
	other, err := seal.LoadKey(filepath.Join(folder, "other"))
	if err != nil || other.Reveal() == first.Reveal() {
		t.Errorf("two installations share a key: %v", err)
	}
	onlyHolds(t, folder, "key", "other")
	if runtime.GOOS == "windows" {
		return
	}
	for name, want := range map[string]os.FileMode{path: 0o600, folder: 0o700 | os.ModeDir, filepath.Dir(folder): 0o700 | os.ModeDir} {
		if info, err := os.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s has mode %v, want %v: %v", name, info.Mode(), want, err)
		}
	}
}

// onlyHolds fails the test when parts are left over.
func onlyHolds(tb testing.TB, folder string, want ...string) {
	tb.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		tb.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		tb.Errorf("the folder holds %v, want %v", got, want)
	}
}

func TestLoadKeyRace(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state", "key")
	var (
		start = make(chan struct{})
		keys  [50]string
		all   sync.WaitGroup
	)
	for i := range keys {
		all.Go(func() {
			<-start
			key, err := seal.LoadKey(path)
			if err != nil {
				t.Error(err)
			}
			keys[i] = key.Reveal()
		})
	}
	close(start)
	all.Wait()
	for i, key := range keys {
		if key != keys[0] || len(key) != 32 {
			t.Errorf("racer %d has another key", i)
		}
	}
	onlyHolds(t, filepath.Dir(path), "key")
}

func TestLoadKeyRaceOfProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state", "key")
	children := make([]*child, 6)
	for i := range children {
		children[i] = startChild(t, path)
	}
	for _, c := range children {
		c.awaitReady(t)
	}
	for _, c := range children {
		if err := c.start.Close(); err != nil {
			t.Fatal(err)
		}
	}
	key := ""
	for i, c := range children {
		got := c.key(t)
		if i == 0 {
			key = got
		}
		if got != key {
			t.Errorf("child %d has another key", i)
		}
	}
	own, err := seal.LoadKey(path)
	if err != nil || own.Digest() != key {
		t.Errorf("the parent has another key than its children: %v", err)
	}
	onlyHolds(t, filepath.Dir(path), "key")
}

// TestChild is what a child process of TestLoadKeyRaceOfProcesses does: it
// says that it is ready, waits for the end of its input and loads the key.
func TestChild(t *testing.T) {
	t.Parallel()
	if flag.NArg() != 1 {
		t.Skip("needs to be the child of another test, which starts it")
	}
	say(t, "ready")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		t.Fatal(err)
	}
	key, err := seal.LoadKey(flag.Arg(0))
	if err != nil {
		t.Fatal(err)
	}
	say(t, "key "+key.Digest())
}

func say(t *testing.T, line string) {
	t.Helper()
	if _, err := os.Stdout.WriteString(line + "\n"); err != nil {
		t.Fatal(err)
	}
}

type child struct {
	command *exec.Cmd
	start   io.Closer
	output  *bufio.Scanner
	errors  *bytes.Buffer
}

func startChild(t *testing.T, path string) *child {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{command: exec.CommandContext(t.Context(), program, "-test.run=^TestChild$", path), errors: &bytes.Buffer{}}
	c.command.Stderr = c.errors
	input, err := c.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := c.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.start, c.output = input, bufio.NewScanner(output)
	if err := c.command.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *child) awaitReady(t *testing.T) {
	t.Helper()
	if !c.output.Scan() || c.output.Text() != "ready" {
		t.Fatalf("the child said %q: %s", c.output.Text(), c.errors)
	}
}

func (c *child) key(t *testing.T) string {
	t.Helper()
	var key string
	for c.output.Scan() {
		if digest, ok := strings.CutPrefix(c.output.Text(), "key "); ok {
			key = digest
		}
	}
	if err := c.command.Wait(); err != nil || key == "" {
		t.Fatalf("the child ended without a key: %v %s", err, c.errors)
	}
	return key
}
