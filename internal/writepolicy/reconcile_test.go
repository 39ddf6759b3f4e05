package writepolicy_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
)

// abandon leaves a write without an end.
func (w *world) abandon(write fisklapi.Write) {
	w.Helper()
	p := w.process()
	p.begin(write)
	p.die()
}

// TestSettle looks abandoned writes up, at some age.
func TestSettle(t *testing.T) {
	t.Parallel()
	const fails fisklapi.Outcome = "no answer"
	for name, test := range map[string]struct {
		finds fisklapi.Outcome
		age   time.Duration
		want  string
		looks int
	}{
		"done":               {fisklapi.Done, time.Hour, "A: done", 1},
		"done, young":        {fisklapi.Done, time.Second, "A: done", 1},
		"existed":            {fisklapi.Existed, time.Hour, "A: already existed", 1},
		"not done":           {fisklapi.NotDone, time.Minute, "A: not done", 1},
		"not done, young":    {fisklapi.NotDone, time.Minute - time.Second, "A: open", 1},
		"unknown":            {fisklapi.Unknown, time.Minute, "A: unknown", 1},
		"unknown, young":     {fisklapi.Unknown, time.Minute - time.Second, "A: open", 1},
		"look-up fails":      {fails, time.Hour, "A: open", 1},
		"just not too old":   {fisklapi.Done, 72 * time.Hour, "A: done", 1},
		"too old":            {fisklapi.Done, 72*time.Hour + time.Second, "A: unknown", 0},
		"much too old":       {fails, 1000 * time.Hour, "A: unknown", 0},
		"of the future":      {fisklapi.NotDone, -time.Hour, "A: open", 1},
		"of the future, did": {fisklapi.Done, -time.Hour, "A: done", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if test.finds != fails {
				w.find("A", fisklapi.Result{Outcome: test.finds, Found: "A look-up."})
			}
			w.abandon(payment("A", 1, "5.00"))
			w.step(test.age)
			p := w.process()
			if err := p.Settle(t.Context()); err != nil {
				t.Fatal(err)
			}
			p.wantTold(test.want)
			p.do(creation("other")) // which settles first, as reading does
			p.wantTold("other: done, " + test.want)
			if got := w.looks("A"); got != test.looks {
				t.Errorf("looked up %d times, want %d", got, test.looks)
			}
		})
	}
}

// TestSettleTellsWhatItFound reads the words of a look-up in the journal.
func TestSettleTellsWhatItFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.abandon(payment("A", 1, "5.00"))
	w.step(time.Hour)
	w.find("A", fisklapi.Result{Outcome: fisklapi.Done, ID: "7", Name: "INV-1", Found: "It is there."})
	if e := w.process().entries()[0]; e.Result.Found != "It is there." || e.Result.ID != "7" || !e.Ended.Equal(w.clock()) {
		t.Errorf("got %+v", e)
	}
	w.step(100 * time.Hour)
	w.abandon(payment("B", 2, "5.00"))
	w.step(100 * time.Hour)
	if e := w.process().entries()[0]; e.Result.Found != "It was not looked up in time." {
		t.Errorf("got %+v", e)
	}
}

// TestLookedUpLater goes on after a look-up that told nothing: not at once, but
// in the end.
func TestLookedUpLater(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]fisklapi.Outcome{"not there yet": fisklapi.NotDone, "not clear yet": fisklapi.Unknown, "no answer": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.abandon(payment("A", 1, "5.00"))
			w.step(time.Second)
			if first != "" {
				w.find("A", result(first))
			}
			p := w.process()
			for range 5 {
				p.wantTold("A: open")
				w.step(10 * time.Second)
			}
			if n := w.looks("A"); n != 1 {
				t.Errorf("looked up %d times within a minute, want once", n)
			}
			p.refused(payment("A", 1, "5.00"), "how it ended is not certain")
			w.step(10 * time.Second)
			w.find("A", result(fisklapi.NotDone))
			p.do(payment("A", 1, "5.00"))
			p.wantTold("A: done, A: not done")
			if n := w.looks("A"); n != 2 {
				t.Errorf("looked up %d times, want twice", n)
			}
		})
	}
}

// TestLostAnswerIsSettled begins where the client found nothing right after an
// answer was lost: the request may still have been under way.
func TestLostAnswerIsSettled(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		finds fisklapi.Outcome
		want  string
	}{
		"arrived after all": {fisklapi.Done, "A: done"},
		"never arrived":     {fisklapi.NotDone, "A: not done"},
		"nobody knows":      {fisklapi.Unknown, "A: unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p, other := w.process(), w.process()
			w.find("A", result(test.finds))
			p.begin(payment("A", 1, "5.00"))(fisklapi.Result{Outcome: fisklapi.Unknown, RequestID: "r-1", Problem: "unavailable"})
			w.step(time.Minute - time.Second)
			p.wantTold("A: unknown")
			other.wantTold("A: unknown")
			if n := w.looks("A"); n != 0 {
				t.Errorf("looked up %d times at once, want never", n)
			}
			w.step(time.Second)
			for range 3 {
				p.wantTold(test.want)
				w.step(time.Hour)
			}
			if n := w.looks("A"); n != 1 {
				t.Errorf("looked up %d times, want once", n)
			}
			other.wantTold(test.want)
			e := other.entries()[0]
			if e.Result.RequestID != "r-1" || e.Result.Problem != "unavailable" {
				t.Errorf("got %+v, want what was known before too", e.Result)
			}
		})
	}
}

