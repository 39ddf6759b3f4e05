package demo

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Accounts of the loan.
const (
	loanWithinYear ledger.Code = "2400"
	loanBeyondYear ledger.Code = "2600"
	interestPaid   ledger.Code = "8010"
)

// The loan: what was still owed of it when the books came to Fiskl, what is paid off it every month, and how many months
// of interest at its rate make one amount owed (6 % a year is a two hundredth a month).
const (
	borrowed       books.Minor = 2400000
	instalment     books.Minor = 50000
	interestPeriod books.Minor = 200
)

// planLoan pays an instalment and the interest on the 5th, and moves the next instalment that falls due within a year
// to where an accountant looks for it.
func planLoan(h *history) {
	owed := borrowed
	for _, day := range h.monthly(5) {
		h.spend(
			day, "Thameside Enterprise Bank", ledger.Bank,
			books.BillLine{Account: loanWithinYear, Memo: "Term loan, monthly repayment", Net: instalment},
			books.BillLine{Account: interestPaid, Memo: "Interest at 6 %", Net: owed / interestPeriod},
		)
		owed -= instalment
		h.journal(
			system, day, "Loan instalment now due within a year",
			books.JournalLine{Account: loanBeyondYear, Amount: instalment},
			books.JournalLine{Account: loanWithinYear, Amount: -instalment},
		)
	}
}
