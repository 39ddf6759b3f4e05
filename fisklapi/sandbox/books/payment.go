package books

import (
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Payment is money received on an invoice, in the invoice's currency.
type Payment struct {
	ID            int64     `json:"id"`
	InvoiceID     int64     `json:"invoiceId"`
	InvoiceNumber string    `json:"invoiceNumber"`
	ClientID      int64     `json:"clientId"`
	ClientName    string    `json:"clientName"`
	Amount        Minor     `json:"amount"`
	Currency      string    `json:"currency"`
	Date          Date      `json:"date"`
	Method        string    `json:"method,omitempty"`
	AccountID     int64     `json:"accountId"`
	Note          string    `json:"note,omitempty"`
	Status        string    `json:"status"`
	Created       time.Time `json:"created"`
}

// PaymentDetail is a payment with how its invoice stands now.
type PaymentDetail struct {
	Payment
	Invoice PaidInvoice `json:"invoice"`
}

// PaidInvoice is what a payment tells of its invoice.
type PaidInvoice struct {
	ID          int64  `json:"id"`
	Number      string `json:"number"`
	Status      string `json:"status"`
	Total       Minor  `json:"total"`
	Paid        Minor  `json:"paid"`
	Outstanding Minor  `json:"outstanding"`
}

// PaymentInput is a payment as a caller records it.
type PaymentInput struct {
	InvoiceID int64  `json:"invoiceId"`
	Amount    Minor  `json:"amount"`
	Date      Date   `json:"date"`
	Method    string `json:"method"`
	AccountID int64  `json:"accountId"`
	Note      string `json:"note"`
}

// Payments are all payments received in the order they were recorded. The caller owns the slice.
func (b *Books) Payments() []Payment { return b.payments.all() }

// Payment finds one payment.
func (b *Books) Payment(id int64) (PaymentDetail, error) {
	p, err := b.payments.get(KindPayment, id)
	if err != nil {
		return PaymentDetail{}, err
	}
	inv, err := b.Invoice(p.InvoiceID)
	if err != nil {
		return PaymentDetail{}, err
	}
	return PaymentDetail{p, PaidInvoice{inv.ID, inv.Number, inv.Status, inv.Total, inv.Paid, inv.Outstanding}}, nil
}

// RecordPayment records money received on a sent invoice, at most what is outstanding, and posts it.
func (b *Books) RecordPayment(actor string, in PaymentInput) (Payment, error) {
	if in.InvoiceID == 0 {
		return Payment{}, refuse("invoiceId: must not be null")
	}
	inv, err := b.invoices.get(KindInvoice, in.InvoiceID)
	if err != nil {
		return Payment{}, refuse("invoiceId: there is no invoice with id %d", in.InvoiceID)
	}
	in.Date = Date(orElse(string(in.Date), string(b.Today())))
	if err := b.checkPayment(in, b.shown(inv)); err != nil {
		return Payment{}, err
	}
	account, err := b.moneyAccount(in.AccountID, inv.Currency)
	if err != nil {
		return Payment{}, err
	}
	p := Payment{
		ID: b.ids.next(KindPayment), InvoiceID: inv.ID, InvoiceNumber: inv.Number, ClientID: inv.ClientID,
		ClientName: inv.ClientName, Amount: in.Amount, Currency: inv.Currency, Date: in.Date, Method: in.Method,
		AccountID: account.ID, Note: in.Note, Status: Paid, Created: b.now(),
	}
	return p, b.apply(actor, p, inv, account.Code)
}

// MarkPaid records a payment of everything outstanding, dated today.
func (b *Books) MarkPaid(actor string, id int64) (Invoice, error) {
	inv, err := b.Invoice(id)
	if err != nil {
		return Invoice{}, err
	}
	if inv.Status == Draft || inv.Status == Paid || inv.Status == Rejected {
		return Invoice{}, refuse("%s is %s; only an invoice that was sent and is not paid can be marked as paid.", inv.Number, inv.Status)
	}
	if _, err := b.RecordPayment(actor, PaymentInput{InvoiceID: id, Amount: inv.Outstanding}); err != nil {
		return Invoice{}, err
	}
	return b.Invoice(id)
}

func (b *Books) checkPayment(in PaymentInput, inv Invoice) error {
	if err := checkDate("date", in.Date); err != nil {
		return err
	}
	switch {
	case in.Amount <= 0:
		return refuse("amount: an integer above 0 in minor units is needed")
	case inv.Status == Draft:
		return refuse("%s is a Draft; send it before recording a payment.", inv.Number)
	case inv.Status == Rejected:
		return refuse("%s is Rejected and cannot be paid.", inv.Number)
	case in.Amount > inv.Outstanding:
		return refuse("A payment of %s is more than the outstanding balance of %s on %s.",
			money(in.Amount, inv.Currency), money(inv.Outstanding, inv.Currency), inv.Number)
	default:
		return b.checkOpen(in.Date)
	}
}

// apply posts a payment that was checked and lets it count on its invoice.
func (b *Books) apply(actor string, p Payment, before Invoice, bank ledger.Code) error {
	relief := before.openBase.Share(p.Amount, before.Total-before.Paid)
	entry := b.invoiceEntry(before, ledger.PaymentReceived)
	entry.Date, entry.Description = p.Date, "Payment of "+before.Number
	entry.Document, entry.Settles = ledger.Ref{Kind: KindPayment, ID: p.ID}, entry.Document
	entry.Postings = b.settle(settlement{
		bank: bank, control: ledger.Receivable, amount: p.Amount, relief: relief,
		currency: p.Currency, rate: b.Rate(p.Currency, p.Date), original: before.rate,
	})
	if err := b.post(entry); err != nil {
		return err
	}
	after := before
	after.Paid, after.openBase, after.Updated = before.Paid+p.Amount, before.openBase-relief, b.now()
	b.payments.put(p.ID, p)
	b.invoices.put(after.ID, after)
	b.created(actor, record{KindPayment, p.ID, "Payment of " + p.InvoiceNumber})
	b.edited(actor, record{KindInvoice, after.ID, after.Number}, b.shown(before).InvoiceHead, b.shown(after).InvoiceHead)
	return nil
}

// moneyAccount is the account money in a currency arrives on: the one asked for, else Undeposited Funds.
func (b *Books) moneyAccount(id int64, currency string) (ledger.Account, error) {
	chart := b.ledger.Chart()
	if id == 0 {
		account, _ := chart.ByCode(ledger.UndepositedFunds)
		return account, nil
	}
	account, ok := chart.ByID(id)
	switch {
	case !ok || account.Group != ledger.Cash || account.Archived:
		return ledger.Account{}, refuse("accountId: %d is not an active bank or cash account", id)
	case account.Currency != b.company.Currency && account.Currency != currency:
		return ledger.Account{}, refuse("accountId: %s holds %s and cannot take %s", account.Name, account.Currency, currency)
	default:
		return account, nil
	}
}
