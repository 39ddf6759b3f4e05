//go:build unix

package export_test

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
)

// TestFull runs out of room, by the limit that the system sets on the length
// of files. The limit is of a whole process, so the test runs itself in one of
// its own.
func TestFull(t *testing.T) {
	t.Parallel()
	if flag.Arg(0) == "full" {
		runFull(t, flag.Arg(1))
		return
	}
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFull$", "--", "full", t.TempDir())
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func runFull(t *testing.T, dir string) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ) // so that a write fails instead
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
		t.Fatal(err)
	}
	l.Cur = 1000
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
		t.Fatal(err)
	}
	s := export.New(export.Options{Dir: dir, Owner: "a", Now: time.Now})
	_, err := s.Create("csv", content(strings.Repeat("x", 5000)))
	if !errors.Is(err, syscall.EFBIG) || !strings.Contains(err.Error(), "file too large. Nothing of it is left") {
		t.Errorf("got error %v, want %v, and that nothing is left", err, syscall.EFBIG)
	}
	if all := left(t, dir); len(all) > 0 {
		t.Errorf("got files %v, want none", all)
	}
}
