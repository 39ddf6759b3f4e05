// Package demo fills a company's books with a made-up history. The history is a list of dated events played in order
// through the rules of package books, so nothing in it could not have happened through Fiskl. Every date lies relative to
// the present, so statuses stay true on any day.
package demo

import (
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Accounts of the company beyond the default chart.
const (
	euroAccount    ledger.Code = "1020"
	savingsAccount ledger.Code = "1030"
	hmrc           ledger.Code = "2200"
	levies         ledger.Code = "2210"
	dividends      ledger.Code = "3025"
)

// EmptyCompany opens the books of the demo company without any history. The seed changes nothing.
func EmptyCompany(now func() time.Time, _ uint64) (*books.Books, error) {
	b, err := open(now)
	if err != nil {
		return nil, err
	}
	b.Lock(olivia, lockDate(b.Today()))
	return b, nil
}

// fiscalYearEnd is the month and day the company's fiscal year ends on.
const fiscalYearEnd = "03-31"

// filingDays is how long after the end of a fiscal year its accounts are filed and its period is locked.
const filingDays = 270

// planLock locks the period of the accounts that were filed last.
func planLock(h *history) {
	until := lockDate(h.today)
	h.on(until.AddDays(filingDays), 17*60, func() error {
		h.books.Lock(olivia, until)
		return nil
	})
}

// open makes the company, its tax rates and its bank accounts.
func open(now func() time.Time) (*books.Books, error) {
	b, err := books.New(books.Company{
		Name: "Harbour & Finch Studio Ltd", Email: "hello@harbourfinch.example", Phone: "+44 20 7946 0182",
		Address: "Unit 4, Tideway Yard\n127 Mortlake High Street\nLondon SW14 8SN", Country: "GB", Currency: "GBP",
		TimeZone: "Europe/London", FiscalYearEnd: fiscalYearEnd, AccountingMethod: "Accrual", TaxType: "Multiple",
	}, now)
	if err != nil {
		return nil, err
	}
	b.AddAccount(ledger.Account{
		Code: euroAccount, Name: "Euro Account", Type: ledger.Assets, Group: ledger.Cash, Currency: "EUR",
	})
	addTaxes(b)
	b.AddAccount(ledger.Account{
		Code: savingsAccount, Name: "Savings Account", Type: ledger.Assets, Group: ledger.Cash, Currency: "GBP",
	})
	b.AddAccount(ledger.Account{
		Code: dividends, Name: "Dividends", Type: ledger.Equity, Group: ledger.OwnersEquity, Currency: "GBP",
	})
	return b, nil
}

// addTaxes registers the company for VAT. The levies exist to demonstrate groups of taxes and are never used.
func addTaxes(b *books.Books) {
	b.AddAgency("HMRC", hmrc)
	b.AddTax("VAT Standard 20%", "20", hmrc, true)
	b.AddTax("VAT Reduced 5%", "5", hmrc, false)
	b.AddTax("VAT Zero 0%", "0", hmrc, false)
	b.AddAgency("Demonstration Levies", levies)
	five := b.AddTax("Levy 5%", "5", levies, false)
	six := b.AddTax("Levy 6%", "6", levies, false)
	four := b.AddTax("Levy 4%", "4", levies, false)
	provincial := b.AddTax("Levy 9.975%", "9.975", levies, false)
	b.AddTaxGroup("Levies 5% + 6% + 4%", false, five, six, four)
	b.AddTaxGroup("Levies 5%, then 9.975% on top", true, five, provincial)
	b.AddReverseCharge("VAT Reverse Charge 20%", "20", hmrc)
}

// lockDate is the end of the last fiscal year that ended at least twelve months ago: its accounts have been filed.
func lockDate(today books.Date) books.Date {
	return books.FiscalYearStart(today.MonthStart(-12).AddDays(today.Time().Day()-1), fiscalYearEnd).AddDays(-1)
}
