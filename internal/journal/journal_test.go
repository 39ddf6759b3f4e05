package journal_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// TestEntry reads back what was written, to the last field.
func TestEntry(t *testing.T) {
	t.Parallel()
	for kind, path := range kinds(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			c := newClock()
			j := open(t, journal.Options{Path: path, Now: func() time.Time { return c.Now().In(time.FixedZone("far", 5*3600)) }})
			if got := entries(t, j); len(got) != 0 {
				t.Fatalf("before anything: got %v, want no entry", got)
			}
			begun := c.Now()
			id := begin(t, j, "a")
			c.step(time.Second + 999*time.Microsecond)
			r := fisklapi.Result{Outcome: fisklapi.NotDone, ID: "9", Name: "n", RequestID: "r", Problem: "rate limit", Found: "Nothing was there."}
			end(t, j, id, r)
			got := entries(t, j)
			want := []journal.Entry{{ID: id, Begun: begun, Process: got[0].Process, Opening: payment("a"), Ended: begun.Add(time.Second), Result: r}}
			if !reflect.DeepEqual(got, want) || len(id) != 16 || got[0].Process == "" {
				t.Errorf("got\n%+v, want\n%+v", got, want)
			}
		})
	}
}

// TestOrder lists the newest first, and shows a check the newest last.
func TestOrder(t *testing.T) {
	t.Parallel()
	for kind, path := range kinds(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			c := newClock()
			j := open(t, journal.Options{Path: path, Now: c.Now})
			first := begin(t, j, "a")
			c.step(-time.Hour)
			begin(t, j, "b")
			end(t, j, first, done(1))
			var seen []journal.Entry
			_, err := j.Begin(t.Context(), payment("c"), func(all []journal.Entry) error {
				seen = all
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			wantTold(t, "check", seen, "a:done b")
			wantTold(t, "entries", entries(t, j), "c b a:done")
			wantTold(t, "orphans", orphans(t, j), "")
		})
	}
}

// TestRefusal finds that what a check refuses is not written and that its
// error comes back as it is.
func TestRefusal(t *testing.T) {
	t.Parallel()
	for kind, path := range kinds(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			j := open(t, journal.Options{Path: path})
			refused := errors.New("paid already")
			id, err := j.Begin(t.Context(), payment("a"), func([]journal.Entry) error { return refused })
			if err != refused || id != "" { //nolint:errorlint // it must not be wrapped
				t.Errorf("got id %q, error %v, want %v itself", id, err, refused)
			}
			begin(t, j, "b")
			wantTold(t, "entries", entries(t, j), "b")
		})
	}
}

// TestEnds finds that a known end stays and an unknown one can be found out.
func TestEnds(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		ends []fisklapi.Outcome
		want string
	}{
		"done stays":       {[]fisklapi.Outcome{fisklapi.Done, fisklapi.NotDone}, "a:done"},
		"not done stays":   {[]fisklapi.Outcome{fisklapi.NotDone, fisklapi.Unknown}, "a:not done"},
		"unknown, found":   {[]fisklapi.Outcome{fisklapi.Unknown, fisklapi.Existed, fisklapi.Done}, "a:already existed"},
		"unknown, lasting": {[]fisklapi.Outcome{fisklapi.Unknown, fisklapi.Unknown}, "a:unknown"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for kind, path := range kinds(t) {
				t.Run(kind, func(t *testing.T) {
					t.Parallel()
					j := open(t, journal.Options{Path: path})
					id := begin(t, j, "a")
					for _, o := range c.ends {
						end(t, j, id, fisklapi.Result{Outcome: o})
					}
					wantTold(t, "entries", entries(t, j), c.want)
				})
			}
		})
	}
}

// TestStray ends what nobody began, and what no line can say.
func TestStray(t *testing.T) {
	t.Parallel()
	for kind, path := range kinds(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			j := open(t, journal.Options{Path: path})
			begin(t, j, "a")
			end(t, j, "0123456789abcdef", done(1))
			for id, r := range map[string]fisklapi.Result{"": done(1), "ABCDEF0123456789": done(1), "0123456789abcdee": {}} {
				if err := j.End(t.Context(), id, r); err == nil {
					t.Errorf("%q ended with %v", id, r)
				}
			}
			if _, err := j.Begin(t.Context(), journal.Opening{Write: fisklapi.Write{Amount: "much"}}, nil); err == nil {
				t.Error("an amount that cannot be read back was begun")
			}
			begin(t, j, "b") // what was refused is not tried again
			wantTold(t, "entries", entries(t, j), "b a")
		})
	}
}

// TestClosed begins nothing, but ends what is under way.
func TestClosed(t *testing.T) {
	t.Parallel()
	for kind, path := range kinds(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			j := open(t, journal.Options{Path: path})
			id := begin(t, j, "a")
			for range 2 {
				if err := j.Close(); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := j.Begin(t.Context(), payment("b"), nil); !errors.Is(err, os.ErrClosed) {
				t.Errorf("got error %v, want %v", err, os.ErrClosed)
			}
			end(t, j, id, done(1))
			wantTold(t, "entries", entries(t, j), "a:done")
		})
	}
}

// TestWaiting gives up when its context ends, whoever holds the journal.
func TestWaiting(t *testing.T) {
	t.Parallel()
	for kind, path := range kinds(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			j := open(t, journal.Options{Path: path})
			waiting := []*journal.Journal{j}
			if path != "" {
				waiting = append(waiting, open(t, journal.Options{Path: path}))
			}
			id := begin(t, j, "a")
			_, err := j.Begin(t.Context(), payment("b"), func([]journal.Entry) error {
				for _, w := range waiting {
					ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
					defer cancel()
					_, err := w.Begin(ctx, payment("c"), nil)
					wantGivenUp(t, "begin", err)
					_, err = w.Entries(ctx)
					wantGivenUp(t, "entries", err)
					_, err = w.Orphans(ctx)
					wantGivenUp(t, "orphans", err)
				}
				ctx, cancel := context.WithCancel(t.Context())
				cancel()
				err := j.End(ctx, id, done(1))
				if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "is noted as soon as it can be") {
					t.Errorf("end: %v", err)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range waiting {
				wantTold(t, "entries", entries(t, w), "b a:done")
			}
		})
	}
}

func wantGivenUp(t *testing.T, what string, err error) {
	t.Helper()
	var e *journal.Error
	if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &e) || !strings.Contains(err.Error(), "waiting for another write") {
		t.Errorf("%s: %v", what, err)
	}
}

// TestNothing finds that only Begin makes files.
func TestNothing(t *testing.T) {
	t.Parallel()
	path := place(t)
	j := open(t, journal.Options{Path: path})
	entries(t, j)
	orphans(t, j)
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(filepath.Dir(path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder: %v", err)
	}
}
