package review

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// reader reads the sources of a review, most of them side by side.
type reader struct {
	api *fisklapi.Client
	b   *Books

	mu     sync.Mutex
	failed []error
	good   int // sources that were read
}

// How many pages of each list are read at most, of 50 rows each.
const (
	invoicePages = 12
	quotePages   = 4
	linePages    = 12
	changePages  = 10
)

// accrual is the basis of all that is read, whatever the company's own is: on the
// cash basis a bill is in no report before it is paid.
const accrual schemas.Basis = "accrual"

// Days before a period's end from which invoices and payments are read, and
// before its start from which sales are.
const (
	yearBack  = 395
	salesBack = 183
	ahead     = 366 // and after today until which invoices and payments are
)

// books reads what the checks need.
func (r Reviewer) books(ctx context.Context, in schemas.ReviewArgs) (*Books, error) {
	l, err := limits(in)
	if err != nil {
		return nil, err
	}
	company, err := r.API.Companies.Get(ctx)
	if err != nil && !fisklapi.Untold(err) {
		return nil, err
	}
	today := r.API.Companies.Today(ctx)
	covered, err := r.period(ctx, in.Period, today)
	if err == nil {
		err = closed(in, covered, today)
	}
	if err != nil {
		return nil, err
	}
	b := &Books{Period: covered, Today: today, Currency: company.Currency, LockedUntil: company.LockedUntil, Limits: l, Unread: make(map[Source]string)}
	read := &reader{api: r.API, b: b}
	if err := read.all(ctx, in); err != nil {
		return nil, err
	}
	return b, nil
}

// all reads every source. What this credential may not read, or what was not
// understood, is noted as unread; only where nothing at all could be read does
// the review fail.
func (r *reader) all(ctx context.Context, in schemas.ReviewArgs) error {
	year := schemas.Period{Start: min(shift(r.b.Period.End, -yearBack), shift(r.b.Period.Start, -Around)), End: shift(r.b.Today, ahead)}
	until := schemas.Position{AsOf: r.b.Period.End}
	reads := []func(context.Context) error{
		r.lines,
		r.source(Invoices, func(ctx context.Context) error { return r.invoices(ctx, year) }),
		r.source(Payments, func(ctx context.Context) error { return r.payments(ctx, year) }),
		r.source(Quotes, r.quotes),
		r.source(Months, r.months),
		r.source(Position, func(ctx context.Context) (err error) {
			r.b.Position, err = r.api.Reports.BalanceSheet(ctx, schemas.BalanceArgs{Position: until, Basis: accrual})
			return err
		}),
		r.source(Trial, func(ctx context.Context) (err error) {
			r.b.Trial, err = r.api.Reports.TrialBalance(ctx, schemas.TrialBalanceArgs{Position: until, Basis: accrual})
			return err
		}),
		r.source(Receivables, func(ctx context.Context) (err error) {
			r.b.Receivables, err = r.api.Reports.Receivables(ctx, schemas.ReceivablesArgs{Position: until, Detail: true})
			return err
		}),
		r.source(Payables, func(ctx context.Context) (err error) {
			r.b.Payables, err = r.api.Reports.Payables(ctx, schemas.PayablesArgs{Position: until, Detail: true})
			return err
		}),
	}
	if in.SignedOff == "" {
		r.unread(SinceSignOff, "give signed_off, the day on which the period was closed")
	} else {
		reads = append(reads, r.source(SinceSignOff, func(ctx context.Context) error { return r.since(ctx, in.SignedOff) }))
	}
	if err := r.api.Together(ctx, reads...); err != nil {
		return err
	}
	if r.b.Currency == "" {
		r.b.Currency = r.b.Trial.Currency
	}
	if r.good == 0 && len(r.failed) > 0 {
		return r.failed[0]
	}
	return nil
}

// source reads one source and notes it as unread where that failed for a reason
// that is its own.
func (r *reader) source(s Source, read func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		err := read(ctx)
		switch {
		case err == nil:
			r.mu.Lock()
			r.good++
			r.mu.Unlock()
			return nil
		case ctx.Err() != nil, errors.Is(err, fisklapi.Unauthorized), errors.Is(err, fisklapi.Subscription):
			return err
		default:
			r.unread(s, clause(err))
			r.mu.Lock()
			r.failed = append(r.failed, err)
			r.mu.Unlock()
			return nil
		}
	}
}

func (r *reader) unread(s Source, why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.b.Unread[s]; !known {
		r.b.Unread[s] = why
	}
}

// why says why a source is unread, if it is.
func (r *reader) why(s Source) (why string, unread bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	why, unread = r.b.Unread[s]
	return why, unread
}

// cut notes a list that has more rows than are read.
func (r *reader) cut(s Source, rows int, complete bool) {
	if !complete {
		r.unread(s, fmt.Sprintf("there are more than the %d rows that are read for a review, or some may be missing; take a shorter period", rows))
	}
}