// TestClockSetBack abandons a write and sets the clock back: its age tells
// nothing, so the minute is waited for anew.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.abandon(payment("A", 1, "5.00"))
	w.find("A", result(fisklapi.NotDone))
	w.step(-time.Hour)
	p := w.process()
	p.wantTold("A: open")
	w.step(time.Minute - time.Second)
	p.wantTold("A: open")
	w.step(time.Second)
	p.wantTold("A: not done")
	if n := w.looks("A"); n != 2 {
		t.Errorf("looked up %d times, want twice", n)
	}
}

// TestClockSetBackBetweenLooks does not wait for the clock to catch up.
func TestClockSetBackBetweenLooks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.abandon(payment("A", 1, "5.00"))
	w.step(2 * time.Hour)
	p := w.process()
	p.wantTold("A: open") // there is no answer
	w.step(-time.Hour)
	w.find("A", result(fisklapi.Done))
	p.wantTold("A: done")
}

// TestStaysUnknown writes down what a later look-up has to say, once.
func TestStaysUnknown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process()
	p.begin(payment("A", 1, "5.00"))(fisklapi.Result{Outcome: fisklapi.Unknown, Found: "Not there yet."})
	w.find("A", fisklapi.Result{Outcome: fisklapi.Unknown, Found: "Written to since."})
	for range 3 {
		w.step(time.Hour)
		if r := p.entries()[0].Result; r.Outcome != fisklapi.Unknown || r.Found != "Written to since." {
			t.Errorf("got %+v", r)
		}
	}
	if n := w.looks("A"); n != 1 {
		t.Errorf("looked up %d times, want once", n)
	}
}

// TestNobodyLooksTwiceAtOnce reads the journal while a look-up takes its time.
func TestNobodyLooksTwiceAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.abandon(payment("A", 1, "5.00"))
	w.step(time.Hour)
	var p *process
	looks := 0
	p = w.process(func(o *writepolicy.Options) {
		o.LookBack = func(context.Context, fisklapi.Write, time.Time) (fisklapi.Result, error) {
			if looks++; looks == 1 {
				w.step(time.Hour)
				p.wantTold("A: open")
			}
			return result(fisklapi.Done), nil
		}
	})
	p.wantTold("A: done")
	if looks != 1 {
		t.Errorf("looked up %d times, want once", looks)
	}
}

// TestNotAnOrphan leaves alone what is under way.
func TestNotAnOrphan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("A", result(fisklapi.Done))
	p := w.process()
	end := p.begin(payment("A", 1, "5.00"))
	w.step(time.Hour)
	p.wantTold("A: open")
	w.process().wantTold("A: open")
	end(result(fisklapi.NotDone))
	p.wantTold("A: not done")
	if n := w.looks("A"); n != 0 {
		t.Errorf("looked up %d times, want never", n)
	}
}

// TestConcurrentSettles has all look at once: each process looks once.
func TestConcurrentSettles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.abandon(payment("A", 1, "5.00"))
	w.find("A", result(fisklapi.Done))
	w.step(time.Hour)
	processes := []*process{w.process(), w.process()}
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			if err := processes[i%2].Settle(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := w.looks("A"); n < 1 || n > 2 {
		t.Errorf("looked up %d times, want once a process at most", n)
	}
	processes[0].wantTold("A: done")
}

// TestOneFailureDoesNotStopOthers settles what can be settled.
func TestOneFailureDoesNotStopOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i, name := range []string{"A", "B", "C"} {
		w.abandon(payment(name, i, "5.00"))
	}
	w.find("A", result(fisklapi.Done))
	w.find("C", result(fisklapi.NotDone))
	w.step(time.Hour)
	w.process().wantTold("C: not done, B: open, A: done")
}

// TestSettleGivesUpWithItsCaller leaves the rest for the next time.
func TestSettleGivesUpWithItsCaller(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.abandon(payment("A", 1, "5.00"))
	w.step(time.Hour)
	ctx, cancel := context.WithCancel(t.Context())
	p := w.process(func(o *writepolicy.Options) {
		o.LookBack = func(ctx context.Context, _ fisklapi.Write, _ time.Time) (fisklapi.Result, error) {
			cancel()
			return fisklapi.Result{}, ctx.Err()
		}
	})
	if err := p.Settle(ctx); err != nil {
		t.Error(err)
	}
	w.find("A", result(fisklapi.Done))
	w.process().wantTold("A: done")
	if _, err := p.Entries(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it cancelled", err)
	}
}
