package reports_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

func bases() []reports.Basis { return []reports.Basis{reports.Accrual, reports.Cash} }

func TestReportsAgreeWithTheLedgerAndWithOneAnother(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := openCompany(t)
		c.run(t)
		for _, day := range rapid.SliceOfN(rapid.IntRange(-30, 900), 1, 3).Draw(t, "days") {
			c.checkAll(t, ledger.Date("2025-11-05").AddDays(day))
		}
		c.checkAll(t, c.Today())
		c.checkDocuments(t)
	})
}

// Once everything is paid the bases differ only in the fiscal year a result belongs to.
func TestBothBasesAgreeOnceEverythingIsPaid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := openCompany(t)
		c.run(t)
		c.now = c.now.AddDate(0, 1, 0)
		c.settleEverything(t)
		accrual := reports.Query{Start: "2025-04-01", End: c.Today().AddDays(30), Basis: reports.Accrual}
		cash := accrual
		cash.Basis = reports.Cash
		profit := answer[reports.Statement[reports.ProfitTotals]](t)
		if got, want := profit(c.ProfitAndLoss(cash)), profit(c.ProfitAndLoss(accrual)); !reflect.DeepEqual(got.Sections, want.Sections) {
			t.Fatalf("profit and loss: cash %+v, accrual %+v", got.Sections, want.Sections)
		}
		sheet := answer[reports.Statement[reports.PositionTotals]](t)
		got, want := sheet(c.BalanceSheet(cash)), sheet(c.BalanceSheet(accrual))
		sides := len(want.Sections) - 1
		if got.Totals != want.Totals || !reflect.DeepEqual(got.Sections[:sides], want.Sections[:sides]) {
			t.Fatalf("balance sheet: cash %+v, accrual %+v", got, want)
		}
	})
}

func TestComparisonColumnsAreSingleRuns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := openCompany(t)
		c.run(t)
		start := ledger.Date("2025-11-01").AddDays(rapid.IntRange(0, 700).Draw(t, "start"))
		q := reports.Query{
			Start: start, End: start.AddDays(rapid.IntRange(0, 400).Draw(t, "length")),
			Basis: rapid.SampledFrom(bases()).Draw(t, "basis"), Compare: rapid.IntRange(1, 5).Draw(t, "compare"),
		}
		checkColumns(t, q, c.ProfitAndLoss)
		checkColumns(t, q, c.BalanceSheet)
		checkColumns(t, q, c.CashFlow)
	})
}

func checkColumns[T comparable](t fatal, q reports.Query, compute func(reports.Query) (reports.Statement[T], error)) {
	t.Helper()
	whole := answer[reports.Statement[T]](t)(compute(q))
	if len(whole.Columns) != q.Compare+1 || whole.Columns[0].Totals != whole.Totals {
		t.Fatalf("%s: %d columns for %d earlier periods", whole.Name, len(whole.Columns), q.Compare)
	}
	for n, column := range whole.Columns {
		alone := reports.Query{Start: column.Start, End: column.End, Basis: q.Basis}
		if column.AsOf != "" {
			alone.Start, alone.End = column.AsOf, column.AsOf
		}
		single := answer[reports.Statement[T]](t)(compute(alone))
		if single.Totals != column.Totals {
			t.Fatalf("%s %s: %+v beside others, %+v alone", whole.Name, column.Name, column.Totals, single.Totals)
		}
		for i, section := range whole.Sections {
			if section.Totals[n] != single.Sections[i].Total || amounts(section, n) != amounts(single.Sections[i], -1) {
				t.Fatalf("%s %s %s: %+v beside others, %+v alone", whole.Name, column.Name, section.Name, section, single.Sections[i])
			}
		}
	}
}

// amounts spells out the rows of a section that are not zero in one column; column -1 is the only one there is.
func amounts(s reports.Section, column int) string {
	all := map[string]books.Minor{}
	for _, row := range s.Rows {
		amount := row.Amount
		if column >= 0 {
			amount = row.Amounts[column]
		}
		if amount != 0 {
			all[row.Name] = amount
		}
	}
	text, _ := json.Marshal(all)
	return string(text)
}

// Reports that watched the books grow answer what reports made afterwards answer, word for word.
func TestReportsAreDeterministicAndNeverStale(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := openCompany(t)
		c.run(t)
		c.everything(t, c.Reports)
		c.run(t)
		if got, want := c.everything(t, c.Reports), c.everything(t, reports.New(c.Books)); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	})
}

// everything is all reports and insights as JSON.
func (c *company) everything(t fatal, r *reports.Reports) string {
	t.Helper()
	var all []any
	keep := func(report any, err error) {
		c.must(t, err)
		all = append(all, report)
	}
	for _, basis := range bases() {
		q := reports.Query{End: c.Today(), Basis: basis, Detail: true, Client: c.clients["EUR"], Compare: 2}
		keep(r.ProfitAndLoss(q))
		keep(r.BalanceSheet(q))
		keep(r.TrialBalance(q))
		keep(r.CashFlow(q))
		keep(r.FinancialRatios(q))
		keep(r.ReceivablesAging(q))
		keep(r.PayablesAging(q))
		keep(r.GeneralLedger(q))
		keep(r.TransactionDetail(q))
		keep(r.StatementOfAccount(q))
		keep(r.TaxReport(q))
	}
	keep(r.TopClients(reports.ByOutstanding, reports.Period{}, 0))
	keep(r.InvoiceTotals(reports.Period{}))
	keep(r.DaysToPay(reports.Period{}))
	keep(r.DaysOverdue(reports.Period{}))
	text, err := json.Marshal(all)
	c.must(t, err)
	return string(text)
}
