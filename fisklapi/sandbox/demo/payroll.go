package demo

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Accounts of the payroll.
const (
	salaries     ledger.Code = "6160"
	employerTax  ledger.Code = "6170"
	payrollTaxes ledger.Code = "2310"
)

// The payroll of every month: gross pay, what is withheld from it, and the employer's own contributions.
const (
	grossPay     books.Minor = 720000
	withheld     books.Minor = 168000
	contribution books.Minor = 66000
)

// planPayroll pays salaries on the 27th and what is owed to the tax office for them on the 19th of the next month.
func planPayroll(h *history) {
	for _, day := range h.monthly(27) {
		h.journal(day, ledger.Journal, "Payroll", []books.JournalLine{
			{Account: salaries, Amount: grossPay},
			{Account: employerTax, Amount: contribution},
			{Account: payrollTaxes, Amount: -withheld - contribution},
			{Account: ledger.Bank, Amount: withheld - grossPay},
		})
		if due := day.MonthStart(1).AddDays(18); due <= h.today {
			h.journal(due, ledger.Journal, "PAYE and National Insurance to HMRC", []books.JournalLine{
				{Account: payrollTaxes, Amount: withheld + contribution},
				{Account: ledger.Bank, Amount: -withheld - contribution},
			})
		}
	}
}

// planOpening brings over what the company had when it moved its books to Fiskl.
func planOpening(h *history) {
	h.journal(h.today.AddDays(-startAge), ledger.OpeningBalance, "Opening balances", []books.JournalLine{
		{Account: ledger.Bank, Amount: 4245000},
		{Account: euroAccount, Amount: 420000},
		{Account: "1410", Amount: 960000},
		{Account: "1411", Amount: -320000},
		{Account: "1500", Amount: 435000},
		{Account: ledger.ShareCapital, Amount: -10000},
		{Account: ledger.RetainedEarnings, Amount: -5730000},
	})
}

func (h *history) journal(day books.Date, kind ledger.Kind, description string, lines []books.JournalLine) {
	h.on(day, 7*60, func() error { return h.books.Journal(olivia, kind, description, lines) })
}
