package journal_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

var errTwin = errors.New("begun already")

// once refuses a second entry with the same digest.
func once(digest string) func([]journal.Entry) error {
	return func(all []journal.Entry) error {
		for _, e := range all {
			if e.Arguments == digest {
				return errTwin
			}
		}
		return nil
	}
}

// TestOnlyOne lets many begin the same few things, in two processes: each is
// begun once.
func TestOnlyOne(t *testing.T) {
	t.Parallel()
	path := place(t)
	var won sync.Map
	var all sync.WaitGroup
	for range 2 {
		j := open(t, journal.Options{Path: path, MaxSize: 1500})
		for range 4 {
			all.Go(func() {
				for n := range 6 {
					digest := fmt.Sprint("d", n)
					id, err := j.Begin(t.Context(), payment(digest), once(digest))
					if errors.Is(err, errTwin) {
						continue
					}
					if _, twin := won.LoadOrStore(digest, id); err != nil || twin {
						t.Errorf("%s: twin %t, %v", digest, twin, err)
					}
				}
			})
		}
	}
	all.Wait()
	got := entries(t, open(t, journal.Options{Path: path}))
	for _, e := range got {
		if id, _ := won.Load(e.Arguments); id != e.ID {
			t.Errorf("%s: got %s, want %v", e.Arguments, e.ID, id)
		}
	}
	if len(got) != 6 {
		t.Errorf("got %s, want 6 entries", told(got))
	}
}

// TestNoLineLost has two processes begin and end at once: every line is whole
// and there.
func TestNoLineLost(t *testing.T) {
	t.Parallel()
	path := place(t)
	var want sync.Map
	var all sync.WaitGroup
	for p := range 2 {
		j := open(t, journal.Options{Path: path})
		for g := range 4 {
			all.Go(func() {
				for n := range 6 {
					id := begin(t, j, fmt.Sprint(p, g, n))
					end(t, j, id, done(n))
					want.Store(id, fmt.Sprint(p, g, n))
				}
			})
		}
	}
	all.Wait()
	got := entries(t, open(t, journal.Options{Path: path}))
	for _, e := range got {
		if digest, _ := want.Load(e.ID); e.Open() || digest != e.Arguments {
			t.Errorf("got %+v, want %v", e, digest)
		}
	}
	if lines := strings.Count(contents(t, path), "\n"); len(got) != 48 || lines != 96 {
		t.Errorf("got %d entries in %d lines, want 48 in 96", len(got), lines)
	}
}

// TestOrphans tells the entries of a process that is gone from those of one
// that lives.
func TestOrphans(t *testing.T) {
	t.Parallel()
	path := place(t)
	gone, living, own := open(t, journal.Options{Path: path}), open(t, journal.Options{Path: path}), open(t, journal.Options{Path: path})
	begin(t, gone, "gone 1")
	begin(t, living, "living")
	id := begin(t, gone, "gone 2")
	begin(t, own, "own")
	wantTold(t, "before", orphans(t, own), "")
	if err := gone.Close(); err != nil {
		t.Fatal(err)
	}
	wantTold(t, "after", orphans(t, own), "gone 1 gone 2")
	end(t, own, id, done(1))
	wantTold(t, "when one is ended", orphans(t, living), "gone 1")
	wantTold(t, "to the one that is gone", orphans(t, gone), "gone 1")
}
