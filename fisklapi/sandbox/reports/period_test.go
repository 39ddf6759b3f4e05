package reports_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

func TestEarlierPeriodsAreOfTheSameKind(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	for _, test := range []struct{ start, end, names string }{
		{"2026-03-01", "2026-03-31", "March 2026, February 2026, January 2026"},
		{"2026-04-01", "2026-06-30", "Q2 2026, Q1 2026, Q4 2025"},
		{"2026-01-01", "2026-12-31", "2026, 2025, 2024"},
		{"2025-04-01", "2026-03-31", "2025-04-01 to 2026-03-31, 2024-04-01 to 2025-03-31, 2023-04-01 to 2024-03-31"},
		{"2024-02-01", "2024-02-29", "February 2024, January 2024, December 2023"},
		{"2026-03-01", "2026-03-10", "2026-03-01 to 2026-03-10, 2026-02-19 to 2026-02-28, 2026-02-09 to 2026-02-18"},
		{"2026-03-02", "2026-04-01", "2026-03-02 to 2026-04-01, 2026-01-30 to 2026-03-01, 2025-12-30 to 2026-01-29"},
	} {
		q := reports.Query{Start: ledger.Date(test.start), End: ledger.Date(test.end), Compare: 2}
		var names []string
		for _, column := range answer[reports.Statement[reports.ProfitTotals]](t)(c.ProfitAndLoss(q)).Columns {
			names = append(names, column.Name)
		}
		if got := strings.Join(names, ", "); got != test.names {
			t.Errorf("%s to %s: got %s, want %s", test.start, test.end, got, test.names)
		}
	}
}

func TestDefaultPeriods(t *testing.T) {
	t.Parallel()
	c := openCompany(t) // Today is 2025-11-05, the fiscal year began on 2025-04-01.
	profit := answer[reports.Statement[reports.ProfitTotals]](t)
	if got := profit(c.ProfitAndLoss(reports.Query{})); got.Start != "2025-04-01" || got.End != "2025-11-05" || got.Basis != reports.Accrual {
		t.Errorf("got %+v, want the fiscal year up to today on the accrual basis", got.Head)
	}
	if got := profit(c.ProfitAndLoss(reports.Query{End: "2025-03-31"})); got.Start != "2024-04-01" {
		t.Errorf("got %+v, want the fiscal year that ends then", got.Head)
	}
	if got := answer[reports.Ledger](t)(c.TransactionDetail(reports.Query{})); got.Start != "2025-10-09" || got.End != "2025-11-05" {
		t.Errorf("got %+v, want the last four weeks", got.Head)
	}
	if got := answer[reports.TrialBalance](t)(c.TrialBalance(reports.Query{End: "2027-01-01"})); got.AsOf != "2027-01-01" {
		t.Errorf("got %+v, want a day yet to come", got.Head)
	}
}

func TestRefusalsSayWhatWouldDo(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	for _, test := range []struct {
		name, want string
		query      reports.Query
		compute    func(reports.Query) error
	}{
		{"backwards", "give the earlier day as start", reports.Query{Start: "2026-02-01", End: "2026-01-01"}, refusal(c.ProfitAndLoss)},
		{"too long", "longer than 10 years", reports.Query{Start: "2016-01-01", End: "2026-01-01"}, refusal(c.GeneralLedger)},
		{"too early", "between 1900-01-01", reports.Query{Start: "0001-01-01", End: "0001-02-01"}, refusal(c.TaxReport)},
		{"too late", "2199-12-31", reports.Query{End: "9999-12-31"}, refusal(c.TrialBalance)},
		{"not begun", "give an end as well", reports.Query{Start: "2030-01-01"}, refusal(c.CashFlow)},
		{"too many columns", "give 0 to 20", reports.Query{Compare: 21}, refusal(c.BalanceSheet)},
		{"negative columns", "give 0 to 20", reports.Query{Compare: -1}, refusal(c.CashFlow)},
		{"no client", "GET /v1/clients", reports.Query{}, refusal(c.StatementOfAccount)},
		{"unknown client", "no client with id 1", reports.Query{Client: 1}, refusal(c.ReceivablesAging)},
		{"unknown vendor", "no vendor with id 1", reports.Query{Vendor: 1}, refusal(c.PayablesAging)},
		{"vendor for client", "no client with id", reports.Query{Client: c.vendors["GBP"]}, refusal(c.TransactionDetail)},
		{"unknown account", "GET /v1/accounts", reports.Query{Accounts: []int64{1}}, refusal(c.GeneralLedger)},
		{"unknown agency", "(HMRC)", reports.Query{Agency: 1}, refusal(c.TaxReport)},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var refused *books.RefusalError
			if err := test.compute(test.query); !errors.As(err, &refused) || !strings.Contains(refused.Message, test.want) {
				t.Errorf("got %v, want a refusal that says %q", err, test.want)
			}
		})
	}
	if _, err := reports.ParseBasis("modified"); err == nil {
		t.Error("an unknown basis was taken")
	}
	if got, err := reports.ParseBasis("cash"); got != reports.Cash || err != nil {
		t.Errorf("got %q, %v, want %s", got, err, reports.Cash)
	}
	ten := reports.Query{Start: "2016-01-01", End: "2025-12-31"}
	if err := refusal(c.ProfitAndLoss)(ten); err != nil {
		t.Errorf("ten years: %v", err)
	}
}

