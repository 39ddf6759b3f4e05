package schemas

import (
	"cmp"
	"strings"

	"github.com/invopop/jsonschema"
)

// Basis is when income and expense count: when earned or incurred (accrual),
// or when paid (cash).
type Basis string

// JSONSchema describes the basis to a model.
func (Basis) JSONSchema() *jsonschema.Schema { return enum("accrual", "cash") }

// ReportArgs ask for a report over a period.
type ReportArgs struct {
	Period
	Basis Basis `json:"basis,omitempty" jsonschema_description:"Default the company's"`
}

// ComparedArgs ask for a report over a period and earlier ones beside it.
type ComparedArgs struct {
	Period
	Compare int   `json:"compare,omitempty" jsonschema:"minimum=0,maximum=20" jsonschema_description:"Earlier periods beside it"`
	Basis   Basis `json:"basis,omitempty" jsonschema_description:"Default the company's"`
}

// CashFlowArgs ask for the cash flow, which knows no basis.
type CashFlowArgs struct {
	Period
	Compare int `json:"compare,omitempty" jsonschema:"minimum=0,maximum=20" jsonschema_description:"Earlier periods beside it"`
}

// Position is a day, given as such or as the last day of a period.
type Position struct {
	AsOf   Date   `json:"as_of,omitempty" jsonschema_description:"Default today"`
	Period string `json:"period,omitempty" jsonschema_description:"Or its last day"`
}

// Validate refuses a day together with a period.
func (p Position) Validate() error {
	if p.AsOf != "" && p.Period != "" {
		return &ArgumentError{Argument: "as_of", Problem: "is given together with period; give one of them"}
	}
	return nil
}

// BalanceArgs ask for a position and earlier ones beside it.
type BalanceArgs struct {
	Position
	Compare int   `json:"compare,omitempty" jsonschema:"minimum=0,maximum=20" jsonschema_description:"Earlier dates beside it"`
	Basis   Basis `json:"basis,omitempty" jsonschema_description:"Default the company's"`
}

// TrialBalanceArgs ask for the balance of every account.
type TrialBalanceArgs struct {
	Position
	Basis Basis `json:"basis,omitempty" jsonschema_description:"Default the company's"`
}

// ReportHead is what every report says of itself.
type ReportHead struct {
	Report   string `json:"report" jsonschema_description:"Name of the report"`
	Currency string `json:"currency" jsonschema_description:"Base currency, ISO 4217; amounts are in it unless another stands beside them"`
	Range
	AsOf  Date   `json:"as_of,omitempty" jsonschema_description:"Day of the position"`
	Basis string `json:"basis,omitempty" jsonschema_description:"Accrual or Cash"`
}

// Until is the last day that the report covers, or the day of the position.
func (h ReportHead) Until() Date { return cmp.Or(h.AsOf, h.End) }

// Day is the day of the position; empty where there is a period.
func (h ReportHead) Day() Date { return h.AsOf }

// Heading names the report with its currency and basis.
func (h ReportHead) Heading() string {
	s := h.Report + " in " + h.Currency
	if h.Basis != "" {
		s += ", " + h.Basis + " basis"
	}
	return s
}

// apart is the heading of a report whose parts each have a currency of their
// own: "in GBP" above them would be read as theirs.
func (h ReportHead) apart() string {
	s := h.Report
	if h.Basis != "" {
		s += ", " + h.Basis + " basis"
	}
	return s + ", base currency " + h.Currency
}

// InHeading names the fields that the heading says.
func (ReportHead) InHeading() []string { return []string{"report", "currency", "basis"} }

// Column is one period of a comparison.
type Column struct {
	Name   string `json:"name" jsonschema_description:"Fiskl's name of the column"`
	Start  Date   `json:"start,omitempty" jsonschema_description:"First day"`
	End    Date   `json:"end,omitempty" jsonschema_description:"Last day"`
	AsOf   Date   `json:"as_of,omitempty" jsonschema_description:"Day of the position"`
	Totals Totals `json:"totals,omitempty" jsonschema_description:"The report's totals in this column"`
}

// Change compares the first column with the one before it. It is derived here,
// not given by Fiskl.
type Change struct {
	Change  Money  `json:"change,omitempty" jsonschema_description:"First column less the second; derived here"`
	Percent string `json:"change_percent,omitempty" jsonschema_description:"The change in percent of the second; absent when that is zero"`
}

// AccountAmount is what one account comes to in a report.
type AccountAmount struct {
	Account   string  `json:"account" jsonschema_description:"Name"`
	Code      string  `json:"code,omitempty" jsonschema_description:"Account number"`
	AccountID ID      `json:"account_id,omitempty" jsonschema_description:"Id"`
	Amount    Money   `json:"amount" jsonschema_description:"In the period asked for"`
	Amounts   []Money `json:"amounts,omitempty" jsonschema_description:"In each column"`
	Change
}

// Section is a part of a report with its total.
type Section struct {
	Name    string          `json:"name" jsonschema_description:"Section"`
	Rows    []AccountAmount `json:"rows" jsonschema_description:"Accounts"`
	Total   Money           `json:"total" jsonschema_description:"In the period asked for"`
	Amounts []Money         `json:"amounts,omitempty" jsonschema_description:"Total in each column"`
	Change
}

// Report is a profit and loss, a balance sheet or a cash flow.
type Report struct {
	ReportHead
	Columns  []Column  `json:"columns,omitempty" jsonschema_description:"When comparing: the period asked for, then earlier ones"`
	Sections []Section `json:"sections" jsonschema_description:"Sections in the report's order"`
	Totals   Totals    `json:"totals" jsonschema_description:"The report's totals by name"`
	Runway
	Omission
}

