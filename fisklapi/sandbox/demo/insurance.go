package demo

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Accounts of the insurance.
const (
	prepaidInsurance ledger.Code = "1300"
	insurance        ledger.Code = "6060"
)

// premium is a year's.
const premium books.Minor = 180000

const (
	monthsPerYear = 12
	coveredMonths = 5 // Months that were paid for when the books came to Fiskl.
)

// planInsurance pays a premium whenever the last one is used up, and lets Fiskl's schedule release one month of it at
// the end of every month.
func planInsurance(h *history) {
	for i, end := range h.monthEnds() {
		if i%monthsPerYear == coveredMonths {
			h.spend(end.MonthStart(0), "Marlowe Mutual", ledger.Bank,
				h.booked(charge{prepaidInsurance, "Liability and contents insurance, twelve months", premium, outside}))
		}
		h.journal(
			system, end, "Insurance of the month released",
			books.JournalLine{Account: insurance, Amount: premium / monthsPerYear},
			books.JournalLine{Account: prepaidInsurance, Amount: -premium / monthsPerYear},
		)
	}
}
