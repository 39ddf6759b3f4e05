package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// wantWrong wants all that is said to be wrong, and nothing else.
func wantWrong(t *testing.T, v verdict, says ...string) {
	t.Helper()
	wrong := slices.Concat(v.duplicates, v.lost, v.unjournaled, v.open, v.toldDone, v.toldNot, v.unseen, v.over)
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
	wantWrong(t, e.judge(), "its model was told at once that it is done", "create_client of try -1.1: lost, and found done")
	lied.first, lied.told = fisklapi.NotDone, otherwise
	tellings(t, e)
	e.invoices = append(e.invoices, e.invoices[0])
	if v := e.judge(); len(v.duplicates) != 1 {
		t.Errorf("got %+v of an invoice that is there twice", v)
	}
}

// tellings lies to a model about a try, each way, and has an e-mail go to whom nobody was shown.
func tellings(t *testing.T, e *evidence) {
	t.Helper()
	for _, one := range e.tries {
		if one.wish.kind != "send_invoice" || one.told != done {
			continue
		}
		one.told = failed
		wantWrong(t, e.judge(), "send_invoice of try "+one.name+": failed")
		one.told = done
		was := e.effects[one.name]
		delete(e.effects, one.name)
		wantWrong(t, e.judge(), "send_invoice of try "+one.name+": done")
		e.effects[one.name] = was
		break
	}
	e.unseen = []string{"cc of invoice INV-1"}
	wantWrong(t, e.judge(), "cc of invoice INV-1")
	e.unseen = nil
}

// TestAddressed holds whom an invoice goes to against what was shown.
func TestAddressed(t *testing.T) {
	t.Parallel()
	s := soaked(t)
	m := s.model(97)
	draft, ok := recentOf(s.pool, m.dice, &s.pool.drafts)
	if !ok {
		t.Fatal("there are no drafts")
	}
	w := &wish{id: -5, kind: "send_invoice", do: func(ctx context.Context, api *fisklapi.Client) error {
		_, err := api.Invoices.Send(ctx, schemas.InvoiceRef{Invoice: ref(draft)})
		return err
	}}
	if plant(t, s, w); len(s.road.unseen) == 0 {
		t.Error("an e-mail that nobody was shown was not seen")
	}
}

// TestLimitsAreJudged counts more payments on a day than the limits allow.
func TestLimitsAreJudged(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{maxADay: 0, maxADay + 1: 1} {
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
