package tools

import (
	"context"
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// tie is what the report that people saw a figure in has to say of it.
type tie struct {
	report schemas.Report
	flow   bool // it shows what moved in a period rather than how things stand
	read   bool
}

// report reads the report that shows the account. Where it cannot be read, the
// trace is whole without.
func (t tracing) report(ctx context.Context, in schemas.TraceArgs) tie {
	covered, err := t.api.Periods.OrDefault(ctx, in.Period)
	if err != nil {
		return tie{}
	}
	kind, err := t.api.Accounts.Type(ctx, in.Account)
	if err != nil {
		return tie{}
	}
	var out tie
	switch kind {
	case "Assets", "Liabilities", "Equity":
		out.report, err = t.api.Reports.BalanceSheet(ctx, schemas.BalanceArgs{Position: schemas.Position{AsOf: covered.End}, Basis: in.Basis})
	default:
		out.flow = true
		out.report, err = t.api.Reports.ProfitAndLoss(ctx, schemas.ComparedArgs{Period: schemas.Period{Start: covered.Start, End: covered.End}, Basis: in.Basis})
	}
	out.read = err == nil
	return out
}

// to says what the report shows for the account, and that it computed what the
// ledger does not have.
func (t tie) to(ledger schemas.Ledger, out *schemas.Trace) {
	if !t.read || !ledger.Complete {
		return
	}
	posted := out.Closing
	if t.flow {
		posted = earned(out.Movement, ledger.Rows)
	}
	out.ReportNote = tied(t.report, out.Account, out.Code, posted)
}

// earned is a movement without the entries that close a year: they take the
// year's result out of the account, and no profit and loss counts them.
func earned(movement schemas.Money, lines []schemas.LedgerLine) schemas.Money {
	sum := movement.Decimal()
	for _, l := range lines {
		if strings.Contains(strings.ToLower(l.Type), "closing") {
			sum = sum.Sub(l.Amount.Decimal())
		}
	}
	return inStyleOf(sum, movement)
}

// tied sets what a report shows for an account beside what was posted. Reports
// write a section's amounts as positive on its own side, so signs are not
// compared.
func tied(report schemas.Report, account, code string, posted schemas.Money) string {
	for _, s := range report.Sections {
		for _, row := range s.Rows {
			switch {
			case row.Account != account || row.Code != code:
			case row.Amount.Decimal().Abs().Equal(posted.Decimal().Abs()):
				return fmt.Sprintf("the %s shows %s, which is what was posted", report.Report, row.Amount) + apart(s)
			default:
				return fmt.Sprintf("the %s shows %s where %s was posted: the report computes the rest, such as the profit of the year or unrealised exchange differences",
					report.Report, row.Amount, posted) + apart(s)
			}
		}
	}
	return ""
}

// apart names what a balance sheet carries forward beside retained earnings.
func apart(of schemas.Section) string {
	if carried := of.Carried(); !carried.IsZero() {
		return fmt.Sprintf("; unrealised exchange differences of earlier years, %s, are in a row of their own there and posted nowhere", inStyleOf(carried, of.Total))
	}
	return ""
}
