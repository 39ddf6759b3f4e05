package reports_test

import (
	"maps"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

// year is a year of a small company, worked out by hand below.
//
//	2025-04-01  capital 10,000, and a loan of 4,000 over more than a year
//	2025-04-02  computers bought on a bill for 2,400 gross, paid the same day
//	2025-05-01  stock for 1,500 paid at once
//	2025-06-01  invoice of 5,000 and VAT 1,000; 3,000 of it paid on 2025-07-15
//	2025-08-01  rent on a bill for 1,200 gross, not paid
//	2025-09-30  salaries of 800
//	2025-10-31  VAT of 400 to HMRC
//	2025-12-01  prepaid insurance 300, interest 100
//	2026-02-01  stock sold at a cost of 600
//	2026-03-31  depreciation 500
//	2026-03-31  drawings 250
func year(t *testing.T) *company {
	t.Helper()
	c := openCompany(t)
	move := func(day ledger.Date, debit, credit ledger.Code, amount books.Minor) {
		c.on(day)
		c.journal(t, ledger.Journal, books.JournalLine{Account: debit, Amount: amount}, books.JournalLine{Account: credit, Amount: -amount})
	}
	move("2025-04-01", ledger.Bank, ledger.ShareCapital, 1_000_000)
	move("2025-04-01", ledger.Bank, "2600", 400_000)
	c.on("2025-04-02")
	machine := c.bill(t, "GBP", books.BillLine{Account: "1410", Memo: "Computers", Net: 200_000, TaxID: c.taxes[0]})
	c.must(t, c.PayBill(me, machine.ID, 240_000, ledger.Bank))
	move("2025-05-01", "1200", ledger.Bank, 150_000)
	c.on("2025-06-01")
	inv := c.invoice(t, "GBP", c.item(500_000, "1", 0))
	c.on("2025-07-15")
	c.pay(t, inv.ID, 300_000)
	c.on("2025-08-01")
	c.bill(t, "GBP", books.BillLine{Account: "6080", Memo: "Rent", Net: 100_000, TaxID: c.taxes[0]})
	move("2025-09-30", "6160", ledger.Bank, 80_000)
	move("2025-10-31", hmrc, ledger.Bank, 40_000)
	move("2025-12-01", "1300", ledger.Bank, 30_000)
	move("2025-12-01", "8010", ledger.Bank, 10_000)
	move("2026-02-01", "5000", "1200", 60_000)
	move("2026-03-31", "8000", "1411", 50_000)
	move("2026-03-31", "3020", ledger.Bank, 25_000)
	return c
}

func fiscalYear(basis reports.Basis) reports.Query {
	return reports.Query{Start: "2025-04-01", End: "2026-03-31", Basis: basis}
}

func TestProfitAndLossByHand(t *testing.T) {
	t.Parallel()
	c := year(t)
	for basis, want := range map[reports.Basis]reports.ProfitTotals{
		reports.Accrual: {500_000, 60_000, 440_000, 180_000, 260_000, -60_000, 200_000},
		// Half of the invoice is paid, and nothing of the rent.
		reports.Cash: {250_000, 60_000, 190_000, 80_000, 110_000, -60_000, 50_000},
	} {
		if got := answer[reports.Statement[reports.ProfitTotals]](t)(c.ProfitAndLoss(fiscalYear(basis))); got.Totals != want {
			t.Errorf("%s: got %+v, want %+v", basis, got.Totals, want)
		}
	}
}

func TestBalanceSheetByHand(t *testing.T) {
	t.Parallel()
	c := year(t)
	// Accrual: bank 11,250; receivable 3,000; stock 900; prepaid 300; computers 2,000 - 500. Payable 1,200; VAT 1,000 - 400
	// - 200 - 400 = 0; loan 4,000. Capital 10,000, drawings -250, profit 2,000.
	// Cash: no receivable and no payable; VAT 500 - 400 - 400 = -300.
	for basis, want := range map[reports.Basis]map[string]books.Minor{
		reports.Accrual: {
			"Current Assets": 1_545_000, "Long-term Assets": 150_000, "Current Liabilities": 120_000,
			"Long-term Liabilities": 400_000, "Equity": 1_175_000,
		},
		reports.Cash: {
			"Current Assets": 1_245_000, "Long-term Assets": 150_000, "Current Liabilities": -30_000,
			"Long-term Liabilities": 400_000, "Equity": 1_025_000,
		},
	} {
		got := answer[reports.Statement[reports.PositionTotals]](t)(c.BalanceSheet(fiscalYear(basis)))
		for _, section := range got.Sections {
			if section.Total != want[section.Name] {
				t.Errorf("%s %s: got %s, want %s", basis, section.Name, section.Total, want[section.Name])
			}
		}
	}
	next := answer[reports.Statement[reports.PositionTotals]](t)(c.BalanceSheet(reports.Query{End: "2026-04-01"}))
	rows := rowsOf(next.Sections)
	if rows["Retained Earnings"] != 200_000 || rows["Profit for the Year"] != 0 {
		t.Errorf("on the first day of the next year: got %v, want the profit in Retained Earnings", rows)
	}
}

func rowsOf(sections []reports.Section) map[string]books.Minor {
	all := map[string]books.Minor{}
	for _, section := range sections {
		for _, row := range section.Rows {
			all[row.Name] = row.Amount
		}
	}
	return all
}

func TestCashFlowByHand(t *testing.T) {
	t.Parallel()
	got := answer[reports.Statement[reports.CashTotals]](t)(year(t).CashFlow(fiscalYear("")))
	// The VAT on the computers is paid to the vendor; the computers themselves are an investment.
	want := map[string]books.Minor{
		"Received from clients": 300_000, "Paid to vendors": -40_000, "Wages and payroll taxes": -80_000, "Sales tax": -40_000,
		"Inventory": -150_000, "Prepaid Insurance": -30_000, "Interest Paid": -10_000, "Computer Equipment": -200_000,
		"Share Capital": 1_000_000, "Owner's Draw": -25_000, "Loan Payable (more than 1 year)": 400_000,
	}
	rows := rowsOf(got.Sections)
	for name, amount := range want {
		if rows[name] != amount {
			t.Errorf("%s: got %s, want %s", name, rows[name], amount)
		}
		delete(rows, name)
	}
	for name, amount := range rows {
		t.Errorf("%s: got %s, want no such row", name, amount)
	}
	if totals := (reports.CashTotals{-50_000, -200_000, 1_375_000, 1_125_000, 0, 1_125_000}); got.Totals != totals {
		t.Errorf("got %+v, want %+v", got.Totals, totals)
	}
}

func TestRatiosByHand(t *testing.T) {
	t.Parallel()
	got := answer[reports.FinancialRatios](t)(year(t).FinancialRatios(fiscalYear(reports.Accrual)))
	want := map[string]string{
		"Current ratio":              "12.8750", // 15,450 / 1,200
		"Quick ratio":                "11.8750", // (15,450 - 900 - 300) / 1,200
		"Working capital ratio":      "12.8750",
		"Debt to equity":             "0.3404", // 4,000 / 11,750
		"Debt to total assets":       "0.2360", // 4,000 / 16,950
		"Gross profit margin":        "0.8800", // (5,000 - 600) / 5,000
		"Net profit margin":          "0.4000", // 2,000 / 5,000
		"Return on assets":           "0.2360", // 2,000 / ((0 + 16,950) / 2)
		"Return on equity":           "0.1702", // 2,000 / 11,750
		"Return on capital employed": "0.1333", // (2,000 + 100 + 0) / (16,950 - 1,200)
		"Inventory turnover":         "1.3333", // 600 / ((0 + 900) / 2)
		"Receivables turnover":       "3.3333", // 5,000 / ((0 + 3,000) / 2)
	}
	if len(got.Ratios) != len(want) {
		t.Errorf("got %d ratios, want %d", len(got.Ratios), len(want))
	}
	for _, ratio := range got.Ratios {
		if ratio.Value != want[ratio.Name] || ratio.Formula == "" || len(ratio.Inputs) < 2 {
			t.Errorf("got %+v, want %s with its formula and inputs", ratio, want[ratio.Name])
		}
	}
	for _, ratio := range answer[reports.FinancialRatios](t)(openCompany(t).FinancialRatios(reports.Query{})).Ratios {
		if ratio.Value != "" {
			t.Errorf("%s of an empty company: got %s, want no value", ratio.Name, ratio.Value)
		}
	}
}

func TestTaxReportByHand(t *testing.T) {
	t.Parallel()
	c := year(t)
	for basis, want := range map[reports.Basis]struct{ sales, purchases, closing books.Minor }{
		reports.Accrual: {100_000, -60_000, 0},
		reports.Cash:    {50_000, -40_000, -30_000},
	} {
		q := fiscalYear(basis)
		q.Detail = true
		report := answer[reports.TaxReport](t)(c.TaxReport(q))
		got := report.Agencies[0]
		sales, purchases := got.Sections[0], got.Sections[1]
		if sales.Tax != want.sales || sales.Net != 5*want.sales || purchases.Tax != want.purchases || purchases.Net != 5*want.purchases {
			t.Errorf("%s: got %+v and %+v, want tax of %s and %s", basis, sales, purchases, want.sales, want.purchases)
		}
		if got.Payments != -40_000 || got.Opening != 0 || got.Closing != want.closing {
			t.Errorf("%s: got %+v, want payments of -400.00 and a closing balance of %s", basis, got, want.closing)
		}
		if line := sales.Rows[0].Lines[0]; line.Name != "Work" || line.Category != "Sales of Services" || line.ContactName != "Client GBP" {
			t.Errorf("%s: got %+v, want the line of the invoice", basis, line)
		}
	}
}

// What is bought or earned without a document counts by the account it was booked on.
func TestMoneyWithoutDocuments(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	spend := func(account, from ledger.Code, net books.Minor, tax int64) {
		c.must(t, c.Spend(me, books.ExpenseInput{
			Payee: "Payee", Account: from, Lines: []books.BillLine{{Account: account, Memo: "Line", Net: net, TaxID: tax}},
		}))
	}
	spend(ledger.SalesServices, ledger.Bank, -100_000, c.taxes[0])
	spend("6140", ledger.Bank, 20_000, c.taxes[0])
	spend("6140", ledger.Bank, -5_000, c.taxes[0]) // Sent back.
	spend("6140", card, 1_000, c.taxes[0])
	spend("2310", ledger.Bank, 3_000, 0)
	spend("4510", ledger.Bank, -700, 0)
	spend(hmrc, ledger.Bank, 10_000, 0)
	q := reports.Query{End: c.Today()}
	tax := answer[reports.TaxReport](t)(c.TaxReport(q)).Agencies[0]
	if sections := tax.Sections; sections[0].Tax != 20_000 || sections[1].Tax != -3_200 || sections[2].Tax != 0 || tax.Payments != -10_000 {
		t.Errorf("got %+v, want 200.00 on sales, -32.00 on purchases and -100.00 paid", tax)
	}
	rows := rowsOf(answer[reports.Statement[reports.CashTotals]](t)(c.CashFlow(q)).Sections)
	want := map[string]books.Minor{
		"Received from clients": 120_000, "Paid to vendors": -18_000, "Wages and payroll taxes": -3_000,
		"Interest Earned": 700, "Sales tax": -10_000,
	}
	if !maps.Equal(rows, want) {
		t.Errorf("got %v, want %v", rows, want)
	}
}

// What several rates tax counts once in the section, while each rate shows what it was charged on.
func TestTaxReportOfACompoundGroup(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	c.invoice(t, "GBP", c.item(10_000, "1", 4), c.item(5_000, "1", 4))
	got := answer[reports.TaxReport](t)(c.TaxReport(reports.Query{End: c.Today()})).Agencies[1].Sections[0]
	if got.Net != 15_000 || got.Tax != 2_321 || got.Gross != 17_321 {
		t.Errorf("got net %s, tax %s, gross %s, want 150.00, 23.21, 173.21", got.Net, got.Tax, got.Gross)
	}
	if rows := got.Rows; rows[0].Net != 15_000 || rows[0].Tax != 750 || rows[1].Net != 15_750 || rows[1].Tax != 1_571 {
		t.Errorf("got %+v, want 5%% on 150.00 and 9.975%% on 157.50", rows)
	}
}
