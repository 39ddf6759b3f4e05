package writepolicy_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestSplitPayments pays an invoice of 3,150.00 in parts below the ceiling of
// 1,000.00: 999.00 alone, for 999.00 and 1.01 are 1,000.01.
func TestSplitPayments(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	limits := writepolicy.Unlimited()
	limits.Ceilings = map[string]schemas.Money{"GBP": "1000"}
	p := w.process(limited(limits))
	p.do(payment("A", 1, "999.00"))
	p.refused(payment("A", 1, "1.01"), "recorded 1000.01 GBP on invoice A today", "1000 GBP", "FISKL_MAX_AMOUNT")
	rest := payment("A", 1, "998.00")
	rest.Operation = fisklapi.OpMarkInvoicePaid
	p.refused(rest, "1997.00 GBP")
	p.do(payment("A", 1, "1.00"))
	p.do(payment("B", 2, "1000.00")) // another invoice
	w.step(12 * time.Hour)           // the next day, by the company's clock
	p.do(payment("A", 1, "997.00"))
	w.process(limited(limits)).refused(payment("A", 1, "156.00"), "1153.00 GBP") // counted across processes
}

// TestDayCeiling adds up what is paid, and what is sent, in a day.
func TestDayCeiling(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	limits := writepolicy.Unlimited()
	limits.DayCeilings = map[string]schemas.Money{"GBP": "100"}
	p := w.process(limited(limits))
	p.do(payment("A", 1, "60.00"))
	p.refused(payment("B", 2, "40.01"), "the payments of today would come to 100.01 GBP", "FISKL_MAX_AMOUNT_PER_DAY", "midnight, 2026-11-23")
	p.do(payment("B", 2, "40.00"))
	one := sending("A", 1, "new")
	one.Amount, one.Currency = "90.00", "GBP"
	p.do(one) // what is sent counts apart
	one.State = "changed"
	w.step(time.Hour)
	p.do(one) // and once
	two := sending("B", 2, "new")
	two.Amount, two.Currency = "10.01", "GBP"
	p.refused(two, "the sent invoices of today would come to 100.01 GBP")
	two.Currency = "EUR"
	p.refused(two, "none for EUR")
}

// TestPerHour counts drafts and clients too.
func TestPerHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	limits := writepolicy.Unlimited()
	limits.WritesPerHour = 3
	p := w.process(limited(limits))
	for i := range 2 {
		p.do(creation(fmt.Sprint("Client ", i)))
	}
	w.step(time.Minute)
	p.do(payment("A", 1, "1.00"))
	p.refused(creation("Client 4"), "limit of 3 changes an hour, of any kind, is reached for this company", "FISKL_MAX_WRITES_PER_HOUR", "at 13:00:00 UTC")
	p.refused(sending("A", 1, "new"), "limit of 3 changes")
	w.step(59 * time.Minute)
	p.do(creation("Client 4"))
	limits.WritesPerHour = 0
	w.process(limited(limits)).refused(creation("Client 5"), "allows no changes")
}

// TestUnknownAmount is about an amount that could not be read: no ceiling holds
// it.
func TestUnknownAmount(t *testing.T) {
	t.Parallel()
	limits := writepolicy.Unlimited()
	limits.Ceilings = map[string]schemas.Money{"GBP": "1000"}
	newWorld(t).process(limited(limits)).refused(payment("A", 1, ""), "what this comes to is not known")
}

// TestAlone says whose limit counts where the company could not be read.
func TestAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process(perDay(0, 1), func(o *writepolicy.Options) {
		company := o.Company
		o.Company = func(ctx context.Context) (writepolicy.Company, error) {
			c, err := company(ctx)
			c.Alone = true
			return c, err
		}
	})
	p.do(payment("A", 1, "1.00"))
	p.refused(payment("B", 2, "1.00"), "for this credential, which alone is counted because it may not read which company it is of")
}

// TestOnlyAgreed refuses every write that no person agreed to.
func TestOnlyAgreed(t *testing.T) {
	t.Parallel()
	p := newWorld(t).process(func(o *writepolicy.Options) { o.Person = true })
	p.refused(creation("A"), "nothing without a person's own answer")
	end, err := p.Guard(writepolicy.WithConfirmation(t.Context(), "0123456789abcdef"), creation("A"))
	if err != nil {
		t.Fatal(err)
	}
	end(result(fisklapi.Done))
}

// TestLately tells what was done to an invoice and its client in a day.
func TestLately(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process()
	p.do(payment("A", 1, "1.00"))
	p.do(payment("B", 2, "1.00"))
	client := creation("Acme")
	client.Operation, client.ID, client.Noun = fisklapi.OpUpdateClient, "7", "client"
	p.do(client)
	about := payment("A", 1, "2.00")
	about.ClientID = "7"
	for hours, want := range map[int]int{0: 2, 23: 2, 25: 0} {
		w.step(time.Duration(hours) * time.Hour)
		got, err := p.Lately(t.Context(), about)
		if err != nil || len(got) != want {
			t.Errorf("after %d hours: got %d, %v, want %d", hours, len(got), err, want)
		}
		w.step(-time.Duration(hours) * time.Hour)
	}
}
