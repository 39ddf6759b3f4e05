package reports_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

// paid is what the cash basis has recognised of income and of VAT by today.
func (c *company) paid(t fatal) (income, vat books.Minor) {
	t.Helper()
	q := reports.Query{Start: "2025-04-01", End: c.Today(), Basis: reports.Cash}
	income = answer[reports.Statement[reports.ProfitTotals]](t)(c.ProfitAndLoss(q)).Totals.Revenue
	return income, answer[reports.TaxReport](t)(c.TaxReport(q)).Agencies[0].Closing
}

func TestPartPaymentsAreRecognisedInProportion(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	inv := c.invoice(t, "GBP", c.item(10_000, "1", 0)) // 100.00 and VAT of 20.00.
	for _, step := range []struct{ payment, income, vat books.Minor }{
		{0, 0, 0},
		{5_000, 4_167, 833},
		{1, 4_168, 833},
		{3_333, 6_945, 1_389},
		{3_666, 10_000, 2_000}, // The last payment takes the rest.
	} {
		if step.payment > 0 {
			c.pay(t, inv.ID, step.payment)
		}
		if income, vat := c.paid(t); income != step.income || vat != step.vat {
			t.Errorf("after %s: got income %s and VAT %s, want %s and %s", step.payment, income, vat, step.income, step.vat)
		}
	}
}

// However a document is paid, every line is recognised in proportion to within a hundredth, every payment is recognised
// in full, and in the end nothing is left over.
func TestNoPartPaymentLosesACent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := openCompany(t)
		var items []books.ItemInput
		for i := range rapid.IntRange(1, 6).Draw(t, "lines") {
			price := books.Minor(rapid.Int64Range(1, 9_999).Draw(t, "price"))
			items = append(items, c.item(price, "1", i%2))
		}
		inv := c.invoice(t, "GBP", items...)
		var received books.Minor
		for received < inv.Total {
			amount := books.Minor(rapid.Int64Range(1, int64(inv.Total-received)).Draw(t, "amount"))
			c.pay(t, inv.ID, amount)
			received += amount
			income, vat := c.paid(t)
			if income+vat != received {
				t.Fatalf("received %s, recognised %s and %s", received, income, vat)
			}
			for _, part := range []struct{ got, whole books.Minor }{{income, inv.Subtotal}, {vat, inv.TaxTotal}} {
				// Rounding may be off by less than one for every line that adds up to the part.
				exact, slack := int64(part.whole)*int64(received), int64(len(items))*int64(inv.Total)
				if off := int64(part.got)*int64(inv.Total) - exact; off > slack || off < -slack {
					t.Fatalf("received %s of %s: recognised %s of %s", received, inv.Total, part.got, part.whole)
				}
			}
		}
	})
}

func TestExchangeDifferences(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	inv := c.invoice(t, "EUR", c.item(100_000, "1"))
	booked := c.Ledger().Balance(ledger.Receivable, "")
	c.on("2026-02-10")
	worth := inv.Total.Times(c.Rate("EUR", "2026-02-10"))
	q := reports.Query{Start: "2025-04-01", End: "2026-02-10", Basis: reports.Accrual}
	difference := func() (profit, sheet, realised books.Minor) {
		statement := rowsOf(answer[reports.Statement[reports.ProfitTotals]](t)(c.ProfitAndLoss(q)).Sections)
		position := rowsOf(answer[reports.Statement[reports.PositionTotals]](t)(c.BalanceSheet(q)).Sections)
		name := "Unrealised Exchange Gain or Loss"
		return statement[name], position[name], statement["Realised Exchange Gain or Loss"]
	}
	if profit, sheet, _ := difference(); worth == booked || profit != worth-booked || sheet != profit {
		t.Errorf("open: got %s and %s, want %s worth less %s booked", profit, sheet, worth, booked)
	}
	q.End = "2026-03-31"
	if profit, sheet, _ := difference(); profit != worth-booked || sheet != profit {
		t.Errorf("on a day to come: got %s and %s, want today's %s", profit, sheet, worth-booked)
	}
	q.End, q.Basis = "2026-02-10", reports.Cash
	if profit, sheet, _ := difference(); profit != 0 || sheet != 0 {
		t.Errorf("cash basis: got %s and %s, want none on what is not recognised", profit, sheet)
	}
	c.pay(t, inv.ID, inv.Total)
	for _, basis := range bases() {
		q.Basis = basis
		if profit, sheet, realised := difference(); profit != 0 || sheet != 0 || realised != worth-booked {
			t.Errorf("%s, paid: got %s and %s unrealised and %s realised, want 0, 0 and %s", basis, profit, sheet, realised, worth-booked)
		}
	}
}
