package books

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"

// The sorts of transaction that have no document behind them, only a line on a bank or card statement.
const (
	MoneySpent    ledger.Kind = "Expense"
	MoneyReceived ledger.Kind = "Income"
)

// ExpenseInput is money spent from a bank, cash or card account without a bill: what the bank feed brings and somebody
// categorises. Amounts are in the account's currency. Lines that come to less than zero are money received.
type ExpenseInput struct {
	Payee   string
	Account ledger.Code
	Lines   []BillLine
}

// Spend posts an expense dated today, or an income when its lines come to less than zero. The API has no operation for
// it.
func (b *Books) Spend(actor string, in ExpenseInput) error {
	account, _ := b.ledger.Chart().ByCode(in.Account)
	bill := Bill{Currency: account.Currency, Lines: in.Lines, rate: b.Rate(account.Currency, b.Today())}
	debits, err := b.billDebits(bill)
	if err != nil {
		return err
	}
	paid := leg{bill.Currency, bill.rate}.balance(in.Account, debits)
	entry := ledger.Entry{
		Date: b.Today(), Kind: MoneySpent, ContactName: in.Payee, Description: in.Payee,
		Postings: append([]ledger.Posting{paid}, debits...),
	}
	if paid.Amount > 0 {
		entry.Kind = MoneyReceived
	}
	if len(in.Lines) > 0 && in.Lines[0].Memo != "" {
		entry.Description += ": " + in.Lines[0].Memo
	}
	return b.enter(actor, entry)
}
