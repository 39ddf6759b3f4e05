package review

import (
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// astray is how many days an invoice may be dated before or after those whose
// numbers stand beside its own.
const astray = 20

// dates finds what is dated in the future, in a locked period, far from its
// neighbours in the series, and payments before their invoice.
func dates(b *Books) (out []finding) {
	for _, s := range allSeries(b.Invoices) {
		for i := 1; i+1 < len(s.rows); i++ {
			out = append(out, b.misdated(s.rows[i-1].InvoiceRow, s.rows[i].InvoiceRow, s.rows[i+1].InvoiceRow)...)
		}
	}
	for _, i := range b.Invoices {
		if b.Today.Before(i.InvoiceDate) {
			out = append(out, b.wrongDate(ofInvoice(i, "today is "+string(b.Today)), schemas.SeverityMedium, "an invoice is dated in the future", i.Total, i.Currency))
		}
	}
	return append(out, b.paymentDates()...)
}

// paymentDates finds payments in the future, and before their invoice.
func (b *Books) paymentDates() (out []finding) {
	dated := make(map[string]schemas.InvoiceRow, len(b.Invoices))
	for _, i := range b.Invoices {
		dated[i.Number] = i
	}
	for _, p := range b.Payments {
		if b.Today.Before(p.Date) {
			out = append(out, b.wrongDate(ofPayment(p, "today is "+string(b.Today)), schemas.SeverityMedium, "a payment is dated in the future", p.Amount, p.Currency))
		}
		if i, ok := dated[p.Invoice]; ok && p.Invoice != "" && b.recent(p.Date) && p.Date.Before(i.InvoiceDate) {
			f := b.wrongDate(ofPayment(p, ""), schemas.SeverityLow, "a payment is dated before its invoice", p.Amount, p.Currency)
			f.Evidence = append(f.Evidence, ofInvoice(i, plural(apart(p.Date, i.InvoiceDate), "day", "days")+" later"))
			out = append(out, f)
		}
	}
	return out
}

// misdated holds an invoice against the two whose numbers stand beside its own,
// where one of the three is of the period.
func (b *Books) misdated(before, i, after schemas.InvoiceRow) []finding {
	if after.InvoiceDate.Before(before.InvoiceDate) || !b.covers(before.InvoiceDate) && !b.covers(after.InvoiceDate) && !b.covers(i.InvoiceDate) {
		return nil
	}
	early, late := i.InvoiceDate.Before(shift(before.InvoiceDate, -astray)), shift(after.InvoiceDate, astray).Before(i.InvoiceDate)
	if !early && !late {
		return nil
	}
	severity, what := schemas.SeverityMedium, "an invoice is dated far from those numbered before and after it"
	if b.LockedUntil != "" && !b.LockedUntil.Before(i.InvoiceDate) {
		severity, what = schemas.SeverityHigh, "an invoice is dated in a locked period, and numbered among later ones"
	}
	f := b.wrongDate(ofInvoice(i, ""), severity, what, i.Total, i.Currency)
	f.Evidence = append(f.Evidence, ofInvoice(before, "numbered before it"), ofInvoice(after, "numbered after it"))
	return []finding{f}
}

func (b *Books) wrongDate(e schemas.Evidence, severity schemas.Severity, what string, amount schemas.Money, currency string) finding {
	f := finding{Finding: schemas.Finding{Severity: severity, What: what, Evidence: []schemas.Evidence{e}, Next: history(e)}}
	return f.at(amount.Decimal(), currency, b.Currency)
}
