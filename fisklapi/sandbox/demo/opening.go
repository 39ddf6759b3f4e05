package demo

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// openingBalances are what the company had and owed when it moved its books to Fiskl. What remains is what it had earned
// until then.
func openingBalances() []books.JournalLine {
	lines := []books.JournalLine{
		{Account: ledger.Bank, Amount: 5680000},
		{Account: euroAccount, Amount: 420000},
		{Account: savingsAccount, Amount: 1200000},
		{Account: prepaidInsurance, Amount: premium / monthsPerYear * coveredMonths},
		{Account: "1500", Amount: 435000},
		{Account: creditCard, Amount: -31240},
		{Account: hmrc, Amount: -185000},
		{Account: companyTaxDue, Amount: -312000},
		{Account: payrollTaxes, Amount: -118000},
		{Account: pensionsDue, Amount: -21000},
		{Account: loanWithinYear, Amount: -instalment * monthsPerYear},
		{Account: loanBeyondYear, Amount: -borrowed + instalment*monthsPerYear},
		{Account: ledger.ShareCapital, Amount: -10000},
	}
	for _, e := range equipment() {
		if e.age > startAge {
			lines = append(
				lines,
				books.JournalLine{Account: e.account, Amount: e.cost},
				books.JournalLine{Account: e.depreciation(), Amount: -e.monthly() * books.Minor(e.worn)},
			)
		}
	}
	var sum books.Minor
	for _, line := range lines {
		sum += line.Amount
	}
	return append(lines, books.JournalLine{Account: ledger.RetainedEarnings, Amount: -sum})
}

func planOpening(h *history) {
	h.on(h.start(), 7*60, func() error {
		return h.books.Journal(olivia, ledger.OpeningBalance, "Opening balances", openingBalances())
	})
}
