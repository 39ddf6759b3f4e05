package writepolicy_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
)

// TestCheck asks beforehand: it says what the guard would, and leaves no trace.
func TestCheck(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process(perDay(-1, 2))
	check := func(write fisklapi.Write, want string) {
		t.Helper()
		for range 2 {
			err := p.Check(t.Context(), write, "")
			if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
				t.Errorf("got %v of %s, want %q", err, write.Name, want)
			}
		}
	}
	check(payment("A", 1, "5.00"), "")
	p.do(payment("A", 1, "5.00"))
	check(payment("A", 1, "5.00"), "allow_duplicate")
	w.abandon(payment("B", 2, "5.00"))
	check(payment("B", 2, "5.00"), "how it ended is not certain")
	check(payment("C", 3, "5.00"), "limit of 2 payments")
	w.find("B", result(fisklapi.NotDone))
	w.step(time.Minute)
	check(payment("C", 3, "5.00"), "") // B is settled first
	p.wantTold("B: not done, A: done")
}

func TestCheckRefusesWithoutJournal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	refused := w.process(func(o *writepolicy.Options) { o.Problem = "there is no folder" }).Check(t.Context(), creation("A"), "")
	if _, is := errors.AsType[*writepolicy.Error](refused); !is {
		t.Errorf("got %v, want it refused", refused)
	}
	if err := w.process(func(o *writepolicy.Options) { o.DryRun = true }).Check(t.Context(), creation("A"), ""); err != nil {
		t.Errorf("got %v on a dry run, which shows what would be done", err)
	}
}