var (
	_ interface {
		reported
		Tabular
		Charted
		Footed
		Unposted
	} = Report{}
	_ Cuttable = (*Report)(nil)
)

// Ours names what is said about accounts left out and about the runway.
func (r Report) Ours() []string { return append(r.Omission.Ours(), "runway") }

// Tables lay the report out as one table, its totals below.
func (r Report) Tables() []Table {
	t := Table{Columns: append([]string{"account", "code"}, r.columnNames()...)}
	for _, s := range r.Sections {
		t.Rows = append(t.Rows, []string{s.Name})
		for _, row := range s.Rows {
			t.Rows = append(t.Rows, r.line(row.Account, row.Code, row.Amount, row.Amounts, row.Change))
		}
		t.Rows = append(t.Rows, r.line("total "+s.Name, "", s.Total, s.Amounts, s.Change))
	}
	for _, total := range r.Totals {
		t.Rows = append(t.Rows, r.totalLine(total))
	}
	return []Table{t}
}

func (r Report) columnNames() []string {
	if len(r.Columns) == 0 {
		return []string{"amount"}
	}
	var names []string
	for _, c := range r.Columns {
		names = append(names, c.Name)
	}
	return append(names, "change", "change %")
}

func (r Report) line(name, code string, amount Money, amounts []Money, c Change) []string {
	cells := []string{name, code}
	if len(r.Columns) == 0 {
		return append(cells, string(amount))
	}
	if len(amounts) == 0 {
		amounts = []Money{amount}
	}
	return append(append(cells, spread(amounts, len(r.Columns))...), string(c.Change), c.Percent)
}

func (r Report) totalLine(total NamedAmount) []string {
	var amounts []Money
	for _, c := range r.Columns {
		amounts = append(amounts, c.Totals.Get(total.Name))
	}
	var c Change
	if len(amounts) > 1 {
		c = Compare(amounts[0], amounts[1])
	}
	return r.line(total.Name, "", total.Amount, amounts, c)
}

// Compare returns the change from before to after, in money and in percent to
// one decimal.
func Compare(after, before Money) Change {
	a, b := after.Decimal(), before.Decimal()
	diff := a.Sub(b)
	c := Change{Change: Money(diff.StringFixed(max(0, -min(a.Exponent(), b.Exponent()))))}
	if !b.IsZero() {
		c.Percent = diff.Shift(2).DivRound(b.Abs(), 1).String()
	}
	return c
}

// TrialBalanceRow is one account of a trial balance.
type TrialBalanceRow struct {
	Account   string `json:"account" jsonschema_description:"Name"`
	Code      string `json:"code,omitempty" jsonschema_description:"Account number"`
	AccountID ID     `json:"account_id,omitempty" jsonschema_description:"Id"`
	Debit     Money  `json:"debit" jsonschema_description:"Debit balance"`
	Credit    Money  `json:"credit" jsonschema_description:"Credit balance"`
}

// TrialBalance is the balance of every account at a day.
type TrialBalance struct {
	ReportHead
	Rows   []TrialBalanceRow `json:"rows" jsonschema_description:"Accounts"`
	Totals Totals            `json:"totals" jsonschema_description:"debit and credit, which agree"`
	Omission
}

var (
	_ interface {
		reported
		Tabular
		Footed
		Unposted
	} = TrialBalance{}
	_ Cuttable = (*TrialBalance)(nil)
)

// Tables lay the trial balance out with its totals below.
func (b TrialBalance) Tables() []Table {
	t := Table{Columns: []string{"account", "code", "account_id", "debit", "credit"}}
	for _, r := range b.Rows {
		t.Rows = append(t.Rows, []string{r.Account, r.Code, string(r.AccountID), string(r.Debit), string(r.Credit)})
	}
	t.Rows = append(t.Rows, []string{"total", "", "", string(b.Totals.Get("debit")), string(b.Totals.Get("credit"))})
	return []Table{t}
}

// Ratio is one financial ratio with what it was computed from.
type Ratio struct {
	Name    string `json:"name" jsonschema_description:"Ratio"`
	Value   string `json:"value,omitempty" jsonschema_description:"Decimal, not a percentage; absent when it would divide by zero"`
	Formula string `json:"formula" jsonschema_description:"In words"`
	Inputs  Totals `json:"inputs" jsonschema_description:"The figures it was computed from"`
}

// Ratios is the answer to get_financial_ratios.
type Ratios struct {
	ReportHead
	Rows []Ratio `json:"rows" jsonschema_description:"Ratios"`
	Span string  `json:"span,omitempty" jsonschema_description:"How long the period is that turnover and returns are of, where it is not a year"`
}

var _ interface {
	reported
	Worded
	Tabular
} = Ratios{}

// Ours names what is said about the period.
func (Ratios) Ours() []string { return []string{"span"} }

// Tables lay the ratios out with their inputs beside them.
func (r Ratios) Tables() []Table {
	t := Table{Columns: []string{"ratio", "value", "formula", "inputs"}}
	for _, one := range r.Rows {
		inputs := make([]string, 0, len(one.Inputs))
		for _, in := range one.Inputs {
			inputs = append(inputs, in.Name+" "+string(in.Amount))
		}
		t.Rows = append(t.Rows, []string{one.Name, one.Value, one.Formula, strings.Join(inputs, "; ")})
	}
	return []Table{t}
}
