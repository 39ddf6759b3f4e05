package books

import (
	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// TransferInput is money moved from one account of the company to another. The amount is in the currency of From.
type TransferInput struct {
	From, To    ledger.Code
	Amount      Minor
	Description string
}

// Transfer posts a transfer dated today. Foreign money leaves its account at the average rate it came in at, so that
// changing it realises the exchange difference. The API has no operation for it.
func (b *Books) Transfer(actor string, in TransferInput) error {
	chart := b.ledger.Chart()
	source, _ := chart.ByCode(in.From)
	target, _ := chart.ByCode(in.To)
	if in.Amount <= 0 {
		return refuse("a transfer of %s moves nothing", money(in.Amount, source.Currency))
	}
	rate := b.Rate(source.Currency, b.Today())
	given := leg{source.Currency, rate}.post(in.From, -in.Amount, "")
	taken := b.received(target, in.Amount.Times(rate))
	if source.Currency != b.company.Currency {
		given.Base = -b.ledger.Balance(in.From, "").Share(in.Amount, b.ledger.Holdings(in.From, "")[source.Currency])
		given.Rate = decimal.NewFromInt(int64(given.Base)).DivRound(decimal.NewFromInt(int64(given.Amount)), ratePrecision)
	}
	entry := ledger.Entry{
		Date: b.Today(), Kind: ledger.Transfer, Description: in.Description, Postings: []ledger.Posting{taken, given},
	}
	if gain := taken.Base + given.Base; gain != 0 {
		own := leg{b.company.Currency, decimal.NewFromInt(1)}
		entry.Postings = append(entry.Postings, own.post(ledger.RealisedExchange, -gain, "Realised exchange difference"))
	}
	return b.enter(actor, entry)
}

// received is so much base currency arriving on an account, in the account's own currency at today's rate.
func (b *Books) received(account ledger.Account, base Minor) ledger.Posting {
	if account.Currency != b.company.Currency {
		return b.held(account, base)
	}
	return leg{account.Currency, decimal.NewFromInt(1)}.post(account.Code, base, "")
}
