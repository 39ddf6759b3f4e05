package journal_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// TestMain lets the test program be another process at a journal.
func TestMain(m *testing.M) {
	flag.Parse()
	child, is := map[string]func(*journal.Journal) error{"hang": hang, "write": writeOn, "rival": rival}[flag.Arg(0)]
	if !is {
		slowtest.Main(m, 15)
		return
	}
	j, err := journal.Open(headed(flag.Arg(1), journal.Options{MaxSize: 3000}))
	if err == nil {
		err = child(j)
	}
	if err != nil {
		panic(err)
	}
}

// hang begins one write and never ends it.
func hang(j *journal.Journal) error {
	if err := say(j.Begin(context.Background(), payment("hang"), nil)); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// writeOn begins and ends for ever, and says what it began.
func writeOn(j *journal.Journal) error {
	for {
		id, err := j.Begin(context.Background(), payment("write"), nil)
		if err := say(id, err); err != nil {
			return err
		}
		if err := j.End(context.Background(), id, done(1)); err != nil {
			return err
		}
	}
}

// rival says which of a few things it was the first to begin.
func rival(j *journal.Journal) error {
	for n := range 15 {
		digest := fmt.Sprint("d", n)
		id, err := j.Begin(context.Background(), payment(digest), once(digest))
		if errors.Is(err, errTwin) {
			continue
		}
		if err := say(id, err); err != nil {
			return err
		}
		if err := j.End(context.Background(), id, done(1)); err != nil {
			return err
		}
	}
	return j.Close()
}

func say(id string, err error) error {
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(os.Stdout, id)
	return err
}

// start runs a child. Its standard input stays open for as long as it lives.
func start(t *testing.T, role, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], "--", role, path)
	c.Stderr = os.Stderr
	if _, err := c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
	return c, bufio.NewScanner(out)
}

func kill(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil {
		t.Fatal("the child ended of itself")
	}
}

// TestKilled kills a process between its two lines: its entry is an orphan
// then, and not before.
func TestKilled(t *testing.T) {
	t.Parallel()
	path := place(t)
	child, said := start(t, "hang", path)
	if !said.Scan() {
		t.Fatal("the child says nothing")
	}
	j := open(t, journal.Options{Path: path})
	begin(t, j, "mine")
	wantTold(t, "while it lives", orphans(t, j), "")
	kill(t, child)
	left := orphans(t, j)
	wantTold(t, "when it was killed", left, "hang")
	if len(left) != 1 || left[0].ID != said.Text() {
		t.Fatalf("got %+v, want %s", left, said.Text())
	}
	marks, err := filepath.Glob(filepath.Join(filepath.Dir(path), "running", "*"))
	if err != nil || len(marks) != 1 {
		t.Errorf("marks %q, %v; want its own", marks, err)
	}
	end(t, j, left[0].ID, fisklapi.Result{Outcome: fisklapi.NotDone, Found: "No such payment."})
	wantTold(t, "when it was looked up", orphans(t, j), "")
	wantTold(t, "entries", entries(t, j), "mine hang:not done")
}

// TestKilledWriting kills a process in full flight: all that it was told had
// begun is there, and at most one entry is open.
func TestKilledWriting(t *testing.T) {
	t.Parallel()
	path := place(t)
	child, said := start(t, "write", path)
	begun := make(map[string]bool)
	for len(begun) < 20 && said.Scan() {
		begun[said.Text()] = true
	}
	kill(t, child)
	if r := verify(t, path); !r.Sound() {
		t.Errorf("the chain, just after: %+v", r)
	}
	j := open(t, headed(path, journal.Options{}))
	begin(t, j, "mine")
	if left := orphans(t, j); len(left) > 1 {
		t.Errorf("left %+v", left)
	}
	for _, e := range entries(t, j) {
		delete(begun, e.ID)
	}
	if len(begun) > 0 {
		t.Errorf("lost: %v", begun)
	}
	if r := verify(t, path); !r.Sound() || r.Lines < 40 {
		t.Errorf("the chain: %+v", r)
	}
}

// TestRivals runs real processes against one another.
func TestRivals(t *testing.T) {
	t.Parallel()
	path := place(t)
	first, said := start(t, "rival", path)
	second, alsoSaid := start(t, "rival", path)
	var won []string
	for _, s := range []*bufio.Scanner{said, alsoSaid} {
		for s.Scan() {
			won = append(won, s.Text())
		}
	}
	if err := errors.Join(first.Wait(), second.Wait()); err != nil {
		t.Fatal(err)
	}
	got := entries(t, open(t, journal.Options{Path: path}))
	if len(won) != 15 || len(got) != 15 || strings.Count(told(got), ":done") != 15 {
		t.Errorf("got %d begun and entries %s, want 15 done", len(won), told(got))
	}
	if r := wantFound(t, "the chain", path, ""); r.Lines < 30 || r.Files < 3 || r.Head.Seq != r.Lines {
		t.Errorf("the chain: %+v", r)
	}
}
