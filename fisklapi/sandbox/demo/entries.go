package demo

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// journal plans a journal.
func (h *history) journal(actor string, day books.Date, description string, lines ...books.JournalLine) {
	h.on(day, 7*60, func() error { return h.books.Journal(actor, ledger.Journal, description, lines) })
}

// spend plans an expense that a bank or card statement shows, unless its day is still to come.
func (h *history) spend(day books.Date, payee string, account ledger.Code, lines ...books.BillLine) {
	h.due(day, func() error {
		return h.books.Spend(olivia, books.ExpenseInput{Payee: payee, Account: account, Lines: lines})
	})
}
