package tools

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// tracing finds the transactions behind a figure.
type tracing struct{ api *fisklapi.Client }

const defaultTraced = 20

// trace reads every line of an account in a period and shows the largest.
func (t tracing) trace(ctx context.Context, in schemas.TraceArgs) (schemas.Trace, error) {
	var ledger schemas.Ledger
	var shown tie
	err := t.api.Together(ctx,
		func(ctx context.Context) (err error) { ledger, err = t.lines(ctx, in); return err },
		func(ctx context.Context) error { shown = t.report(ctx, in); return nil },
	)
	if err != nil {
		return schemas.Trace{}, err
	}
	out := schemas.Trace{ReportHead: ledger.ReportHead, Account: in.Account, Lines: len(ledger.Rows), Rows: []schemas.TraceLine{}}
	out.Report = "Trace"
	if len(ledger.Accounts) > 0 {
		a := ledger.Accounts[0]
		out.Account, out.Code, out.Opening, out.Closing = a.Account, a.Code, a.Opening, a.Closing
		out.Movement = inStyleOf(a.Closing.Decimal().Sub(a.Opening.Decimal()), a.Closing)
	}
	rows := slices.Clone(ledger.Rows)
	slices.SortStableFunc(rows, func(a, b schemas.LedgerLine) int {
		return cmp.Or(b.Amount.Decimal().Abs().Cmp(a.Amount.Decimal().Abs()), strings.Compare(string(b.Date), string(a.Date)))
	})
	out.Complete = ledger.Complete && len(rows) <= cmp.Or(in.Limit, defaultTraced)
	rows = rows[:min(len(rows), cmp.Or(in.Limit, defaultTraced))]
	var sum decimal.Decimal
	for _, l := range rows {
		sum = sum.Add(l.Amount.Decimal())
		out.Rows = append(out.Rows, schemas.TraceLine{LedgerLine: l})
	}
	out.Count, out.Shown = len(out.Rows), inStyleOf(sum, out.Closing)
	out.Origin = "opening, closing, amounts and balances are Fiskl's, debit positive; movement, shown and the order were derived here"
	switch {
	case out.Lines == 0 && !out.Opening.Decimal().IsZero():
		out.Origin += "; nothing was posted to the account in the period: its balance is of earlier ones, so ask for an earlier start. The result of a fiscal year is an entry of the next day"
	case out.Lines == 0:
		out.Origin += "; nothing was posted to the account in the period"
	case out.Count < out.Lines:
		out.Origin += "; raise limit to see more"
	}
	if !ledger.Complete {
		out.Origin += "; the period has more lines than one call reads, so larger ones may be missing: take a shorter period"
	}
	shown.to(ledger, &out)
	editing(t).of(ctx, &out)
	return out, nil
}

// lines reads the account's lines to the end, as far as one call goes.
func (t tracing) lines(ctx context.Context, in schemas.TraceArgs) (schemas.Ledger, error) {
	args := schemas.TransactionArgs{LedgerArgs: schemas.LedgerArgs{ReportArgs: in.ReportArgs, Accounts: []string{in.Account}}}
	args.All = true
	return t.api.Reports.Transactions(ctx, args)
}

// inStyleOf writes a derived amount with as many decimals as a given one.
func inStyleOf(d decimal.Decimal, like schemas.Money) schemas.Money {
	return schemas.Money(d.StringFixed(max(0, -like.Decimal().Exponent())))
}
