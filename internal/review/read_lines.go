package review

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// lines reads the chart of accounts and then the lines of those accounts that
// checks are made on.
func (r *reader) lines(ctx context.Context) error {
	err := r.source(Accounts, func(ctx context.Context) (err error) {
		r.b.Accounts, err = r.api.Accounts.Chart(ctx)
		return err
	})(ctx)
	if err != nil {
		return err
	}
	if why, missing := r.why(Accounts); missing {
		for _, s := range []Source{Payable, Cash, Sales} {
			r.unread(s, why)
		}
		return nil
	}
	p := r.b.Period
	return r.api.Together(ctx,
		r.source(Payable, func(ctx context.Context) error {
			days := schemas.Period{Start: shift(p.Start, -Around), End: min(shift(p.End, Around), r.b.Today)}
			return r.of(ctx, Payable, &r.b.Payable, days, owing)
		}),
		r.source(Cash, func(ctx context.Context) error {
			return r.of(ctx, Cash, &r.b.Cash, schemas.Period{Start: p.Start, End: p.End}, func(a schemas.Account) bool { return cashlike(a) || card(a) })
		}),
		r.source(Sales, func(ctx context.Context) error {
			return r.of(ctx, Sales, &r.b.Sales, schemas.Period{Start: shift(p.Start, -salesBack), End: p.End}, earning)
		}),
	)
}

// of reads the lines of the accounts that are meant. Where the chart has none of
// them, it says so.
func (r *reader) of(ctx context.Context, s Source, lines *[]schemas.LedgerLine, days schemas.Period, meant func(schemas.Account) bool) error {
	var ids []string
	for _, a := range r.b.Accounts {
		if meant(a) {
			ids = append(ids, string(a.ID))
		}
	}
	if len(ids) == 0 {
		r.unread(s, "the chart of accounts has none that is known as such")
		return nil
	}
	l, err := r.api.Reports.Transactions(ctx, schemas.TransactionArgs{LedgerArgs: schemas.LedgerArgs{
		ReportArgs: schemas.ReportArgs{Period: days, Basis: accrual}, Accounts: ids, PageArgs: schemas.PageArgs{All: true, Pages: linePages},
	}})
	if err != nil {
		return err
	}
	*lines = l.Rows
	r.cut(s, len(l.Rows), l.Complete)
	return nil
}
