package writepolicy_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
)

// TestEqualPayment makes one payment and then another, some time later.
func TestEqualPayment(t *testing.T) {
	t.Parallel()
	const open fisklapi.Outcome = ""
	marked, sent := payment("A", 1, "5.00"), sending("A", 1, "new")
	marked.Operation = fisklapi.OpMarkInvoicePaid
	again := payment("A", 1, "5.00")
	again.Repeat = true
	for name, test := range map[string]struct {
		outcome fisklapi.Outcome
		later   time.Duration
		next    fisklapi.Write
		says    string // why it is refused; empty when it is not
	}{
		"at once":                  {fisklapi.Done, 0, payment("A", 1, "5.00"), "a payment of 5.00 GBP on invoice A was recorded at 12:00:00 UTC. If this is another one, call again with allow_duplicate set to true"},
		"minutes later":            {fisklapi.Done, 15*time.Minute - time.Second, payment("A", 1, "5.00"), "was recorded at 12:00:00 UTC"},
		"much later":               {fisklapi.Done, 15 * time.Minute, payment("A", 1, "5.00"), ""},
		"clock set back":           {fisklapi.Done, -14 * time.Minute, payment("A", 1, "5.00"), "was recorded at 12:00:00 UTC"},
		"clock set far back":       {fisklapi.Done, -100 * time.Hour, payment("A", 1, "5.00"), "was recorded at 12:00:00 UTC"},
		"other amount":             {fisklapi.Done, 0, payment("A", 1, "5.01"), ""},
		"other invoice":            {fisklapi.Done, 0, payment("B", 2, "5.00"), ""},
		"marked as paid":           {fisklapi.Done, 0, marked, "was recorded at"},
		"on purpose":               {fisklapi.Done, 0, again, ""},
		"not a payment":            {fisklapi.Done, 0, sent, ""},
		"not done":                 {fisklapi.NotDone, 0, payment("A", 1, "5.00"), ""},
		"unknown":                  {fisklapi.Unknown, 0, payment("A", 1, "5.00"), "was begun at 12:00:00 UTC and how it ended is not certain. Look whether it was done; after 12:01:00 UTC it is looked up anew"},
		"unknown, on purpose":      {fisklapi.Unknown, 30 * time.Second, again, "how it ended is not certain"},
		"unknown, marked as paid":  {fisklapi.Unknown, 30 * time.Second, marked, "how it ended is not certain"},
		"unknown, much later":      {fisklapi.Unknown, 16 * time.Minute, payment("A", 1, "5.00"), ""},
		"under way":                {open, 14 * time.Minute, payment("A", 1, "5.00"), "how it ended is not certain"},
		"under way, on purpose":    {open, 0, again, "how it ended is not certain"},
		"under way, other amount":  {open, 0, payment("A", 1, "5.01"), "was begun at 12:00:00 UTC and may be under way"},
		"under way, other invoice": {open, 0, payment("B", 2, "5.00"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.find("nothing", result(fisklapi.Done)) // and every look-up fails
			p := w.process()
			end := p.begin(payment("A", 1, "5.00"))
			if test.outcome != open {
				end(result(test.outcome))
			}
			w.step(test.later)
			for _, next := range []*process{p, w.process()} {
				if test.says != "" {
					next.refused(test.next, test.says)
				} else if next == p {
					next.do(test.next)
				}
			}
		})
	}
}

// TestSameSend sends an invoice and then again.
func TestSameSend(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		outcome fisklapi.Outcome
		later   time.Duration
		next    fisklapi.Write
		says    string
	}{
		"unchanged":           {fisklapi.Done, 14 * time.Minute, sending("A", 1, "new"), "invoice A was sent at 12:00:00 UTC, and it has not changed since"},
		"unchanged, later":    {fisklapi.Done, 15 * time.Minute, sending("A", 1, "new"), ""},
		"changed":             {fisklapi.Done, 0, sending("A", 1, "sent"), "Nobody is asked here, so it is not sent again before 12:15:00 UTC"},
		"changed, later":      {fisklapi.Done, 15 * time.Minute, sending("A", 1, "sent"), ""},
		"another":             {fisklapi.Done, 0, sending("B", 2, "new"), ""},
		"not done":            {fisklapi.NotDone, 0, sending("A", 1, "new"), ""},
		"unknown":             {fisklapi.Unknown, 0, sending("A", 1, "new"), "sending invoice A was begun at 12:00:00 UTC and how it ended is not certain"},
		"unknown, changed":    {fisklapi.Unknown, 0, sending("A", 1, "other"), "how it ended is not certain"},
		"under way":           {"", 0, sending("A", 1, "new"), "how it ended is not certain"},
		"under way, changed":  {"", 0, sending("A", 1, "other"), "how it ended is not certain"},
		"under way, another":  {"", 0, sending("B", 2, "new"), ""},
		"payment of the same": {"", 0, payment("A", 1, "100.00"), "sending invoice A was begun at 12:00:00 UTC and may be under way"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.process()
			end := p.begin(sending("A", 1, "new"))
			if test.outcome != "" {
				end(result(test.outcome))
			}
			w.step(test.later)
			if test.says == "" {
				p.do(test.next)
			} else {
				p.refused(test.next, test.says)
				w.process().refused(test.next, test.says)
			}
		})
	}
}

