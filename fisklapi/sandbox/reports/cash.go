package reports

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"

// recogniser reads a ledger on the cash basis: it holds documents back until they are paid.
type recogniser struct {
	view      *view
	documents map[ledger.Ref]*deferred
}

// deferred is a document and how much of it was recognised.
type deferred struct {
	lines      []line
	recognised []share // Of each line, so far.
	total      share   // What accounts receivable or payable took of the document.
	paid       share   // How much of that was settled.
}

// share is a part of a document or a line: in its currency, in the base currency, and of the value a tax was charged on.
type share struct{ amount, base, net Minor }

func newRecogniser(v *view) *recogniser {
	return &recogniser{view: v, documents: map[ledger.Ref]*deferred{}}
}

// asPaid takes a transaction as the cash basis sees it.
func (r *recogniser) asPaid(n int32, t ledger.Transaction) {
	switch t.Kind() {
	case ledger.InvoiceIssued, ledger.BillReceived, ledger.InvoiceRejected:
		r.document(n, t)
	default:
		if d := r.documents[t.Settles()]; d != nil && t.Settles() != (ledger.Ref{}) {
			r.payment(n, t, d)
			return
		}
		r.view.asPosted(n, t)
	}
}

// document holds back what a document posts. One that comes to nothing has nothing to wait for; a rejected one was never
// paid, so nothing of it was recognised and nothing is to be taken back.
func (r *recogniser) document(n int32, t ledger.Transaction) {
	d := &deferred{}
	place := int32(0)
	for p := range t.Postings() {
		if control(p.Account) {
			d.total.amount += p.Amount
			d.total.base += p.Base
		} else {
			d.lines = append(d.lines, line{p, t.Date(), n, place})
		}
		place++
	}
	switch {
	case d.total.amount == 0 && d.total.base == 0:
		for _, l := range d.lines {
			r.view.add(l)
		}
	case t.Kind() != ledger.InvoiceRejected:
		d.recognised = make([]share, len(d.lines))
		r.documents[t.Document()] = d
	}
}

// payment takes a payment's own lines, and in place of what it settles the document's lines in proportion.
func (r *recogniser) payment(n int32, t ledger.Transaction, d *deferred) {
	place := int32(0)
	for p := range t.Postings() {
		if control(p.Account) {
			d.paid.amount -= p.Amount
			d.paid.base -= p.Base
		} else {
			r.view.add(line{p, t.Date(), n, place})
		}
		place++
	}
	for i, due := range d.recognise() {
		l := d.lines[i]
		l.Amount, l.Base, l.TaxNet = due.amount, due.base, due.net
		l.date, l.transaction = t.Date(), n
		if due != (share{}) {
			r.view.add(l)
		}
	}
}

// recognise is what of each line falls due with what was paid so far. Rounding is cumulative over the lines and over the
// payments: the lines of one payment add up to it, and all payments of one line add up to the line.
func (d *deferred) recognise() []share {
	out := make([]share, len(d.lines))
	var sum, done share
	for i, l := range d.lines {
		sum.amount += l.Amount
		sum.base += l.Base
		due := share{d.amount(sum.amount) - done.amount, d.base(sum.base) - done.base, d.base(l.TaxNet)}
		before := d.recognised[i]
		out[i] = share{due.amount - before.amount, due.base - before.base, due.net - before.net}
		d.recognised[i] = due
		done.amount += due.amount
		done.base += due.base
	}
	return out
}

// amount is the paid part of an amount in the document's currency.
func (d *deferred) amount(m Minor) Minor {
	if d.total.amount == 0 {
		return m.Share(d.paid.base, d.total.base)
	}
	return m.Share(d.paid.amount, d.total.amount)
}

// base is the paid part of an amount in the base currency. A document so small that it converts to nothing goes by its
// own currency.
func (d *deferred) base(m Minor) Minor {
	if d.total.base == 0 {
		return m.Share(d.paid.amount, d.total.amount)
	}
	return m.Share(d.paid.base, d.total.base)
}

// control tells the two accounts that hold documents until they are paid.
func control(code ledger.Code) bool { return code == ledger.Receivable || code == ledger.Payable }
