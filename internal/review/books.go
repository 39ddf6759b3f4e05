// Package review makes the checks that a careful bookkeeper makes at the end of
// a month. It reads what all of them need at once; the checks themselves read
// nothing, and answer with findings, each with the records that it rests on.
// Nothing is changed, and every amount is exact.
package review

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Source is a part of the books that checks are made on.
type Source string

// The sources.
const (
	Accounts     Source = "the chart of accounts"
	Invoices     Source = "the list of invoices"
	Quotes       Source = "the list of quotes"
	Payments     Source = "the list of payments"
	Year         Source = "a year of invoices and payments"
	Payable      Source = "the lines of accounts payable"
	Cash         Source = "the lines of bank, cash and card accounts"
	Sales        Source = "the lines of income accounts"
	Months       Source = "profit and loss by month"
	Position     Source = "the balance sheet"
	Trial        Source = "the trial balance"
	Receivables  Source = "the receivables ageing"
	Payables     Source = "the payables ageing"
	SinceSignOff Source = "the changes since the period was signed off"
)

// Books are what was read of one company's books for one period.
type Books struct {
	Period      schemas.Range // both days are set
	Today       schemas.Date  // in the company's time zone
	Currency    string        // base currency, ISO 4217
	LockedUntil schemas.Date  // nothing may be dated up to this day; empty where nothing is locked
	Limits      Limits

	Accounts    []schemas.Account
	Invoices    []schemas.InvoiceRow // of the year before the period's end at least, and of all days since
	Quotes      []schemas.QuoteRow
	Payments    []schemas.PaymentRow // of the same days as the invoices
	Payable     []schemas.LedgerLine // of the period and [Around] days on either side
	Cash        []schemas.LedgerLine // of the period
	Sales       []schemas.LedgerLine // of the period and the half year before it
	Months      schemas.Report       // the period's last month and those before it, a column each
	Position    schemas.Report       // at the period's end, as the rest below
	Trial       schemas.TrialBalance
	Receivables schemas.Aging          // with documents
	Payables    schemas.Aging          // with documents
	Ledger      []schemas.LedgerLine   // of the period, where it was signed off
	Changes     []schemas.RecordChange // since the period was signed off

	// Unread says why a source is missing or not whole, in a clause. Of invoices
	// and payments those from [Around] days before the period on are enough; Year
	// is all of them.
	Unread map[Source]string
}

// Limits are how far something may be out before it is a finding.
type Limits struct {
	OverdueDays int             // an invoice later than this is overdue for long
	Minimum     decimal.Decimal // findings of less, in the base currency, are left out
}

// Around is how many days before and after a period bills are looked at, since
// the second of a pair is often entered with the next month's.
const Around = 45

// covers reports a day of the period.
func (b *Books) covers(d schemas.Date) bool {
	return d != "" && !d.Before(b.Period.Start) && !b.Period.End.Before(d)
}

// recent reports a day of the period or after it.
func (b *Books) recent(d schemas.Date) bool { return d != "" && !d.Before(b.Period.Start) }

// account finds an account by its id.
func (b *Books) account(id schemas.ID) (schemas.Account, bool) {
	for _, a := range b.Accounts {
		if a.ID == id {
			return a, true
		}
	}
	return schemas.Account{}, false
}

// shift returns the day so many days later, or earlier where days is negative.
// A date that is not on the calendar stays as it is.
func shift(d schemas.Date, days int) schemas.Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return schemas.NewDate(t.AddDate(0, 0, days))
}

// apart is how many days lie between two days, whichever is first.
func apart(a, b schemas.Date) int {
	if b.Before(a) {
		a, b = b, a
	}
	return a.DaysUntil(b)
}
