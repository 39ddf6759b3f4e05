package ledger

import (
	"iter"
	"slices"

	"github.com/shopspring/decimal"
)

// Kind is what sort of event a transaction records.
type Kind string

// The sorts of transaction.
const (
	InvoiceIssued   Kind = "Invoice"
	InvoiceRejected Kind = "Invoice rejected"
	PaymentReceived Kind = "Payment"
	BillReceived    Kind = "Bill"
	BillPaid        Kind = "Bill payment"
	Journal         Kind = "Journal"
	OpeningBalance  Kind = "Opening balance"
	Transfer        Kind = "Transfer"
)

// Ref points at a record outside the ledger: a document or a contact. The zero Ref points nowhere.
type Ref struct {
	Kind string
	ID   int64
}

// Posting is one line of a transaction. Debits are positive, credits negative.
type Posting struct {
	Account  Code
	Amount   Minor // In Currency.
	Currency string
	Base     Minor           // The same in the company's base currency.
	Rate     decimal.Decimal // Units of base currency for one of Currency.
	Memo     string

	// TaxID names the tax a posting to a tax agency's account is for, and TaxNet the value it was charged on, in the
	// base currency and with the sign of the posting. A tax at 0 % posts 0 and still carries its TaxNet.
	TaxID  int64
	TaxNet Minor

	// SelfAssessed marks output tax that the buyer accounts for in the vendor's place.
	SelfAssessed bool
}

// Entry is a transaction that somebody wants to post. Post alone turns it into one that counts.
type Entry struct {
	Date        Date
	Due         Date // When it falls due, for invoices and bills.
	Kind        Kind
	Number      string
	Document    Ref // The invoice, payment or bill it comes from.
	Settles     Ref // The invoice or bill a payment is allocated to.
	Contact     Ref
	ContactName string
	Description string
	Postings    []Posting
}

// Transaction is a posted, balanced entry. Only [Ledger.Post] makes one, and nothing can change it.
type Transaction struct {
	id    int64
	entry Entry
}

// ID is the transaction's number in the ledger, counted up in order of posting.
func (t Transaction) ID() int64 { return t.id }

// Date is the day that counts for every report on an accrual basis.
func (t Transaction) Date() Date { return t.entry.Date }

// Due is when an invoice or a bill falls due; empty for everything else.
func (t Transaction) Due() Date { return t.entry.Due }

// Kind is what sort of event this is.
func (t Transaction) Kind() Kind { return t.entry.Kind }

// Number is the document's number, such as INV-0042.
func (t Transaction) Number() string { return t.entry.Number }

// Document is the record the transaction comes from.
func (t Transaction) Document() Ref { return t.entry.Document }

// Settles is the invoice or bill a payment was allocated to.
func (t Transaction) Settles() Ref { return t.entry.Settles }

// Contact is the client or vendor concerned.
func (t Transaction) Contact() Ref { return t.entry.Contact }

// ContactName is the contact's name on the day of posting.
func (t Transaction) ContactName() string { return t.entry.ContactName }

// Description is the text of the transaction.
func (t Transaction) Description() string { return t.entry.Description }

// Postings yields the lines in the order they were given.
func (t Transaction) Postings() iter.Seq[Posting] { return slices.Values(t.entry.Postings) }

// Base is what the transaction moves on one account, in the base currency.
func (t Transaction) Base(account Code) Minor {
	var sum Minor
	for _, p := range t.entry.Postings {
		if p.Account == account {
			sum += p.Base
		}
	}
	return sum
}
