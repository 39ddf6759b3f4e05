package journal

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

var errFull = errors.New("no space left on device")

// failing is a journal on a disk that does as it is told.
func failing(t *testing.T) (*Journal, *disk) {
	t.Helper()
	j, err := Open(Options{Path: filepath.Join(t.TempDir(), "journal", "a.jsonl")})
	if err != nil {
		t.Fatal(err)
	}
	d, ok := j.shelf.(*disk)
	if !ok {
		t.Fatalf("got %T, want a disk", j.shelf)
	}
	return j, d
}

func outcomes(t *testing.T, j *Journal) string {
	t.Helper()
	all, err := j.Entries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	words := make([]string, len(all))
	for i, e := range all {
		words[i] = e.Tool + ":" + string(e.Result.Outcome)
	}
	return strings.Join(words, " ")
}

// TestFailures fails an append in every way that a disk knows, when it begins
// and when it ends a write.
func TestFailures(t *testing.T) {
	t.Parallel()
	cases := map[string]func(f *os.File, b []byte) error{
		"nothing written": func(*os.File, []byte) error { return errFull },
		"half written": func(f *os.File, b []byte) error {
			_, err := f.Write(b[:len(b)/2])
			return errors.Join(err, errFull)
		},
		"written, not synced": func(f *os.File, b []byte) error {
			_, err := f.Write(b)
			return errors.Join(err, errFull)
		},
	}
	for name, fail := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j, d := failing(t)
			d.commit = fail
			if _, err := j.Begin(t.Context(), Opening{Tool: "first"}, nil); !errors.Is(err, errFull) {
				t.Fatalf("got error %v, want %v", err, errFull)
			}
			d.commit = commit
			id, err := j.Begin(t.Context(), Opening{Tool: "a"}, nil)
			if err != nil {
				t.Fatal(err)
			}
			wantRetried(t, j, d, id, fail)
		})
	}
}

// wantRetried ends an entry on a failing disk, then mends the disk.
func wantRetried(t *testing.T, j *Journal, d *disk, id string, fail func(*os.File, []byte) error) {
	t.Helper()
	d.commit = fail
	err := j.End(t.Context(), id, fisklapi.Result{Outcome: fisklapi.Done})
	want := "the journal " + d.path + " cannot be written: no space left on device; how the write ended is noted as soon as it can be"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := j.Begin(t.Context(), Opening{Tool: "b"}, nil); !errors.Is(err, errFull) {
		t.Errorf("begun before the end was written: %v", err)
	}
	if _, err := j.Orphans(t.Context()); err != nil {
		t.Error(err)
	}
	if got := outcomes(t, j); got != "a:done" {
		t.Errorf("this process: got %q, want a:done", got)
	}
	other, err := Open(Options{Path: d.path})
	if err != nil {
		t.Fatal(err)
	}
	if got := outcomes(t, other); got != "a:" {
		t.Errorf("another process: got %q, want a:", got)
	}
	d.commit = commit
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if got := outcomes(t, other); got != "a:done" {
		t.Errorf("afterwards: got %q, want a:done", got)
	}
}

// TestStuck leaves a line that can neither be kept nor taken back: its entry
// ends as not done as soon as anything can be written.
func TestStuck(t *testing.T) {
	t.Parallel()
	j, d := failing(t)
	away := d.path + ".away"
	d.commit = func(f *os.File, b []byte) error {
		_, err := f.Write(b)
		return errors.Join(err, os.Rename(d.path, away), errFull)
	}
	if _, err := j.Begin(t.Context(), Opening{Tool: "a"}, nil); !errors.Is(err, errFull) {
		t.Fatalf("got error %v, want %v", err, errFull)
	}
	if err := os.Rename(away, d.path); err != nil {
		if runtime.GOOS == "windows" {
			t.Skip("needs files in use to be renamed, which Windows refuses:", err)
		}
		t.Fatal(err)
	}
	d.commit = commit
	_, err := j.Begin(t.Context(), Opening{Tool: "b"}, func(all []Entry) error {
		if len(all) != 1 || all[0].Open() {
			t.Errorf("a check saw %+v", all)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := outcomes(t, j); got != "b: a:not done" {
		t.Errorf("got %q, want b: a:not done", got)
	}
}

// TestFullRotation finds that a file which cannot be put away is written on.
func TestFullRotation(t *testing.T) {
	t.Parallel()
	j, d := failing(t)
	j.maxSize = 1
	if _, err := j.Begin(t.Context(), Opening{Tool: "a"}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Begin(t.Context(), Opening{Tool: "b"}, nil); err != nil {
		t.Fatal(err)
	}
	// There is something to carry now, which fails.
	d.commit = func(f *os.File, b []byte) error {
		if strings.Contains(string(b), `"carry"`) {
			return errFull
		}
		return commit(f, b)
	}
	for _, tool := range []string{"c", "d"} {
		if _, err := j.Begin(t.Context(), Opening{Tool: tool}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if olds, err := d.olds(); err != nil || len(olds) != 1 {
		t.Errorf("put away: %v, %v", olds, err)
	}
	if got := outcomes(t, j); got != "d: c: b: a:" {
		t.Errorf("got %q, want d: c: b: a:", got)
	}
}

// TestNothingReread finds that what was read once is not read again.
func TestNothingReread(t *testing.T) {
	t.Parallel()
	j, d := failing(t)
	for range 3 {
		if _, err := j.Begin(t.Context(), Opening{Tool: "a"}, nil); err != nil {
			t.Fatal(err)
		}
	}
	b, next, err := d.proceed(j.past.upTo)
	if err != nil || strings.Count(string(b), "\n") != 1 {
		t.Errorf("left to read: %q, %v", b, err)
	}
	if b, _, err := d.proceed(next); err != nil && !errors.Is(err, io.EOF) || len(b) != 0 {
		t.Errorf("left after that: %q, %v", b, err)
	}
}