func refusal[T any](compute func(reports.Query) (T, error)) func(reports.Query) error {
	return func(q reports.Query) error {
		_, err := compute(q)
		return err
	}
}

func TestInsights(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	early, late := c.due(t, "2025-11-20", 10_000), c.due(t, "2025-11-20", 20_000)
	c.due(t, "2025-12-01", 40_000)
	foreign := c.invoice(t, "EUR", c.item(10_000, "1"))
	c.on("2025-11-15") // 10 days after the invoices.
	c.pay(t, early.ID, 10_000)
	c.on("2025-11-25")
	c.pay(t, foreign.ID, 2_500)
	c.pay(t, late.ID, 5_000)
	c.on("2025-12-05") // 30 days after them, 15 after the due date.
	c.pay(t, late.ID, 15_000)
	c.on("2025-12-11") // 10 days after the third was due.
	worth := foreign.Total.Times(c.Rate("EUR", foreign.InvoiceDate))
	paid := worth.Share(1, 4)

	all := reports.Period{}
	totals := answer[reports.InvoiceTotals](t)(c.InvoiceTotals(all))
	want := reports.InvoiceTotals{
		Currency: "GBP", Paid: 30_000 + paid, Outstanding: 40_000 + worth - paid, Overdue: 40_000 + worth - paid,
		PaidCount: 2, OutstandingCount: 2, OverdueCount: 2,
	}
	if totals != want {
		t.Errorf("got %+v, want %+v", totals, want)
	}
	top := answer[[]reports.TopClient](t)(c.TopClients(reports.ByPaid, all, 1))
	if len(top) != 1 || top[0].ClientName != "Client GBP" || top[0].Amount != 30_000 || top[0].Invoices != 2 {
		t.Errorf("got %+v, want the client that paid 300.00 of two invoices", top)
	}
	// 10 days and 30 days.
	if got := answer[reports.AverageDays](t)(c.DaysToPay(all)); got.Invoices != 2 || got.AverageDays.String() != "20" {
		t.Errorf("got %s over %d, want 20 over 2", got.AverageDays, got.Invoices)
	}
	// 15 days late, 10 days so far, and the foreign invoice, due on 2025-11-12, 29 days so far.
	if got := answer[reports.AverageDays](t)(c.DaysOverdue(all)); got.Invoices != 3 || got.AverageDays.String() != "18" {
		t.Errorf("got %s over %d, want 18 over 3", got.AverageDays, got.Invoices)
	}
	none := reports.Period{Start: "2020-01-01", End: "2020-12-31"}
	if got := answer[reports.AverageDays](t)(c.DaysToPay(none)); got.AverageDays != nil || got.Invoices != 0 {
		t.Errorf("got %+v, want nothing to average", got)
	}
	if _, err := reports.ParseMeasure("profit"); err == nil {
		t.Error("an unknown measure was taken")
	}
}
