package demo

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Accounts of what happens at the bank.
const (
	bankCharges    ledger.Code = "6010"
	interestEarned ledger.Code = "4510"
)

const (
	accountFee   books.Minor = 1250
	dividend     books.Minor = 150000 // A quarter's, to both owners together.
	putAside     books.Minor = 60000  // A quarter's savings.
	euroReserve  books.Minor = 500000 // In euros: what the Euro Account keeps.
	roundEuros   books.Minor = 100000
	interestPart books.Minor = 120 // The savings earn a hundred-and-twentieth a quarter, some 3.3 % a year.
)

// planBanking is what the bank charges and pays, and what moves between the company's accounts and to its owners.
func planBanking(h *history) {
	for _, end := range h.monthEnds() {
		h.spend(end, "Thameside Enterprise Bank", ledger.Bank, h.booked(charge{bankCharges, "Account fee", accountFee, outside}))
	}
	for _, end := range h.quarterEnds() {
		h.on(end, 21*60, h.earnInterest)
		h.due(end.AddDays(12), h.convertEuros)
		h.due(end.AddDays(15), func() error {
			return h.books.Transfer(olivia, books.TransferInput{
				From: ledger.Bank, To: savingsAccount, Amount: putAside, Description: "Put aside for tax",
			})
		})
		h.spend(end.AddDays(50), "Olivia Harbour and Theo Finch", ledger.Bank,
			books.BillLine{Account: dividends, Memo: "Interim dividend", Net: dividend})
	}
}

func (h *history) earnInterest() error {
	return h.books.Spend(system, books.ExpenseInput{Payee: "Thameside Enterprise Bank", Account: savingsAccount, Lines: []books.BillLine{
		{Account: interestEarned, Memo: "Interest of the quarter", Net: -h.books.Ledger().Balance(savingsAccount, "") / interestPart},
	}})
}

// convertEuros changes what the Euro Account holds beyond its reserve into pounds, in whole thousands.
func (h *history) convertEuros() error {
	spare := h.books.Ledger().Holdings(euroAccount, "")["EUR"] - euroReserve
	spare -= spare % roundEuros
	if spare <= 0 {
		return nil
	}
	return h.books.Transfer(olivia, books.TransferInput{
		From: euroAccount, To: ledger.Bank, Amount: spare, Description: "Euros changed into pounds",
	})
}
