package books

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// leg makes postings of one document: in its currency, at its rate.
type leg struct {
	currency string
	rate     decimal.Decimal
}

func (l leg) post(account ledger.Code, amount Minor, memo string) ledger.Posting {
	return ledger.Posting{
		Account: account, Amount: amount, Currency: l.currency, Base: amount.Times(l.rate), Rate: l.rate, Memo: memo,
	}
}

func (l leg) tax(tax ItemTax, sign Minor) ledger.Posting {
	p := l.post(tax.account, sign*tax.Amount, tax.Name)
	p.TaxID, p.TaxNet = tax.TaxID, sign*tax.net.Times(l.rate)
	return p
}

// selfAssessed is the output tax that stands against a reverse charge's input tax.
func (l leg) selfAssessed(tax ItemTax) ledger.Posting {
	p := l.tax(tax, -1)
	p.SelfAssessed = true
	return p
}

// balance is the posting that brings the others to zero: the gross of a document, whose base is the sum of the converted
// lines and not the converted sum, so that rounding leaves nothing over.
func (l leg) balance(account ledger.Code, others []ledger.Posting) ledger.Posting {
	p := ledger.Posting{Account: account, Currency: l.currency, Rate: l.rate}
	for _, o := range others {
		p.Amount -= o.Amount
		p.Base -= o.Base
	}
	return p
}

// postInvoice debits accounts receivable and credits income line by line and each tax to its agency. It answers what
// accounts receivable holds of it in the base currency.
func (b *Books) postInvoice(inv Invoice) (Minor, error) {
	l := leg{inv.Currency, inv.rate}
	var credits []ledger.Posting
	for _, item := range inv.Items {
		credits = append(credits, l.post(item.account, -item.Net, item.Name))
		for _, tax := range item.Taxes {
			credits = append(credits, l.tax(tax, -1))
		}
	}
	gross := l.balance(ledger.Receivable, credits)
	entry := b.invoiceEntry(inv, ledger.InvoiceIssued)
	entry.Date, entry.Due, entry.Description = inv.InvoiceDate, inv.DueDate, "Invoice "+inv.Number
	entry.Postings = append([]ledger.Posting{gross}, credits...)
	return gross.Base, b.post(entry)
}

// postRejection reverses what an invoice posted, dated today.
func (b *Books) postRejection(inv Invoice) error {
	l := leg{inv.Currency, inv.rate}
	var debits []ledger.Posting
	for _, item := range inv.Items {
		debits = append(debits, l.post(item.account, item.Net, item.Name))
		for _, tax := range item.Taxes {
			debits = append(debits, l.tax(tax, 1))
		}
	}
	entry := b.invoiceEntry(inv, ledger.InvoiceRejected)
	entry.Date, entry.Description = b.Today(), "Invoice "+inv.Number+" rejected"
	entry.Postings = append([]ledger.Posting{l.balance(ledger.Receivable, debits)}, debits...)
	return b.post(entry)
}

func (b *Books) invoiceEntry(inv Invoice, kind ledger.Kind) ledger.Entry {
	return ledger.Entry{
		Kind: kind, Number: inv.Number, Document: ledger.Ref{Kind: KindInvoice, ID: inv.ID},
		Contact: ledger.Ref{Kind: KindClient, ID: inv.ClientID}, ContactName: inv.ClientName,
	}
}

// settlement is money that moves through a bank account to settle part of a document that stands in the ledger at an
// older rate. What the two rates differ by is a realised exchange gain or loss.
type settlement struct {
	bank, control  ledger.Code
	amount         Minor // In the document's currency, debit to the bank positive.
	relief         Minor // What the control account loses of it in the base currency, same sign.
	currency       string
	rate, original decimal.Decimal
}

func (b *Books) settle(s settlement) []ledger.Posting {
	received := leg{s.currency, s.rate}.post(s.bank, s.amount, "")
	cleared := ledger.Posting{
		Account: s.control, Amount: -s.amount, Currency: s.currency, Base: -s.relief, Rate: s.original,
	}
	postings := []ledger.Posting{received, cleared}
	if gain := received.Base - s.relief; gain != 0 {
		own := leg{b.company.Currency, decimal.NewFromInt(1)}
		postings = append(postings, own.post(ledger.RealisedExchange, -gain, "Realised exchange difference"))
	}
	return postings
}

// post puts an entry into the ledger. A refusal here is a fault of the sandbox, never of the caller.
func (b *Books) post(e ledger.Entry) error {
	if _, err := b.ledger.Post(e); err != nil {
		return fmt.Errorf("posting %s: %w", e.Description, err)
	}
	return nil
}

// enter posts what no other record of the audit trail stands for, and writes it down there as a transaction.
func (b *Books) enter(actor string, e ledger.Entry) error {
	posted, err := b.ledger.Post(e)
	if err != nil {
		return fmt.Errorf("posting %s: %w", e.Description, err)
	}
	b.created(actor, record{KindTransaction, posted.ID(), e.Description})
	return nil
}
