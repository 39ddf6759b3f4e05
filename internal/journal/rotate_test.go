package journal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// small makes a new file at every second entry.
const small = 900

// TestRotation finds that what is open is never forgotten, what is of the last
// days neither, and that the rest is, once it is too much.
func TestRotation(t *testing.T) {
	t.Parallel()
	for kind, path := range kinds(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			c := newClock()
			j := open(t, journal.Options{Path: path, Now: c.Now, MaxSize: small, Retention: 72 * time.Hour})
			first := begin(t, j, "open")
			for n := range 12 {
				c.step(24 * time.Hour)
				end(t, j, begin(t, j, fmt.Sprint("n", n)), done(1))
			}
			var seen []journal.Entry
			last, err := j.Begin(t.Context(), payment("last"), func(all []journal.Entry) error {
				seen = all
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			end(t, j, last, done(1))
			got := told(seen)
			if !strings.HasPrefix(got, "open ") || !strings.HasSuffix(got, "n9:done n10:done n11:done") || strings.Contains(got, "n0:") {
				t.Errorf("a check: got %q, want what is open, and the newest up to n11", got)
			}
			end(t, j, first, done(1))
			got = told(entries(t, j))
			if !strings.HasPrefix(got, "last:done n11:done n10:done n9:done n8:done") || strings.Contains(got, "n0:") || !strings.HasSuffix(got, " open:done") {
				t.Errorf("got entries %q, want last, n11 to n8, and what was open", got)
			}
		})
	}
}

// TestRotationElsewhere has another process begin new files.
func TestRotationElsewhere(t *testing.T) {
	t.Parallel()
	path := place(t)
	c := newClock()
	j, other := open(t, journal.Options{Path: path, Now: c.Now}), open(t, journal.Options{Path: path, Now: c.Now, MaxSize: small, Retention: journal.Window})
	id := begin(t, j, "mine")
	for n := range 8 {
		c.step(72 * time.Hour)
		digest := fmt.Sprint("n", n)
		begin(t, other, digest)
		_, err := j.Begin(t.Context(), payment("again"), func(all []journal.Entry) error {
			got := strings.Fields(told(all))
			if got[0] != "mine" || got[len(got)-1] != digest || len(got) != n+2 {
				t.Errorf("a check: got %q, want mine first, %s last, and %d more", got, digest, n)
			}
			return os.ErrExist
		})
		if err != os.ErrExist { //nolint:errorlint // a check's error is not wrapped
			t.Fatal(err)
		}
	}
	if got := names(t, path); len(got) != 2 {
		t.Errorf("got files %q, want 2", got)
	}
	end(t, j, id, done(1))
	fresh := open(t, journal.Options{Path: path, Now: c.Now})
	for _, each := range []*journal.Journal{j, other, fresh} {
		wantTold(t, "entries", entries(t, each), "n7 n6 n5 n4 n3 n2 n1 n0 mine:done")
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	wantTold(t, "orphans", orphans(t, fresh), "n0 n1 n2 n3 n4 n5 n6 n7")
}

// TestRotationCutOff stops between putting a file away and beginning a new one.
func TestRotationCutOff(t *testing.T) {
	t.Parallel()
	path := place(t)
	c := newClock()
	j := open(t, journal.Options{Path: path, Now: c.Now})
	begin(t, j, "a")
	if err := os.Rename(path, strings.TrimSuffix(path, ".jsonl")+"-20260101T000000.000Z.jsonl"); err != nil {
		t.Fatal(err)
	}
	for _, each := range []*journal.Journal{j, open(t, journal.Options{Path: path, Now: c.Now})} {
		wantTold(t, "entries", entries(t, each), "a")
		_, err := each.Begin(t.Context(), payment("b"), once("a"))
		if err != errTwin { //nolint:errorlint // a check's error is not wrapped
			t.Errorf("got error %v, want %v itself", err, errTwin)
		}
	}
}

// TestClockSetBack keeps the files in their order whatever the clock says.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	path := place(t)
	c := newClock()
	j := open(t, journal.Options{Path: path, Now: c.Now, MaxSize: small})
	var want []string
	for n, step := range []time.Duration{0, 0, 1000 * time.Hour, -3000 * time.Hour, 0, time.Hour, -time.Hour, 9000 * time.Hour, 0, 0, 0} {
		c.step(step)
		digest := fmt.Sprint("n", n)
		begin(t, j, digest)
		want = append([]string{digest}, want...)
		wantTold(t, "entries", entries(t, open(t, journal.Options{Path: path, Now: c.Now})), strings.Join(want, " "))
	}
	if got := names(t, path); len(got) < 4 {
		t.Errorf("got files %q, want 4 or more", got)
	}
}

// TestNeighbours tells the files of companies apart whose names begin alike.
func TestNeighbours(t *testing.T) {
	t.Parallel()
	path := place(t)
	c := newClock()
	stem := strings.TrimSuffix(path, ".jsonl")
	first := open(t, journal.Options{Path: path, Now: c.Now, MaxSize: small})
	second := open(t, journal.Options{Path: stem + "-20260101T000000.jsonl", Now: c.Now, MaxSize: small})
	write(t, stem+"-2026.jsonl", "notes")
	write(t, stem+"-29990101T000000.000Z", "notes")
	for n := range 5 {
		begin(t, first, fmt.Sprint("a", n))
		begin(t, second, fmt.Sprint("b", n))
	}
	wantTold(t, "first", entries(t, first), "a4 a3 a2 a1 a0")
	wantTold(t, "second", entries(t, second), "b4 b3 b2 b1 b0")
	if got := names(t, path); strings.Contains(strings.Join(got, " "), "-2999") {
		t.Errorf("got files %q, want none of 2999: notes were taken for one", got)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	wantTold(t, "orphans", orphans(t, second), "")
}

// TestNeighbouringMarks leaves the mark of another journal to those who know
// whether it is only being made.
func TestNeighbouringMarks(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "journal")
	mark := filepath.Join(folder, "running", "a-b-12-0123456789ab.lock")
	write(t, mark, "")
	begin(t, open(t, journal.Options{Path: filepath.Join(folder, "a")}), "a")
	if _, err := os.Lstat(mark); err != nil {
		t.Errorf("a took the mark away: %v", err)
	}
	begin(t, open(t, journal.Options{Path: filepath.Join(folder, "a-b")}), "b")
	if _, err := os.Lstat(mark); err == nil {
		t.Error("a-b left the mark of a process that is gone")
	}
}

// names are of the journal's files, older and current.
func names(t *testing.T, path string) []string {
	t.Helper()
	all, err := filepath.Glob(strings.TrimSuffix(path, ".jsonl") + "*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(name string) bool { return strings.HasSuffix(name, ".lock") })
}
