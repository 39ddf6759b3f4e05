package journal_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// TestEndGoneWithItsRecords takes the end out together with all that knew of it:
// the next line tells that nothing was known, and goes on telling.
func TestEndGoneWithItsRecords(t *testing.T) {
	t.Parallel()
	path, lines := filled(t)
	root := filepath.Dir(filepath.Dir(path))
	write(t, path, strings.Join(lines[:5], ""))
	for _, folder := range []string{"heads", "cache"} {
		if err := os.RemoveAll(filepath.Join(root, folder)); err != nil {
			t.Fatal(err)
		}
	}
	wantFound(t, "before", path, "headless 0-0")
	j := open(t, headed(path, journal.Options{}))
	begin(t, j, "next")
	r := wantFound(t, "written on", path, "headless 5-6")
	if r.Sound() || !strings.Contains(r.Findings[0].Says, "when line 6 was written") {
		t.Errorf("got %+v, want that it was noticed at line 6", r.Findings)
	}
	if n, err := j.Accept(t.Context()); n != 1 || err != nil {
		t.Errorf("got %d, error %v, want one accepted", n, err)
	}
	if r := verify(t, path); !r.Sound() {
		t.Errorf("got %+v, want all sound", r.Findings)
	}
}

// TestAcceptedAndChangedAgain finds that what somebody knew of a line is not good
// for another change of it.
func TestAcceptedAndChangedAgain(t *testing.T) {
	t.Parallel()
	path, _ := filled(t)
	j := open(t, headed(path, journal.Options{}))
	change := func(from, to string) {
		t.Helper()
		write(t, path, strings.Replace(contents(t, path), from, to, 1))
	}
	change(`"id":"1"`, `"id":"8"`)
	if n, err := j.Accept(t.Context()); n == 0 || err != nil {
		t.Fatalf("got %d, error %v, want some accepted", n, err)
	}
	if r := verify(t, path); !r.Sound() {
		t.Errorf("got %+v, want all sound", r.Findings)
	}
	change(`"id":"8"`, `"id":"9"`)
	if r := verify(t, path); r.Sound() {
		t.Errorf("another change passes: %+v", r.Findings)
	}
}
