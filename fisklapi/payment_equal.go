package fisklapi

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// sameDay are the payments on an invoice of one day, as they were a moment ago.
type sameDay struct {
	invoice schemas.ID
	date    schemas.Date
	all     []wirePayment
	seen    time.Time // zero when they were not read
}

// asNew is how long a reading counts as one of now: no longer than it takes to
// read the invoice beside it.
const asNew = 2 * time.Second

// target reads the invoice that a payment is on and, where the payment is about
// to be made, beside it those that are on it already.
func (s Payments) target(ctx context.Context, in schemas.NewPayment) (invoice record[wireInvoice], there sameDay, err error) {
	read := func(ctx context.Context) (err error) {
		invoice, err = s.c.Invoices.whole(ctx, in.InvoiceRef)
		return err
	}
	if !in.Agreed {
		return invoice, there, read(ctx)
	}
	err = s.c.Together(ctx, read, func(ctx context.Context) error {
		if date, err := s.dayOf(ctx, in); err == nil {
			there = s.onDay(ctx, schemas.ID(in.Invoice), date)
		}
		return nil // the payment itself is refused without its date
	})
	return invoice, there, err
}

// dayOf is the day given for a payment, or else the company's today.
func (s Payments) dayOf(ctx context.Context, in schemas.NewPayment) (schemas.Date, error) {
	if in.Date != "" {
		return in.Date, nil
	}
	return s.c.Companies.today(ctx)
}

func (s Payments) onDay(ctx context.Context, invoice schemas.ID, date schemas.Date) sameDay {
	began := s.c.now()
	all, err := s.ofDay(ctx, invoice, date)
	if err != nil {
		return sameDay{} // whoever needs them asks again, and is told
	}
	return sameDay{invoice, date, all, began}
}

// to are the ids of those payments that equal one that is to be made. Where they
// are not of now, they are read anew. A credential that may not list payments sees
// none.
func (d sameDay) to(ctx context.Context, s Payments, w Write) (ids []schemas.ID, err error) {
	equal := s.equalTo(d.all, w)
	if d.invoice != w.ID || d.date != w.Date || s.c.now().Sub(d.seen) > asNew {
		if equal, err = s.duplicates(ctx, w); err != nil && !OutOfReach(err) {
			return nil, err
		}
	}
	for _, p := range equal {
		ids = append(ids, p.ID.key)
	}
	return ids, nil
}

// repeated refuses a payment that equals one on the same invoice and day, unless
// it is wanted once more.
func (s Payments) repeated(w Write, there []schemas.ID) error {
	if len(there) == 0 || w.Repeat {
		return nil
	}
	return &Error{Kind: Conflict, Endpoint: s.c.endpoints[OpRecordPayment], Message: fmt.Sprintf(
		"invoice %s has a payment of %s %s dated %s already (payment id %s). If this is another one, call again with allow_duplicate set to true",
		schemas.Name(w.Name), w.Amount, w.Currency, w.Date, there[0],
	)}
}

// note notes the equal payments that are there before a write.
func (s Payments) note(ctx context.Context, w *Write, known sameDay) (err error) {
	w.Twins, err = known.to(ctx, s, *w)
	return err
}

// duplicates are the payments on the same invoice with the same amount and day,
// but for those that do not count.
func (s Payments) duplicates(ctx context.Context, w Write) ([]wirePayment, error) {
	all, err := s.ofDay(ctx, w.ID, w.Date)
	return s.equalTo(all, w), err
}

func (s Payments) ofDay(ctx context.Context, invoice schemas.ID, date schemas.Date) ([]wirePayment, error) {
	return collect[wirePayment](ctx, s.c, OpListPayments, url.Values{"start": {string(date)}, "end": {string(date)}, "invoiceId": {string(invoice)}})
}

func (s Payments) equalTo(all []wirePayment, w Write) []wirePayment {
	var equal []wirePayment
	for _, p := range all {
		if p.counts() && p.InvoiceID.key == w.ID && strings.HasPrefix(string(p.Date), string(w.Date)) && s.c.minor.decimal(p.Amount, string(p.Currency)) == w.Amount {
			equal = append(equal, p)
		}
	}
	return equal
}
