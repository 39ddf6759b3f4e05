package demo

import (
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// taxOffice is whom VAT, payroll taxes and corporation tax are paid to.
const taxOffice = "HM Revenue & Customs"

// Accounts of the company's own tax.
const (
	companyTax    ledger.Code = "8040"
	companyTaxDue ledger.Code = "2290"
)

const (
	vatDays    = 7  // After the end of a quarter its VAT is paid.
	taxPercent = 19 // Of a year's profit.
)

// planSettlements pays what the company owes: what stood on an account at the end of an earlier day, on its day.
func planSettlements(h *history) {
	lastMonth := func(day books.Date) books.Date { return day.MonthStart(0).AddDays(-1) }
	for _, day := range h.monthly(10) {
		h.due(day, func() error { return h.settleCard(lastMonth(day)) })
	}
	for _, day := range h.monthly(19) {
		h.settle(day, lastMonth(day), payrollTaxes, taxOffice, "PAYE and National Insurance")
	}
	for _, day := range h.monthly(22) {
		h.settle(day, lastMonth(day), pensionsDue, "Fairwind Pensions", "Pension contributions")
	}
	for _, end := range h.quarterEnds() {
		h.settle(end.AddDays(vatDays), end, hmrc, taxOffice, "VAT for the quarter to "+string(end))
	}
	for _, day := range h.monthly(1) {
		if day.Time().Month() == time.January {
			year := books.FiscalYearStart(day, fiscalYearEnd).AddDays(-1)
			h.settle(day, max(year, h.start()), companyTaxDue, taxOffice, "Corporation tax for the year to "+string(year))
		}
	}
}

// settle plans to pay from the bank what the company owed on an account at the end of an earlier day.
func (h *history) settle(day, owedOn books.Date, account ledger.Code, payee, memo string) {
	h.due(day, func() error {
		owed := -h.books.Ledger().Balance(account, owedOn)
		if owed == 0 {
			return nil
		}
		return h.books.Spend(olivia, books.ExpenseInput{
			Payee: payee, Account: ledger.Bank, Lines: []books.BillLine{{Account: account, Memo: memo, Net: owed}},
		})
	})
}

func (h *history) settleCard(owedOn books.Date) error {
	owed := -h.books.Ledger().Balance(creditCard, owedOn)
	if owed <= 0 {
		return nil
	}
	return h.books.Transfer(system, books.TransferInput{
		From: ledger.Bank, To: creditCard, Amount: owed, Description: "Card statement of " + string(owedOn)[:len("2006-01")],
	})
}

// planCompanyTax sets aside the tax on a fiscal year's profit at its end; it is paid in the following January.
func planCompanyTax(h *history) {
	for _, end := range h.quarterEnds() {
		year := books.FiscalYearStart(end, fiscalYearEnd)
		if books.FiscalYearStart(end.AddDays(1), fiscalYearEnd) == year {
			continue
		}
		h.on(end, 23*60, func() error {
			tax := h.profit(year, end) * taxPercent / 100
			if tax <= 0 {
				return nil
			}
			return h.books.Journal(olivia, ledger.Journal, "Corporation tax at 19 %", []books.JournalLine{
				{Account: companyTax, Amount: tax}, {Account: companyTaxDue, Amount: -tax},
			})
		})
	}
}

// profit is the company's result from one day to another, both included.
func (h *history) profit(from, to books.Date) books.Minor {
	return -h.sum(from, to, func(account ledger.Code, _ ledger.Transaction) bool { return account >= "4" })
}

// sum adds up what was posted from one day to another, both included, to the accounts that count.
func (h *history) sum(from, to books.Date, counts func(ledger.Code, ledger.Transaction) bool) books.Minor {
	var sum books.Minor
	for t := range h.books.Ledger().Transactions() {
		if t.Date() < from || t.Date() > to {
			continue
		}
		for p := range t.Postings() {
			if counts(p.Account, t) {
				sum += p.Base
			}
		}
	}
	return sum
}
