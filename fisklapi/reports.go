package fisklapi

import (
	"context"
	"net/url"
	"strconv"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Reports reads Fiskl's financial reports. Their figures equal the app's
// (documented); nothing is recomputed here but changes between columns.
type Reports struct{ c *Client }

// ProfitAndLoss returns performance over a period.
//
//	GET /v1/reports/profit-and-loss
func (s Reports) ProfitAndLoss(ctx context.Context, in schemas.ComparedArgs) (schemas.Report, error) {
	return s.statement(ctx, OpGetProfitAndLoss, in.Period, compared(in.Basis, in.Compare))
}

// CashFlow returns money received and paid over a period.
//
//	GET /v1/reports/cash-flow
func (s Reports) CashFlow(ctx context.Context, in schemas.CashFlowArgs) (schemas.Report, error) {
	return s.statement(ctx, OpGetCashFlow, in.Period, compared("", in.Compare))
}

// BalanceSheet returns the position at a day.
//
//	GET /v1/reports/balance-sheet
func (s Reports) BalanceSheet(ctx context.Context, in schemas.BalanceArgs) (schemas.Report, error) {
	at, err := s.day(ctx, in.Position)
	if err != nil {
		return schemas.Report{}, err
	}
	query := compared(in.Basis, in.Compare)
	span(query, at)
	w, err := do[wireReport](ctx, s.c, request{op: OpGetBalanceSheet, query: query})
	return w.noun(s.c.minor, at), err
}

func (s Reports) statement(ctx context.Context, op Operation, p schemas.Period, query url.Values) (schemas.Report, error) {
	covered, err := s.c.Periods.OrDefault(ctx, p)
	if err != nil {
		return schemas.Report{}, err
	}
	span(query, covered)
	w, err := do[wireReport](ctx, s.c, request{op: op, query: query})
	return w.noun(s.c.minor, covered), err
}

// TrialBalance returns the balance of every account at a day.
//
//	GET /v1/reports/trial-balance
func (s Reports) TrialBalance(ctx context.Context, in schemas.TrialBalanceArgs) (schemas.TrialBalance, error) {
	at, err := s.day(ctx, in.Position)
	if err != nil {
		return schemas.TrialBalance{}, err
	}
	query := compared(in.Basis, 0)
	span(query, at)
	w, err := do[struct {
		wireHead
		Rows   []wireEntry `json:"rows"`
		Totals wireTotals  `json:"totals"`
	}](ctx, s.c, request{op: OpGetTrialBalance, query: query})
	if err != nil {
		return schemas.TrialBalance{}, err
	}
	currency := string(w.Currency)
	out := schemas.TrialBalance{ReportHead: w.noun(at), Rows: make([]schemas.TrialBalanceRow, 0, len(w.Rows)), Totals: w.Totals.noun(s.c.minor, currency)}
	for _, e := range w.Rows {
		out.Rows = append(out.Rows, schemas.TrialBalanceRow{
			Account: string(e.Name), Code: string(e.Code), AccountID: e.AccountID.key,
			Debit: s.c.minor.decimal(e.Debit, currency), Credit: s.c.minor.decimal(e.Credit, currency),
		})
	}
	return out, nil
}

// Ratios returns financial ratios with their formulas and inputs.
//
//	GET /v1/reports/financial-ratios
func (s Reports) Ratios(ctx context.Context, in schemas.ReportArgs) (schemas.Ratios, error) {
	covered, err := s.c.Periods.OrDefault(ctx, in.Period)
	if err != nil {
		return schemas.Ratios{}, err
	}
	query := compared(in.Basis, 0)
	span(query, covered)
	w, err := do[struct {
		wireHead
		Ratios []struct {
			Name    text        `json:"name"`
			Value   number      `json:"value"`
			Formula text        `json:"formula"`
			Inputs  []wireNamed `json:"inputs"`
		} `json:"ratios"`
	}](ctx, s.c, request{op: OpGetFinancialRatios, query: query})
	if err != nil {
		return schemas.Ratios{}, err
	}
	out := schemas.Ratios{ReportHead: w.noun(covered), Rows: make([]schemas.Ratio, 0, len(w.Ratios))}
	for _, r := range w.Ratios {
		one := schemas.Ratio{Name: string(r.Name), Value: string(r.Value), Formula: string(r.Formula), Inputs: schemas.Totals{}}
		for _, in := range r.Inputs {
			one.Inputs = append(one.Inputs, schemas.NamedAmount{Name: string(in.Name), Amount: s.c.minor.decimal(in.Amount, string(w.Currency))})
		}
		out.Rows = append(out.Rows, one)
	}
	return out, nil
}

// day resolves the day of a position: given, the last day of a period, or
// today.
func (s Reports) day(ctx context.Context, p schemas.Position) (schemas.Range, error) {
	if err := p.Validate(); err != nil {
		return schemas.Range{}, err
	}
	if p.Period != "" {
		return s.c.Periods.Resolve(ctx, schemas.Period{Period: p.Period})
	}
	if p.AsOf == "" {
		p.AsOf = s.c.Companies.Today(ctx)
	}
	return schemas.Range{End: p.AsOf}, nil
}

// compared is the query of a basis and of earlier columns.
func compared(basis schemas.Basis, columns int) url.Values {
	q := url.Values{}
	if basis != "" {
		q.Set("basis", capitalised(string(basis)))
	}
	if columns > 0 {
		q.Set("compare", strconv.Itoa(columns))
	}
	return q
}

// span adds the days of a period to a query.
func span(q url.Values, r schemas.Range) {
	if r.Start != "" {
		q.Set("start", string(r.Start))
	}
	if r.End != "" {
		q.Set("end", string(r.End))
	}
}
