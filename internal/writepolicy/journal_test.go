package writepolicy_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofrs/flock"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
)

// TestDryRun lets nothing through and leaves nothing behind.
func TestDryRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process(func(o *writepolicy.Options) {
		o.DryRun = true
		o.Company = func(context.Context) (writepolicy.Company, error) { panic("nobody needs to know the company") }
	})
	want := payment("A", 1, "5.00")
	_, err := p.Guard(t.Context(), want)
	var dry *writepolicy.DryRunError
	if !errors.As(err, &dry) || dry.Write.Name != want.Name || dry.Error() == "" {
		t.Errorf("got %v, want the write of a dry run", err)
	}
	if _, err := os.Stat(w.options.Dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want no folder", err)
	}
}

// TestLooksWithoutTraces reads a journal that does not exist.
func TestLooksWithoutTraces(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process()
	if err := p.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.wantTold("")
	if _, err := os.Stat(w.options.Dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want no folder", err)
	}
}

// TestProblem refuses everything for a reason that was known from the start.
func TestProblem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process(func(o *writepolicy.Options) { o.Problem = "there is no folder" })
	p.refused(creation("A"), "there is no folder")
	_, err := p.Entries(t.Context())
	for _, err := range []error{err, p.Settle(t.Context())} {
		var refused *writepolicy.Error
		if !errors.As(err, &refused) || refused.Problem != "there is no folder" {
			t.Errorf("got %v", err)
		}
	}
}

// TestCompanyUnreadable writes nothing while it is not known whose books they
// are, and asks again.
func TestCompanyUnreadable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	away := errors.New("Fiskl is away")
	var asked atomic.Int32
	p := w.process(func(o *writepolicy.Options) {
		o.Company = func(context.Context) (writepolicy.Company, error) {
			if asked.Add(1) <= 3 {
				return writepolicy.Company{}, away
			}
			return writepolicy.Company{Key: "1", Zone: time.UTC}, nil
		}
	})
	_, guarded := p.Guard(t.Context(), creation("A"))
	_, read := p.Entries(t.Context())
	for _, err := range []error{guarded, read, p.Settle(t.Context())} {
		if !errors.Is(err, away) {
			t.Errorf("got %v, want the failure", err)
		}
	}
	p.do(creation("A"))
	p.do(creation("B"))
	p.wantTold("B: done, A: done")
	if n := asked.Load(); n != 4 {
		t.Errorf("the company was asked for %d times, want 4", n)
	}
}

// TestUnwritable is about journals that take no line.
func TestUnwritable(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	for name, spoil := range map[string]func(dir string) error{
		"others can write to the folder": func(dir string) error { return os.Mkdir(dir, 0o777) },
		"a file stands in its place":     func(dir string) error { return os.WriteFile(dir, nil, 0o600) },
		"the journal is a folder":        func(dir string) error { return os.MkdirAll(filepath.Join(dir, "1.jsonl"), 0o700) },
		"the journal is a link": func(dir string) error {
			return errors.Join(os.Mkdir(dir, 0o700), os.Symlink(filepath.Join(dir, "elsewhere"), filepath.Join(dir, "1.jsonl")))
		},
		"the journal is a full disk": func(dir string) error {
			return errors.Join(os.Mkdir(dir, 0o700), os.Symlink("/dev/full", filepath.Join(dir, "1.jsonl")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if err := spoil(w.options.Dir); err != nil {
				t.Fatal(err)
			}
			if name == "others can write to the folder" {
				if err := os.Chmod(w.options.Dir, 0o777); err != nil {
					t.Fatal(err)
				}
			}
			wantUnwritten(t, w.process())
		})
	}
}

// wantUnwritten wants a write refused because of the journal.
func wantUnwritten(t *testing.T, p *process) {
	t.Helper()
	_, err := p.Guard(t.Context(), creation("A"))
	if _, is := errors.AsType[*journal.Error](err); !is {
		t.Errorf("got %v, want an error of the journal", err)
	}
}

// TestFolderVanishes forgets what was counted, and so nothing is written.
func TestFolderVanishes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process()
	p.do(creation("A"))
	if err := os.RemoveAll(w.options.Dir); err != nil {
		t.Fatal(err)
	}
	wantUnwritten(t, p)
}

// TestEndIsCaughtUp takes the journal away while a write is under way: its end
// is noted once it is back.
func TestEndIsCaughtUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process()
	end := p.begin(payment("A", 1, "5.00"))
	away := w.options.Dir + " away"
	if err := os.Rename(w.options.Dir, away); err != nil {
		t.Fatal(err)
	}
	end(result(fisklapi.NotDone))
	if err := os.Rename(away, w.options.Dir); err != nil {
		t.Fatal(err)
	}
	p.do(payment("A", 1, "5.00"))
	p.wantTold("A: done, A: not done")
}

// sitOnJournal has another process hold the journal until it leaves.
func (w *world) sitOnJournal() (leave func()) {
	w.Helper()
	sat := flock.New(filepath.Join(w.options.Dir, "1.jsonl.lock"))
	if err := sat.Lock(); err != nil {
		w.Fatal(err)
	}
	return func() {
		w.Helper()
		if err := sat.Unlock(); err != nil {
			w.Fatal(err)
		}
	}
}

// TestEndDoesNotHang has another process sit on the journal for ever.
func TestEndDoesNotHang(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	synctest.Test(t, func(t *testing.T) {
		p := writepolicy.New(w.options)
		end, err := p.Guard(t.Context(), payment("A", 1, "5.00"))
		if err != nil {
			t.Fatal(err)
		}
		leave := w.sitOnJournal()
		begun := time.Now()
		end(result(fisklapi.Done))
		if waited := time.Since(begun); waited < time.Second || waited > time.Minute {
			t.Errorf("waited %s", waited)
		}
		leave()
		all, err := p.Entries(t.Context())
		if err != nil || len(all) != 1 || all[0].Result.Outcome != fisklapi.Done {
			t.Errorf("got %+v, %v", all, err)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestFoundWhileOthersCannotBeSeen finds what was asked for while another
// process sits on the journal: nobody can tell whose doing it is.
func TestFoundWhileOthersCannotBeSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	synctest.Test(t, func(t *testing.T) {
		p := writepolicy.New(w.options)
		end, err := p.Guard(t.Context(), payment("A", 1, "5.00"))
		if err != nil {
			t.Fatal(err)
		}
		leave := w.sitOnJournal()
		told := end(fisklapi.Result{Outcome: fisklapi.Done, Found: "It is there."})
		leave()
		all, err := p.Entries(t.Context())
		if err != nil || len(all) != 1 || all[0].Result.Outcome != fisklapi.Unknown || told != all[0].Result {
			t.Errorf("got %+v, %v, and told %+v, want it unknown", all, err, told)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestEndAfterCancel writes the end though nobody waits for the call any more.
func TestEndAfterCancel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process()
	ctx, cancel := context.WithCancel(t.Context())
	end, err := p.Guard(ctx, payment("A", 1, "5.00"))
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	end(result(fisklapi.Done))
	w.process().wantTold("A: done")
	if _, err := p.Guard(ctx, payment("B", 2, "5.00")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it cancelled", err)
	}
	p.wantTold("A: done")
}

// TestCloseUnused closes what was never used, and twice.
func TestCloseUnused(t *testing.T) {
	t.Parallel()
	p := newWorld(t).process()
	p.die()
	p.do(creation("A"))
	p.die()
	p.die()
	wantUnwritten(t, p)
}
