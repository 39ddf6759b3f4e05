//go:build unix

package journal_test

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// TestFull runs out of room at every byte of a line, by the limit that the
// system sets on the length of files. The limit is of a whole process, so the
// test runs itself in one of its own.
func TestFull(t *testing.T) {
	t.Parallel()
	if flag.Arg(0) == "full" {
		runFull(t, flag.Arg(1))
		return
	}
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFull$", "--", "full", place(t))
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func runFull(t *testing.T, path string) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ) // so that a write fails instead
	// All lines are as long as the first: their times end on the same digit.
	j := open(t, headed(path, journal.Options{Now: newClock().Now}))
	id := begin(t, j, "a")
	before := contents(t, path)
	free := limit(t, uint64(len(before)))
	for room := range len(before) {
		limit(t, uint64(len(before)+room))
		_, err := j.Begin(t.Context(), payment("b"), nil)
		want := "the journal " + path + " cannot be written: file too large; nothing is changed without it"
		if !errors.Is(err, syscall.EFBIG) || err.Error() != want {
			t.Fatalf("with room for %d bytes: got %v, want %s", room, err, want)
		}
		if got := contents(t, path); got != before {
			t.Fatalf("with room for %d bytes: got %q more, want none", room, strings.TrimPrefix(got, before))
		}
	}
	limit(t, uint64(len(before)+20))
	var e *journal.Error
	if err := j.End(t.Context(), id, done(1)); !errors.Is(err, syscall.EFBIG) || !errors.As(err, &e) {
		t.Errorf("end: got error %v, want one of the journal's, %v", err, syscall.EFBIG)
	}
	wantTold(t, "full", entries(t, j), "a:done")
	wantTold(t, "full, to others", entries(t, open(t, journal.Options{Path: path})), "a")
	limit(t, free)
	begin(t, j, "c")
	wantTold(t, "with room again", entries(t, open(t, journal.Options{Path: path})), "c a:done")
	if r := wantFound(t, "the chain", path, ""); r.Lines != 3 {
		t.Errorf("the chain: %+v", r)
	}
}

// limit sets how long a file may become and returns how long it might before.
func limit(t *testing.T, bytes uint64) uint64 {
	t.Helper()
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
		t.Fatal(err)
	}
	before := l.Cur
	l.Cur = bytes
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
		t.Fatal(err)
	}
	return before
}
