package writepolicy_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func money(s string) schemas.Money { return schemas.Money(s) }

// limited sets the limits of a process.
func limited(l writepolicy.Limits) func(*writepolicy.Options) {
	return func(o *writepolicy.Options) { o.Limits = l }
}

func perDay(sends, payments int) func(*writepolicy.Options) {
	return limited(writepolicy.Limits{SendsPerDay: sends, PaymentsPerDay: payments, WritesPerHour: -1})
}

// TestPerDay counts sent invoices and payments apart, and nothing else.
func TestPerDay(t *testing.T) {
	t.Parallel()
	p := newWorld(t).process(perDay(1, 2))
	p.do(payment("A", 1, "1.00"))
	p.do(sending("A", 1, "new"))
	marked := payment("B", 2, "1.00")
	marked.Operation = fisklapi.OpMarkInvoicePaid
	p.do(marked)
	p.refused(payment("C", 3, "1.00"), "limit of 2 payments a day", "FISKL_MAX_PAYMENTS_PER_DAY", "midnight, 2026-11-23 00:00 UTC")
	p.refused(sending("C", 3, "new"), "limit of 1 sent invoices a day", "FISKL_MAX_SENDS_PER_DAY", "midnight, 2026-11-23 00:00 UTC")
	for i := range 5 {
		p.do(creation(fmt.Sprint("Client ", i)))
	}
}

func TestNoneAllowedAndNoLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	none := w.process(perDay(0, 0))
	none.refused(payment("A", 1, "1.00"), "allows no payments", "FISKL_MAX_PAYMENTS_PER_DAY is 0")
	none.refused(sending("A", 1, "new"), "allows no sent invoices", "FISKL_MAX_SENDS_PER_DAY is 0")
	none.do(creation("A"))
	off := w.process(perDay(-1, -1))
	for i := range 60 {
		off.do(payment("P", i, "1.00"))
		off.do(sending("S", i, "new"))
	}
}

// TestWhatCounts is about which ends of a write use the limit up.
func TestWhatCounts(t *testing.T) {
	t.Parallel()
	for outcome, counts := range map[fisklapi.Outcome]bool{
		fisklapi.Done: true, fisklapi.Existed: true, fisklapi.Unknown: true, fisklapi.NotDone: false, "": true,
	} {
		t.Run("outcome "+string(outcome), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.process(perDay(-1, 1))
			end := p.begin(payment("A", 1, "1.00"))
			if outcome != "" {
				end(result(outcome))
			}
			if counts {
				p.refused(payment("B", 2, "1.00"), "limit of 1 payments")
				w.process(perDay(-1, 1)).refused(payment("B", 2, "1.00"), "limit of 1 payments")
			} else {
				p.do(payment("B", 2, "1.00"))
			}
		})
	}
}

// TestLimitsOutlastTheProcess restarts it, and runs two at once.
func TestLimitsOutlastTheProcess(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.process(perDay(-1, 2))
	first.do(payment("A", 1, "1.00"))
	second := w.process(perDay(-1, 2))
	second.do(payment("B", 2, "1.00"))
	first.refused(payment("C", 3, "1.00"), "limit of 2 payments")
	first.die()
	second.die()
	w.process(perDay(-1, 2)).refused(payment("C", 3, "1.00"), "limit of 2 payments")
}

// TestCompaniesApart shares the folder, not the limits.
func TestCompaniesApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := func(o *writepolicy.Options) { o.Company = w.company("2", time.UTC) }
	one, two := w.process(perDay(-1, 1)), w.process(perDay(-1, 1), other)
	one.do(payment("A", 1, "1.00"))
	two.do(payment("A", 1, "1.00")) // the same id, amount and content
	one.refused(payment("B", 2, "1.00"), "limit of 1 payments")
	two.refused(payment("B", 2, "1.00"), "limit of 1 payments")
	for name, p := range map[string]*process{"Company 1": one, "Company 2": two} {
		if all := p.entries(); len(all) != 1 || all[0].Company != name {
			t.Errorf("%s sees %+v", name, all)
		}
	}
	one.begin(sending("Left open", 9, "new"))
	one.die()
	w.find("Left open", result(fisklapi.Done))
	w.step(time.Hour)
	two.wantTold("A: done")
	if n := w.looks("Left open"); n != 0 {
		t.Errorf("another company's write was looked up %d times", n)
	}
}

