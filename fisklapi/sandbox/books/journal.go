package books

import (
	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// JournalLine is one line of a journal in the base currency, debit positive.
type JournalLine struct {
	Account ledger.Code
	Amount  Minor
}

// Journal posts a journal dated today. The error wraps [ledger.ErrUnbalanced] when its lines do not add up to zero.
func (b *Books) Journal(actor string, kind ledger.Kind, description string, lines []JournalLine) error {
	own := leg{b.company.Currency, decimal.NewFromInt(1)}
	entry := ledger.Entry{Date: b.Today(), Kind: kind, Description: description}
	for _, line := range lines {
		account, _ := b.ledger.Chart().ByCode(line.Account)
		if account.Currency == "" || account.Currency == b.company.Currency {
			entry.Postings = append(entry.Postings, own.post(line.Account, line.Amount, ""))
			continue
		}
		entry.Postings = append(entry.Postings, b.held(account, line.Amount))
	}
	return b.enter(actor, entry)
}

// held is a posting of so much base currency on an account that holds another one, at today's rate.
func (b *Books) held(account ledger.Account, base Minor) ledger.Posting {
	rate := b.Rate(account.Currency, b.Today())
	amount := base.Times(decimal.NewFromInt(1).Div(rate))
	return ledger.Posting{Account: account.Code, Amount: amount, Currency: account.Currency, Base: base, Rate: rate}
}
