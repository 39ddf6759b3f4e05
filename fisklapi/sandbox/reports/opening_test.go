package reports_test

import (
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

// TestOpeningBalancesAreOpeningCash: a company comes with 1,000 at the bank and a loan of 400, and 50 of cash that is
// booked against Opening Balance. Then it puts in capital of 200, is paid 300 and pays wages of 120.
func TestOpeningBalancesAreOpeningCash(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	post := func(day ledger.Date, kind ledger.Kind, debit, credit ledger.Code, amount books.Minor) {
		c.on(day)
		c.journal(t, kind, books.JournalLine{Account: debit, Amount: amount}, books.JournalLine{Account: credit, Amount: -amount})
	}
	post("2025-05-10", ledger.OpeningBalance, ledger.Bank, ledger.RetainedEarnings, 60_000)
	post("2025-05-10", ledger.OpeningBalance, ledger.Bank, "2600", 40_000)
	post("2025-05-10", ledger.Journal, "1000", ledger.OpeningEquity, 5_000)
	post("2025-05-11", ledger.Journal, ledger.Bank, ledger.ShareCapital, 20_000)
	post("2025-06-02", ledger.Journal, ledger.Bank, "4020", 30_000)
	post("2025-06-30", ledger.Journal, "6160", ledger.Bank, 12_000)
	for _, test := range []struct {
		start, end ledger.Date
		want       reports.CashTotals
	}{
		// 105,000 with the opening balances; 30,000 - 12,000 of operations, 20,000 of capital.
		{"2025-04-01", "2026-03-31", reports.CashTotals{Operating: 18_000, Financing: 20_000, NetChange: 38_000, OpeningCash: 105_000, ClosingCash: 143_000}},
		{"2025-05-10", "2025-05-10", reports.CashTotals{OpeningCash: 105_000, ClosingCash: 105_000}},
		{"2025-05-11", "2025-05-31", reports.CashTotals{Financing: 20_000, NetChange: 20_000, OpeningCash: 105_000, ClosingCash: 125_000}},
		{"2025-06-01", "2025-06-30", reports.CashTotals{Operating: 18_000, NetChange: 18_000, OpeningCash: 125_000, ClosingCash: 143_000}},
		{"2025-04-01", "2025-05-09", reports.CashTotals{}},
	} {
		got := answer[reports.Statement[reports.CashTotals]](t)(c.CashFlow(reports.Query{Start: test.start, End: test.end}))
		if got.Totals != test.want {
			t.Errorf("%s to %s: got %+v, want %+v", test.start, test.end, got.Totals, test.want)
		}
	}
}

// TestUnrealisedIsCarriedApart: 1,000 euros billed in one fiscal year and still unpaid in the next. Retained earnings are
// what was posted, in both reports; what the year's report added to it stands in a row of its own.
func TestUnrealisedIsCarriedApart(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	c.on("2026-01-15")
	inv := c.invoice(t, "EUR", c.item(100_000, "1"))
	booked, atYearEnd, now := books.Minor(100_000).Times(c.Rate("EUR", "2026-01-15")), books.Minor(100_000).Times(c.Rate("EUR", "2026-03-31")), ledger.Date("2026-06-30")
	c.on(now)
	if inv.Outstanding != 100_000 || booked == atYearEnd {
		t.Fatalf("the rate did not move: %s and %s", booked, atYearEnd)
	}
	worth := books.Minor(100_000).Times(c.Rate("EUR", now))
	rows := rowsOf(answer[reports.Statement[reports.PositionTotals]](t)(c.BalanceSheet(reports.Query{End: now})).Sections)
	for name, want := range map[string]books.Minor{
		"Retained Earnings": booked,
		"Unrealised exchange differences of earlier years": atYearEnd - booked,
		"Profit for the Year":                              worth - atYearEnd,
		"Accounts Receivable":                              booked,
		"Unrealised Exchange Gain or Loss":                 worth - booked,
	} {
		if rows[name] != want {
			t.Errorf("%s: got %s, want %s", name, rows[name], want)
		}
	}
	for _, row := range answer[reports.TrialBalance](t)(c.TrialBalance(reports.Query{End: now})).Rows {
		if row.Name == "Retained Earnings" && row.Credit != booked || row.Name == "Unrealised Exchange Gain or Loss" {
			t.Errorf("the trial balance has %+v, want %s of retained earnings and nothing unrealised", row, booked)
		}
	}
}

// TestReverseCharge: a bill from abroad of 900 without tax. Its buyer owes 20 % and reclaims them.
func TestReverseCharge(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	c.on("2025-06-01")
	c.invoice(t, "GBP", c.item(500_000, "1", 0))
	bill := c.bill(t, "GBP", books.BillLine{Account: "5010", Memo: "Drawings", Net: 90_000, TaxID: c.taxes[5]})
	if bill.Total != 90_000 {
		t.Errorf("the bill is %s, want its net of 900.00", bill.Total)
	}
	agency := answer[reports.TaxReport](t)(c.TaxReport(reports.Query{Start: "2025-06-01", End: "2025-06-30"})).Agencies[0]
	sales, purchases := agency.Sections[0], agency.Sections[1]
	// Boxes 1 and 6 of a British return, then 4 and 7: 1,000 + 180 on 5,000 + 900, and 180 on 900.
	if sales.Tax != 118_000 || sales.Net != 590_000 || purchases.Tax != -18_000 || purchases.Net != -90_000 {
		t.Errorf("got %+v and %+v", sales, purchases)
	}
	if len(sales.Rows) != 2 || sales.Rows[1].Name != "Reverse charge" || sales.Rows[1].Tax != 18_000 || sales.Rows[1].Net != 90_000 {
		t.Errorf("got rows %+v, want the reverse charge in one of its own", sales.Rows)
	}
	if agency.TotalTax != 100_000 || agency.Closing != 100_000 {
		t.Errorf("got %s of tax and %s owed, want 1,000.00, for a reverse charge costs nothing", agency.TotalTax, agency.Closing)
	}
	if got := agencyOn(t, c, reports.Cash); got.TotalTax != 0 || got.Sections[0].Tax != 0 {
		t.Errorf("on the cash basis: got %+v before anything is paid", got)
	}
	c.must(t, c.PayBill(me, bill.ID, 30_000, ledger.Bank))
	got := agencyOn(t, c, reports.Cash)
	if got.TotalTax != 0 || got.Sections[0].Tax != 6_000 || got.Sections[0].Net != 30_000 || got.Sections[1].Tax != -6_000 || got.Sections[1].Net != -30_000 {
		t.Errorf("on the cash basis, a third paid: got %+v, want 60.00 on 300.00 on both sides", got)
	}
}

func agencyOn(t *testing.T, c *company, basis reports.Basis) reports.TaxAgency {
	t.Helper()
	return answer[reports.TaxReport](t)(c.TaxReport(reports.Query{Start: "2025-06-01", End: "2025-06-30", Basis: basis})).Agencies[0]
}

// TestReverseChargeIsNotForSales finds that it cannot be charged to a client.
func TestReverseChargeIsNotForSales(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	if _, _, err := c.CreateInvoice(me, books.InvoiceInput{ClientID: c.clients["EUR"], Items: []books.ItemInput{c.item(90_000, "1", 5)}}); err == nil {
		t.Error("an invoice was made with it")
	}
	in := books.ProductInput{Name: "Drawing", Type: books.TypeService, TaxIDs: []int64{c.taxes[5]}}
	if _, err := c.CreateProduct(me, in); err == nil {
		t.Error("a product was made with it")
	}
}
