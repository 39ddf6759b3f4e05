package reports_test

import (
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

func (c *company) id(code ledger.Code) int64 {
	account, _ := c.Ledger().Chart().ByCode(code)
	return account.ID
}

func TestLedgerLinesTellWhatIsBehindThem(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	inv := c.invoice(t, "EUR", c.item(10_000, "1", 0), c.item(5_000, "1", 1))
	c.bill(t, "GBP", books.BillLine{Account: "6080", Memo: "Rent", Net: 30_000, TaxID: c.taxes[0]})
	lines := answer[reports.Ledger](t)(c.GeneralLedger(reports.Query{})).Lines
	find := func(code ledger.Code, gross books.Minor) reports.LedgerLine {
		i := slices.IndexFunc(lines, func(l reports.LedgerLine) bool { return l.AccountCode == code && l.Gross == gross })
		if i < 0 {
			t.Fatalf("no line of %s on %s in %+v", gross, code, lines)
		}
		return lines[i]
	}
	receivable := find(ledger.Receivable, 17_000)
	if receivable.RecordType != "Invoice" || receivable.RecordID != inv.ID || receivable.Number != inv.Number ||
		receivable.ContactName != "Client EUR" || receivable.Category != "Sales of Services" || receivable.Currency != "EUR" {
		t.Errorf("got %+v, want the invoice", receivable)
	}
	if receivable.Net != 15_000 || receivable.Tax != 2_000 || receivable.NetBase+receivable.TaxBase != receivable.Amount {
		t.Errorf("got %+v, want 150.00 net and 20.00 tax", receivable)
	}
	income := find(ledger.SalesServices, -12_000)
	if income.Net != -10_000 || income.Tax != -2_000 || income.NetBase != income.Amount || income.TaxRate.String() != "20" ||
		income.Category != "Accounts Receivable" || income.Name != "Work" {
		t.Errorf("got %+v, want 100.00 with 20%% on top", income)
	}
	if vat := find(hmrc, -2_000); vat.Tax != -2_000 || vat.Net != 0 || vat.TaxRate.String() != "20" {
		t.Errorf("got %+v, want the tax", vat)
	}
	rent := find("6080", 36_000)
	if rent.RecordType != "Transaction" || rent.Type != "Bill" || rent.Name != "Rent" || rent.ContactName != "Vendor GBP" {
		t.Errorf("got %+v, want the bill by its transaction", rent)
	}
	if !slices.ContainsFunc(c.Changes(), func(x books.Change) bool { return x.Type == rent.RecordType && x.RecordID == rent.RecordID }) {
		t.Errorf("the audit trail does not know %s %d", rent.RecordType, rent.RecordID)
	}
}

func TestLedgerOfSomeAccountsAndContacts(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	c.invoice(t, "GBP", c.item(10_000, "1"))
	c.invoice(t, "EUR", c.item(10_000, "1"))
	c.on("2025-12-01")
	c.invoice(t, "GBP", c.item(5_000, "1"))
	q := reports.Query{Start: "2025-12-01", End: "2025-12-31", Accounts: []int64{c.id(ledger.Receivable), c.id(ledger.Bank)}}
	all := answer[reports.Ledger](t)(c.GeneralLedger(q))
	if len(all.Accounts) != 2 || len(all.Lines) != 1 || all.Accounts[0].Name != "Bank Account" {
		t.Errorf("got %+v, want one line and both accounts, also the empty one", all)
	}
	q.Client = c.clients["GBP"]
	one := answer[reports.Ledger](t)(c.TransactionDetail(q)).Accounts[1]
	if one.Opening != 10_000 || one.Debit != 5_000 || one.Closing != 15_000 {
		t.Errorf("got %+v, want the client's 100.00 and 50.00 alone", one)
	}
	if whole := all.Accounts[1]; whole.Opening <= one.Opening || whole.Debit != one.Debit {
		t.Errorf("got %+v, want the other client's invoice in the opening balance", whole)
	}
}

func TestYearEndIsShownAndNotPosted(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	c.invoice(t, "GBP", c.item(10_000, "1"))
	c.on("2026-05-01")
	c.invoice(t, "GBP", c.item(2_500, "1"))
	q := reports.Query{Start: "2026-01-01", End: "2026-12-31", Accounts: []int64{c.id(ledger.SalesServices), c.id(ledger.RetainedEarnings)}}
	got := answer[reports.Ledger](t)(c.GeneralLedger(q))
	var lines [][3]any
	for _, line := range got.Lines {
		lines = append(lines, [3]any{line.Type, line.Date, line.Balance})
	}
	want := [][3]any{
		{"Year-end closing", ledger.Date("2026-04-01"), books.Minor(-10_000)},
		{"Year-end closing", ledger.Date("2026-04-01"), books.Minor(0)},
		{"Invoice", ledger.Date("2026-05-01"), books.Minor(-2_500)},
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got %v, want %v", lines, want)
	}
	q.Start = "2026-04-01"
	got = answer[reports.Ledger](t)(c.GeneralLedger(q))
	if len(got.Lines) != 1 || got.Accounts[0].Opening != -10_000 || got.Accounts[1].Opening != 0 {
		t.Errorf("got %+v, want a year that opens with the last one carried over", got)
	}
	if posted := c.Ledger().Balance(ledger.RetainedEarnings, ""); posted != 0 {
		t.Errorf("%s was posted to Retained Earnings", posted)
	}
}

// A payment may carry any date; none may keep the reports from being made.
func TestReportsLiveWithExtremeDates(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	for _, day := range []ledger.Date{"0000-01-01", "9999-12-31"} {
		inv := c.invoice(t, "EUR", c.item(10_000, "1"))
		_, err := c.RecordPayment(me, books.PaymentInput{InvoiceID: inv.ID, Amount: inv.Total, Date: day})
		c.must(t, err)
	}
	c.everything(t, c.Reports)
	c.checkAll(t, c.Today())
}