// TestDayBoundaries moves from one day to the next where the company is.
func TestDayBoundaries(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ zone, done, refused, resets, allowed string }{
		"UTC":              {"UTC", "2026-11-22T00:00:00Z", "2026-11-22T23:59:59Z", "2026-11-23 00:00 UTC", "2026-11-23T00:00:00Z"},
		"ahead":            {"Pacific/Auckland", "2026-11-22T11:00:00Z", "2026-11-23T10:59:59Z", "2026-11-24 00:00 NZDT", "2026-11-23T11:00:00Z"},
		"behind":           {"America/Los_Angeles", "2026-11-22T08:00:00Z", "2026-11-23T07:59:59Z", "2026-11-23 00:00 PST", "2026-11-23T08:00:00Z"},
		"a day of 25 h":    {"Europe/London", "2026-10-24T23:00:00Z", "2026-10-25T23:59:59Z", "2026-10-26 00:00 GMT", "2026-10-26T00:00:00Z"},
		"a day of 23 h":    {"Europe/London", "2026-03-29T00:00:00Z", "2026-03-29T22:59:59Z", "2026-03-30 00:00 BST", "2026-03-29T23:00:00Z"},
		"midnight twice":   {"America/Havana", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z", "2026-11-02 00:00 CST", "2026-11-02T05:00:00Z"},
		"no midnight":      {"America/Santiago", "2026-09-06T04:00:00Z", "2026-09-07T02:59:59Z", "2026-09-07 00:00 -03", "2026-09-07T03:00:00Z"},
		"no midnight next": {"America/Santiago", "2026-09-05T04:00:00Z", "2026-09-06T03:59:59Z", "2026-09-06 01:00 -03", "2026-09-06T04:00:00Z"},
		"nor in Cairo":     {"Africa/Cairo", "2026-04-22T22:00:00Z", "2026-04-23T21:59:59Z", "2026-04-24 01:00 EEST", "2026-04-23T22:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			zone, err := time.LoadLocation(test.zone)
			if err != nil {
				t.Fatal(err)
			}
			p := w.process(perDay(-1, 1), func(o *writepolicy.Options) { o.Company = w.company("1", zone) })
			w.at(test.done)
			p.do(payment("A", 1, "1.00"))
			w.at(test.refused)
			p.refused(payment("B", 2, "1.00"), "midnight, "+test.resets)
			w.at(test.allowed)
			p.do(payment("B", 2, "1.00"))
			p.refused(payment("C", 3, "1.00"), "limit of 1 payments")
		})
	}
}

// TestLastHourBelongsToItsDay is about the hour before a midnight that summer
// time leaves out.
func TestLastHourBelongsToItsDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	zone, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	p := w.process(perDay(-1, 1), func(o *writepolicy.Options) { o.Company = w.company("1", zone) })
	w.at("2026-09-06T03:30:00Z") // 23:30 on the 5th
	p.do(payment("A", 1, "1.00"))
	w.at("2026-09-06T04:30:00Z") // 01:30 on the 6th
	p.do(payment("B", 2, "1.00"))
}

// TestClockIsMoved sets it back, and forward and back.
func TestClockIsMoved(t *testing.T) {
	t.Parallel()
	for name, moves := range map[string][]time.Duration{
		"back an hour":          {-time.Hour},
		"back a day":            {-24 * time.Hour},
		"back a year":           {-365 * 24 * time.Hour},
		"forward and back":      {30 * time.Hour, -30 * time.Hour},
		"forward, further back": {30 * time.Hour, -60 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.process(perDay(-1, 1))
			p.do(payment("A", 1, "1.00"))
			for i, move := range moves {
				w.step(move)
				if i < len(moves)-1 {
					p.do(payment("Ahead", 10+i, "1.00"))
				}
			}
			p.refused(payment("B", 2, "1.00"), "limit of 1 payments")
			w.process(perDay(-1, 1)).refused(payment("B", 2, "1.00"), "limit of 1 payments")
		})
	}
}

// TestCeilings is about single amounts.
func TestCeilings(t *testing.T) {
	t.Parallel()
	limits := writepolicy.Unlimited()
	limits.Ceilings = map[string]schemas.Money{"GBP": "5000", "EUR": "100.10", "JPY": "0", "CHF": "900719925474099.30"}
	for name, test := range map[string]struct{ amount, currency, says string }{
		"below":           {"4999.99", "GBP", ""},
		"equal":           {"5000.00", "GBP", ""},
		"above by least":  {"5000.01", "GBP", "5000.01 GBP is above this server's ceiling of 5000 GBP"},
		"above, digits":   {"100.1000000000000000000000001", "EUR", "above"},
		"equal, digits":   {"100.1000000000000000000000000", "EUR", ""},
		"not as text":     {"999.00", "GBP", ""},
		"small letters":   {"100.11", "eur", "above"},
		"zero, zero":      {"0.00", "JPY", ""},
		"zero, above":     {"1", "JPY", "above"},
		"no ceiling":      {"0.01", "USD", "a ceiling for amounts in CHF, EUR, GBP, JPY and none for USD (FISKL_MAX_AMOUNT)"},
		"no currency":     {"0.01", "", "none for"},
		"beyond a double": {"900719925474099.31", "CHF", "above"},
		"equal, beyond":   {"900719925474099.30", "CHF", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newWorld(t).process(limited(limits))
			marked, created := payment("M", 2, test.amount), creation("C")
			marked.Operation = fisklapi.OpMarkInvoicePaid
			sent := sending("S", 3, "new")
			sent.Amount = money(test.amount)
			for _, write := range []fisklapi.Write{payment("P", 1, test.amount), marked, sent} {
				write.Currency = test.currency
				if test.says == "" {
					p.do(write)
				} else {
					p.refused(write, test.says)
				}
			}
			created.Amount, created.Currency = money(test.amount), test.currency
			p.do(created)
			if test.says != "" {
				p.wantTold("C: done")
			}
		})
	}
}

func TestLimitsInWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if got := w.process().Limits(); len(got) != 0 {
		t.Errorf("got %q without limits", got)
	}
	l := writepolicy.Limits{
		SendsPerDay: 0, PaymentsPerDay: 7, WritesPerHour: 60,
		Ceilings: map[string]schemas.Money{"USD": "2", "EUR": "1"}, DayCeilings: map[string]schemas.Money{"EUR": "3"},
	}
	got := fmt.Sprint(w.process(limited(l)).Limits())
	if want := "[0 sent invoices a day 7 payments a day 60 changes of any kind an hour " +
		"1 EUR for one sent invoice, or for what is paid on one invoice in a day 2 USD for one sent invoice, or for what is paid on one invoice in a day " +
		"3 EUR for all sent invoices of a day, and for all payments of a day]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
