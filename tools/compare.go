package tools

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// comparing sets two periods of a report side by side.
type comparing struct{ api *fisklapi.Client }

// compare reads Fiskl's own report twice and ranks its accounts by how much
// they changed.
func (c comparing) compare(ctx context.Context, in schemas.ComparisonArgs) (schemas.Comparison, error) {
	period, err := stretch("period", in.Period)
	if err != nil {
		return schemas.Comparison{}, err
	}
	before, after, err := c.both(ctx, in, period)
	if err != nil {
		return schemas.Comparison{}, err
	}
	out := schemas.Comparison{
		ReportHead: after.ReportHead, Against: before.Range, Rows: differences(before, after),
		Next:   "the transactions behind a row: " + traceCall(in.Basis, before.ReportHead, after.ReportHead),
		Origin: "before and after are Fiskl's figures; change and percent were derived from them here",
	}
	if before.AsOf != "" {
		out.Against = schemas.Range{End: before.AsOf}
	}
	for _, t := range after.Totals {
		was := before.Totals.Get(t.Name)
		out.Totals = append(out.Totals, schemas.TotalChange{Total: t.Name, Before: was, After: t.Amount, Change: schemas.Compare(t.Amount, was)})
	}
	return out, nil
}

// traceCall is the call that shows what is behind an account of a report: the
// period itself, or what lies between two positions.
func traceCall(basis schemas.Basis, before, after schemas.ReportHead) string {
	start, end := after.Start, after.End
	if after.AsOf != "" {
		start, end = min(before.AsOf, after.AsOf).Next(), max(before.AsOf, after.AsOf)
	}
	call := fmt.Sprintf(`trace_figure {"account": its code or id, "start": %q, "end": %q`, start, end)
	if basis != "" {
		call += fmt.Sprintf(`, "basis": %q`, basis)
	}
	return call + "}"
}

// both reads the two reports, at once where both periods are named.
func (c comparing) both(ctx context.Context, in schemas.ComparisonArgs, period schemas.Period) (before, after schemas.Report, err error) {
	if in.Against != "" {
		against, err := stretch("against", in.Against)
		if err != nil {
			return before, after, err
		}
		err = c.api.Together(ctx,
			func(ctx context.Context) (err error) { after, err = c.report(ctx, in, period); return err },
			func(ctx context.Context) (err error) { before, err = c.report(ctx, in, against); return err },
		)
		return before, after, err
	}
	likely := c.likely(ctx, in, period)
	var beforeErr error
	reads := []func(context.Context) error{func(ctx context.Context) (err error) { after, err = c.report(ctx, in, period); return err }}
	if !likely.IsZero() {
		reads = append(reads, func(ctx context.Context) error { before, beforeErr = c.report(ctx, in, likely); return nil })
	}
	if err := c.api.Together(ctx, reads...); err != nil {
		return before, after, err
	}
	against, err := c.against(after)
	if err == nil && against == likely {
		return before, after, beforeErr
	}
	if err == nil {
		before, err = c.report(ctx, in, against)
	}
	return before, after, err
}

// likely is the period that Fiskl is likely to set beside the one asked for: as
// many whole months before it. None where it is not of whole months, or not of a
// profit and loss.
func (c comparing) likely(ctx context.Context, in schemas.ComparisonArgs, period schemas.Period) schemas.Period {
	if in.Report == schemas.CompareBalanceSheet {
		return schemas.Period{}
	}
	covered, err := c.api.Periods.Resolve(ctx, period)
	if err != nil {
		return schemas.Period{} // the report says what is wrong
	}
	before := covered.MonthsBefore()
	return schemas.Period{Start: before.Start, End: before.End}
}

// against is the period that Fiskl itself sets beside the one asked for.
func (comparing) against(after schemas.Report) (schemas.Period, error) {
	if len(after.Columns) < 2 {
		return stretch("against", "")
	}
	before := after.Columns[1]
	if before.AsOf != "" {
		return schemas.Period{Start: before.AsOf, End: before.AsOf}, nil
	}
	return schemas.Period{Start: before.Start, End: before.End}, nil
}

func (c comparing) report(ctx context.Context, in schemas.ComparisonArgs, p schemas.Period) (schemas.Report, error) {
	before := 0
	if in.Against == "" {
		before = 1
	}
	if in.Report != schemas.CompareBalanceSheet {
		return c.api.Reports.ProfitAndLoss(ctx, schemas.ComparedArgs{Period: p, Compare: before, Basis: in.Basis})
	}
	return c.api.Reports.BalanceSheet(ctx, schemas.BalanceArgs{Position: schemas.Position{AsOf: p.End, Period: p.Period}, Compare: before, Basis: in.Basis})
}

// stretch reads a period that has to be there.
func stretch(argument, s string) (schemas.Period, error) {
	if strings.TrimSpace(s) == "" {
		return schemas.Period{}, &schemas.ArgumentError{Argument: argument, Problem: "is empty; give a period name, or two dates as START..END"}
	}
	if _, err := schemas.CheckPeriod(s); err != nil {
		return schemas.Period{}, &schemas.ArgumentError{Argument: argument, Problem: err.Error()}
	}
	if days, ok := schemas.WrittenDays(s); ok {
		return days, nil
	}
	return schemas.Period{Period: s}, nil
}

// differences lists the accounts that changed, the largest change first.
func differences(before, after schemas.Report) []schemas.Difference {
	type key struct{ section, account, code string }
	found := make(map[key]*schemas.Difference)
	var order []*schemas.Difference
	at := func(section string, row schemas.AccountAmount) *schemas.Difference {
		k := key{section, row.Account, row.Code}
		if found[k] == nil {
			zero := inStyleOf(decimal.Zero, row.Amount)
			found[k] = &schemas.Difference{Section: section, Account: row.Account, Code: row.Code, AccountID: row.AccountID, Before: zero, After: zero}
			order = append(order, found[k])
		}
		return found[k]
	}
	for _, s := range before.Sections {
		for _, row := range s.Rows {
			at(s.Name, row).Before = row.Amount
		}
	}
	for _, s := range after.Sections {
		for _, row := range s.Rows {
			at(s.Name, row).After = row.Amount
		}
	}
	rows := make([]schemas.Difference, 0, len(order))
	for _, d := range order {
		d.Change = schemas.Compare(d.After, d.Before)
		if !d.Change.Change.Decimal().IsZero() {
			rows = append(rows, *d)
		}
	}
	slices.SortStableFunc(rows, func(a, b schemas.Difference) int {
		return cmp.Or(b.Change.Change.Decimal().Abs().Cmp(a.Change.Change.Decimal().Abs()), cmp.Compare(a.Code, b.Code))
	})
	return rows
}