// TestEqualWrite repeats other writes: only while it is not certain how the
// first one ended.
func TestEqualWrite(t *testing.T) {
	t.Parallel()
	invoice := fisklapi.Write{Operation: fisklapi.OpCreateInvoice, Noun: "invoice", Content: "lines", Reference: "mcp-1"}
	update := fisklapi.Write{Operation: fisklapi.OpUpdateClient, Noun: "client", ID: "4", Name: "Zed", Content: "new notes"}
	reworded := creation("ZED")
	reworded.Content = "Zed, with an e-mail address"
	other := update
	other.Content = "other notes"
	for name, test := range map[string]struct {
		first   fisklapi.Write
		outcome fisklapi.Outcome
		next    fisklapi.Write
		says    string
	}{
		"created":              {creation("Zed"), fisklapi.Done, creation("Zed"), ""},
		"maybe created":        {creation("Zed"), fisklapi.Unknown, creation("Zed"), "an equal write to the client Zed was begun at 12:00:00 UTC and how it ended is not certain"},
		"being created":        {creation("Zed"), "", creation("Zed"), "an equal write to the client Zed"},
		"maybe, reworded":      {creation("Zed"), fisklapi.Unknown, reworded, "an equal write to the client ZED was begun at 12:00:00 UTC"},
		"reworded":             {creation("Zed"), fisklapi.Done, reworded, ""},
		"maybe another":        {creation("Zed"), fisklapi.Unknown, creation("Yod"), ""},
		"changed":              {update, fisklapi.Done, update, ""},
		"maybe changed":        {update, fisklapi.Unknown, update, "an equal write to the client Zed"},
		"maybe changed, other": {update, fisklapi.Unknown, other, "changing client Zed was begun at 12:00:00 UTC and may be under way"},
		"invoice, by its id":   {invoice, fisklapi.Unknown, invoice, ""},
		"invoice, under way":   {invoice, "", invoice, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newWorld(t).process()
			end := p.begin(test.first)
			if test.outcome != "" {
				end(result(test.outcome))
			}
			if test.says == "" {
				p.do(test.next)
			} else {
				p.refused(test.next, test.says)
			}
		})
	}
}

// TestOnePasses has many ask at once, here and in another process: one passes.
func TestOnePasses(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]fisklapi.Write{"payment": payment("A", 1, "5.00"), "send": sending("A", 1, "new"), "creation": creation("Zed")} {
		for _, dir := range []string{"on disk", "in memory"} {
			t.Run(name+" "+dir, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				processes := []*process{w.process(), w.process()}
				if dir == "in memory" {
					memory := w.process(func(o *writepolicy.Options) { o.Dir = "" })
					processes = []*process{memory, memory}
				}
				var all sync.WaitGroup
				errs := make([]error, 16)
				for i := range errs {
					all.Go(func() { _, errs[i] = processes[i%2].Guard(t.Context(), write) })
				}
				all.Wait()
				passed := 0
				for _, err := range errs {
					if err == nil {
						passed++
					} else if !strings.Contains(err.Error(), "how it ended is not certain") {
						t.Error(err)
					}
				}
				if passed != 1 {
					t.Errorf("%d passed, want one", passed)
				}
			})
		}
	}
}

// TestUsedConfirmation tries one yes for several writes.
func TestUsedConfirmation(t *testing.T) {
	t.Parallel()
	for _, outcome := range []fisklapi.Outcome{fisklapi.Done, fisklapi.NotDone, fisklapi.Unknown, ""} {
		t.Run("outcome "+string(outcome), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.process()
			yes := writepolicy.WithConfirmation(writepolicy.WithCall(t.Context(), writepolicy.Call{Tool: "record_payment", Arguments: "digest"}), "token 1")
			end, err := p.Guard(yes, payment("A", 1, "5.00"))
			if err != nil {
				t.Fatal(err)
			}
			if outcome != "" {
				end(result(outcome))
			}
			w.step(24 * time.Hour)
			for i, other := range []*process{p, w.process()} {
				_, err = other.Guard(yes, payment("B", 2+i, "7.00"))
				if want := "this confirmation was used at 12:00:00 UTC, and one yes is for one write"; err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want %q", err, want)
				}
			}
			end, err = p.Guard(writepolicy.WithConfirmation(yes, "token 2"), payment("B", 2, "7.00"))
			if err != nil {
				t.Fatal(err)
			}
			end(result(fisklapi.Done))
			p.do(payment("C", 3, "7.00"))
			p.do(payment("D", 4, "7.00")) // without a yes
			all := p.entries()
			if e := all[2]; e.Confirmation != "token 2" || e.Tool != "record_payment" || e.Arguments != "digest" {
				t.Errorf("got %+v", e)
			}
			if e := all[0]; e.Confirmation != "" || e.Tool != "" {
				t.Errorf("got %+v, want no confirmation", e)
			}
		})
	}
}

// TestRefusedIsNotWritten finds no trace of what was refused.
func TestRefusedIsNotWritten(t *testing.T) {
	t.Parallel()
	p := newWorld(t).process(perDay(-1, 1))
	p.do(payment("A", 1, "5.00"))
	for i := range 5 {
		p.refused(payment(fmt.Sprint("B", i), 2+i, "5.00"), "limit")
	}
	p.wantTold("A: done")
}

// TestSendAgreedTo sends an invoice again minutes later, because a person said
// so.
func TestSendAgreedTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process()
	p.do(sending("A", 1, "new"))
	ctx := writepolicy.WithConfirmation(t.Context(), "yes-1")
	end, err := p.Guard(ctx, sending("A", 1, "sent"))
	if err != nil {
		t.Fatal(err)
	}
	end(result(fisklapi.Done))
}

// TestMarkAfterEqualPayment pays the rest of an invoice of which half was paid
// minutes ago.
func TestMarkAfterEqualPayment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process()
	first := payment("A", 1, "100.00")
	first.State = "new"
	p.do(first)
	rest := payment("A", 1, "100.00")
	rest.Operation, rest.State = fisklapi.OpMarkInvoicePaid, "half paid"
	p.do(rest)
}
