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

type wireTrialBalance struct {
	wireHead
	Rows   []wireBalance `json:"rows"   form:"unless=totals.debit"`
	Totals wireTotals    `json:"totals" form:"required"`
}

func (wireTrialBalance) checks() []string {
	return []string{"totals.debit = sum(rows.debit)", "totals.credit = sum(rows.credit)", "totals.debit = totals.credit"}
}

type wireBalance struct {
	AccountID id     `json:"accountId" form:"required"`
	Code      text   `json:"code"`
	Name      text   `json:"name"      form:"required"`
	Debit     *int64 `json:"debit"     form:"required"`
	Credit    *int64 `json:"credit"    form:"required"`
}

type wireRatios struct {
	wireHead
	Ratios []wireRatio `json:"ratios" form:"required"`
}

type wireRatio struct {
	Name    text        `json:"name"    form:"required"`
	Value   number      `json:"value"`
	Formula text        `json:"formula" form:"required"`
	Inputs  []wireNamed `json:"inputs"`
}

// ProfitAndLoss returns performance over a period.
//
//	GET /v1/reports/profit-and-loss
func (s Reports) ProfitAndLoss(ctx context.Context, in schemas.ComparedArgs) (schemas.Report, error) {
	return s.statement(ctx, OpGetProfitAndLoss, in.Period, compared(in.Basis, in.Compare))
}

// CashFlow returns money received and paid over a period, and how long what is
// left of it lasts, which is derived here.
//
//	GET /v1/reports/cash-flow
func (s Reports) CashFlow(ctx context.Context, in schemas.CashFlowArgs) (schemas.Report, error) {
	out, err := s.statement(ctx, OpGetCashFlow, in.Period, compared("", in.Compare))
	if err != nil {
		return out, err
	}
	over := out.Range
	if !over.End.Before(schemas.NewDate(s.c.now().AddDate(0, 0, -1))) {
		over.End = min(over.End, s.c.Companies.Today(ctx)) // days to come used no cash yet
	}
	out.Runway = schemas.NewRunway(out.Totals, over)
	return out, nil
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
	w, err := s.columned(ctx, OpGetBalanceSheet, query)
	return w.noun(s.c.minor, at), err
}

// columned reads a report with sections and columns.
func (s Reports) columned(ctx context.Context, op Operation, query url.Values) (wireReport, error) {
	w, err := do[wireReport](ctx, s.c, request{op: op, query: query})
	if err == nil {
		err = s.c.answers(op, w.wireHead, query)
	}
	if err == nil {
		err = s.c.columns(op, w, query)
	}
	if err != nil {
		return wireReport{}, err
	}
	if op == OpGetProfitAndLoss {
		s.c.Accounts.show(w)
	}
	return w, nil
}

func (s Reports) statement(ctx context.Context, op Operation, p schemas.Period, query url.Values) (schemas.Report, error) {
	covered, err := s.c.Periods.OrDefault(ctx, p)
	if err != nil {
		return schemas.Report{}, err
	}
	span(query, covered)
	w, err := s.columned(ctx, op, query)
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
	w, err := do[wireTrialBalance](ctx, s.c, request{op: OpGetTrialBalance, query: query})
	if err == nil {
		err = s.c.answers(OpGetTrialBalance, w.wireHead, query)
	}
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
	w, err := do[wireRatios](ctx, s.c, request{op: OpGetFinancialRatios, query: query})
	if err == nil {
		err = s.c.answers(OpGetFinancialRatios, w.wireHead, query)
	}
	if err == nil && w.percentages() {
		err = s.c.otherwise(OpGetFinancialRatios, "its values are a hundred times what their inputs give")
	}
	if err != nil {
		return schemas.Ratios{}, err
	}
	out := schemas.Ratios{ReportHead: w.noun(covered), Rows: make([]schemas.Ratio, 0, len(w.Ratios)), Span: partYear(covered, s.c.Companies.Today(ctx))}
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