// invoices reads a year of invoices. Of a longer list the newest are kept, which
// is enough for most checks where they reach back before the period.
func (r *reader) invoices(ctx context.Context, year schemas.Period) error {
	l, err := r.api.Invoices.List(ctx, schemas.InvoiceFilter{Period: year, PageArgs: schemas.PageArgs{All: true, Pages: invoicePages}})
	if err != nil {
		return err
	}
	r.b.Invoices = l.Rows
	defer slices.SortFunc(r.b.Invoices, func(x, y schemas.InvoiceRow) int {
		return cmp.Or(cmp.Compare(y.InvoiceDate, x.InvoiceDate), cmp.Compare(y.Number, x.Number))
	})
	r.reaches(Invoices, l.Complete, len(l.Rows), func(i int) schemas.Date { return l.Rows[i].InvoiceDate })
	return nil
}

func (r *reader) payments(ctx context.Context, year schemas.Period) error {
	l, err := r.api.Payments.List(ctx, schemas.PaymentFilter{Period: year, PageArgs: schemas.PageArgs{All: true, Pages: invoicePages}})
	if err != nil {
		return err
	}
	r.b.Payments = l.Rows
	r.reaches(Payments, l.Complete, len(l.Rows), func(i int) schemas.Date { return l.Rows[i].Date })
	return nil
}

// reaches notes how far back a list goes that was not read whole.
func (r *reader) reaches(s Source, complete bool, rows int, date func(int) schemas.Date) {
	r.cut(Year, rows, complete)
	if !complete && (rows == 0 || !date(rows-1).Before(shift(r.b.Period.Start, -Around))) {
		r.cut(s, rows, false)
	}
}

func (r *reader) quotes(ctx context.Context) error {
	l, err := r.api.Quotes.List(ctx, schemas.QuoteFilter{PageArgs: schemas.PageArgs{All: true, Pages: quotePages}})
	if err != nil {
		return err
	}
	r.b.Quotes = l.Rows
	slices.SortFunc(r.b.Quotes, func(x, y schemas.QuoteRow) int {
		return cmp.Or(cmp.Compare(y.QuoteDate, x.QuoteDate), cmp.Compare(y.Number, x.Number))
	})
	r.cut(Quotes, len(l.Rows), l.Complete)
	return nil
}

// Months that a profit and loss has beside the last one: a year to hold the
// newest three against, and more for a longer period.
const (
	fewestColumns = 14
	mostColumns   = 20
)

// months reads the profit and loss of the last whole month of the period, or
// before it, and earlier ones beside it.
func (r *reader) months(ctx context.Context) error {
	end := r.b.Period.End
	if next := end.Next(); next[len("2006-01-"):] != "01" {
		end = shift(end[:len("2006-01-")]+"01", -1)
	}
	first, err := time.Parse(time.DateOnly, string(r.b.Period.Start))
	if err != nil {
		return fmt.Errorf("the period's first day: %w", err)
	}
	last, err := time.Parse(time.DateOnly, string(end))
	if err != nil {
		return fmt.Errorf("the period's last day: %w", err)
	}
	extra := 12*(last.Year()-first.Year()) + int(last.Month()-first.Month()) - 2
	args := schemas.ComparedArgs{
		Period:  schemas.Period{Start: end[:len("2006-01-")] + "01", End: end},
		Compare: min(mostColumns, fewestColumns+max(0, extra)), Basis: accrual,
	}
	r.b.Months, err = r.api.Reports.ProfitAndLoss(ctx, args)
	return err
}

// since reads the changes after a day, and the whole ledger of the period to
// know what is dated in it.
func (r *reader) since(ctx context.Context, signedOff schemas.Date) error {
	if signedOff == r.b.Today {
		return nil
	}
	return r.api.Together(ctx,
		func(ctx context.Context) error {
			l, err := r.api.Audit.List(ctx, schemas.ChangeFilter{
				Period: schemas.Period{Start: signedOff.Next(), End: r.b.Today}, PageArgs: schemas.PageArgs{All: true, Pages: changePages},
			})
			r.b.Changes = l.Rows
			r.cut(SinceSignOff, len(l.Rows), err != nil || l.Complete)
			return err
		},
		func(ctx context.Context) error {
			l, err := r.api.Reports.GeneralLedger(ctx, schemas.LedgerArgs{
				ReportArgs: schemas.ReportArgs{Period: schemas.Period{Start: r.b.Period.Start, End: r.b.Period.End}, Basis: accrual},
				PageArgs:   schemas.PageArgs{All: true, Pages: linePages},
			})
			r.b.Ledger = l.Rows
			r.cut(SinceSignOff, len(l.Rows), err != nil || l.Complete)
			return err
		},
	)
}
