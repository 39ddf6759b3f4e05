package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// wantWrong wants all that is said to be wrong, and nothing else.
func wantWrong(t *testing.T, v verdict, says ...string) {
	t.Helper()
	wrong := slices.Concat(v.duplicates, v.lost, v.unjournaled, v.open, v.over)
	if len(wrong) != len(says) || len(wrong) != v.wrong() {
		t.Errorf("got %q, want %q", wrong, says)
	}
	for i, one := range wrong {
		if i < len(says) && !strings.Contains(one, says[i]) {
			t.Errorf("got %q, want %q", one, says[i])
		}
	}
}

// TestJudge changes what the journal says, one entry at a time.
func TestJudge(t *testing.T) {
	t.Parallel()
	s := soaked(t)
	e, err := s.evidence(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantWrong(t, e.judge())
	was := slices.Clone(e.entries)
	for i := range was {
		if was[i].Tool == "request_feature" {
			continue // Fiskl keeps no trail of them
		}
		for name, change := range map[string]func(*journal.Entry){
			"open":     func(one *journal.Entry) { one.Ended = time.Time{} },
			"done":     func(one *journal.Entry) { one.Result.Outcome = fisklapi.Done },
			"not done": func(one *journal.Entry) { one.Result.Outcome = fisklapi.NotDone },
		} {
			e.entries = slices.Clone(was)
			change(&e.entries[i])
			known := was[i].Result.Outcome == e.entries[i].Result.Outcome && name != "open"
			known = known || name == "not done" && (was[i].Result.Outcome == fisklapi.Existed || e.idle(was[i]))
			if v := e.judge(); (v.wrong() == 0) != known {
				t.Errorf("%s, called %s: got %+v", about(was[i]), name, v)
			}
		}
	}
	e.entries = slices.Clone(was)
	lied := e.tries[was[0].Arguments]
	if was[0].Tool != "create_client" {
		t.Fatalf("the first entry is of %s", was[0].Tool)
	}
	lied.first, lied.told = fisklapi.Unknown, lostDone
	wantWrong(t, e.judge(), "its model was told at once that it is done")
	lied.first, lied.told = fisklapi.Done, done
	e.invoices = append(e.invoices, e.invoices[0])
	if v := e.judge(); len(v.duplicates) != 1 {
		t.Errorf("got %+v of an invoice that is there twice", v)
	}
}

// TestLimitsAreJudged counts more payments on a day than the limits allow.
func TestLimitsAreJudged(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{mostADay: 0, mostADay + 1: 1} {
		e, v := &evidence{}, verdict{}
		for range n {
			var entry journal.Entry
			entry.Write.Operation = fisklapi.OpMarkInvoicePaid
			e.entries = append(e.entries, entry)
		}
		if e.limits(&v); len(v.over) != want || v.wrong() != want {
			t.Errorf("got %q of %d payments", v.over, n)
		}
	}
}
