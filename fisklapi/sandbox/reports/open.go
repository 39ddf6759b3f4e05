package reports

import (
	"cmp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// everything is a day that nothing lies after.
const everything = Date("9999-12-31")

// openItem is a document with what receivables or payables hold of it, debit positive.
type openItem struct {
	ledger.Ref

	kind         ledger.Kind
	transaction  int64 // Zero before the document is posted: then the item is a payment made ahead of it.
	number       string
	date, due    Date
	contact      ledger.Ref
	contactName  string
	currency     string
	original     Minor
	posted       Minor // The original in the base currency.
	amount, base Minor
	settled      Date // Of the latest payment.
}

// open is every document on receivables or payables up to the end of a day, settled ones too, in order of their dates.
func (r *Reports) open(code ledger.Code, day Date) []*openItem {
	v := r.view(Accrual)
	a := v.account(code)
	items := map[ledger.Ref]*openItem{}
	var out []*openItem
	for _, e := range a.entries[:a.until(day)] {
		l := v.lines[e.line]
		t := r.books.Ledger().At(int(l.transaction))
		ref := documentOf(t)
		item := items[ref]
		if item == nil {
			item = &openItem{
				Ref: ref, kind: documentKind(ref), number: t.Number(), date: t.Date(), due: t.Date(),
				contact: t.Contact(), contactName: t.ContactName(), currency: l.Currency,
			}
			items[ref] = item
			out = append(out, item)
		}
		item.take(t, l)
	}
	return out
}

// take lets one line count on the document.
func (i *openItem) take(t ledger.Transaction, l line) {
	i.amount += l.Amount
	i.base += l.Base
	if t.Settles() != (ledger.Ref{}) {
		i.settled = max(i.settled, t.Date())
		return
	}
	if i.transaction == 0 {
		i.transaction, i.kind, i.date = t.ID(), t.Kind(), t.Date()
		i.due = cmp.Or(t.Due(), t.Date())
	}
	if t.Kind() == i.kind {
		i.original += l.Amount
		i.posted += l.Base
	}
}

// document is the item as an ageing shows it.
func (i *openItem) document(day Date, sign Minor) AgingDocument {
	days := 0
	if i.transaction != 0 {
		days = max(day.DaysSince(i.due), 0)
	}
	return AgingDocument{
		Type: string(i.kind), ID: i.record(), Number: i.number, Date: i.date, DueDate: i.due, DaysOverdue: days,
		Bucket: bucket(days), Currency: i.currency, Original: sign * i.original, Remaining: sign * i.amount,
		RemainingBase: sign * i.base,
	}
}

// documentOf is the invoice or bill a transaction is about; a transaction about none stands for itself.
func documentOf(t ledger.Transaction) ledger.Ref {
	switch {
	case t.Settles() != (ledger.Ref{}):
		return t.Settles()
	case t.Document() != (ledger.Ref{}):
		return t.Document()
	default:
		return ledger.Ref{Kind: books.KindTransaction, ID: t.ID()}
	}
}

// documentKind is the kind of transaction that posts a document.
func documentKind(ref ledger.Ref) ledger.Kind {
	if ref.Kind == books.KindBill {
		return ledger.BillReceived
	}
	return ledger.InvoiceIssued
}

// record is the id the API and its audit trail know the item by: an invoice's own, else that of its transaction.
func (i *openItem) record() int64 {
	if i.Kind == books.KindInvoice || i.transaction == 0 {
		return i.ID
	}
	return i.transaction
}
