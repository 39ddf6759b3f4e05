package fisklapi

import (
	"context"
	"fmt"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// received is the day of a payment: the one given, else today. A payment ahead
// of time or before its invoice is more often a slip than meant, and Fiskl
// takes it (inferred), so it has to be said on purpose. One in a locked period
// Fiskl refuses.
func (s Payments) received(ctx context.Context, in schemas.NewPayment, invoice wireInvoice) (schemas.Date, error) {
	today, err := s.c.Companies.today(ctx)
	if err != nil {
		return "", err
	}
	date, dated := in.Date, schemas.Date(invoice.InvoiceDate)
	if date == "" {
		date = today
	}
	if err := s.c.unlocked(ctx, OpRecordPayment, "a payment", date); err != nil {
		return "", err
	}
	const onPurpose = ". If that is meant, call again with allow_date set to true"
	switch {
	case in.AllowDate:
	case today.Before(date):
		return "", &schemas.ArgumentError{Argument: "date", Problem: fmt.Sprintf("is %s, and today is %s: a payment is recorded once it was received"+onPurpose, date, today)}
	case dated != "" && date.Before(dated):
		how := onPurpose
		if in.Date == "" {
			how = ". If it was paid in advance, call record_payment with the day and allow_date set to true"
		}
		return "", &schemas.ArgumentError{Argument: "date", Problem: fmt.Sprintf("is %s, before invoice %s itself, which is dated %s"+how,
			date, schemas.Name(string(invoice.Number)), dated)}
	}
	return date, nil
}

// unlocked refuses what would be posted in a period that is locked, as Fiskl
// does up to and including that day (inferred). Where the company cannot be
// read Fiskl alone knows.
func (c *Client) unlocked(ctx context.Context, op Operation, what string, date schemas.Date) error {
	company, err := c.Companies.cached(ctx)
	if OutOfReach(err) {
		return nil
	}
	if err != nil {
		return err
	}
	until := schemas.Date(company.LockedUntil)
	if until == "" || date == "" || until.Before(date) {
		return nil
	}
	return &Error{Kind: Conflict, Endpoint: c.endpoints[op], Message: fmt.Sprintf(
		"the books are locked up to and including %s, so %s dated %s cannot be posted. Whoever keeps them can unlock the period in the Fiskl app", until, what, date)}
}

// sendable refuses to send an invoice that Fiskl would not send, or of which it
// is not known what its status means.
func (s Invoices) sendable(ctx context.Context, w wireInvoice) error {
	status := w.status()
	if status == draft {
		return s.c.unlocked(ctx, OpSendInvoice, "an invoice", schemas.Date(w.InvoiceDate))
	}
	if w.known() && status != "Rejected" {
		return nil
	}
	return &Error{Kind: Conflict, Endpoint: s.c.endpoints[OpSendInvoice], Message: fmt.Sprintf(
		"invoice %s is %s, so it is not sent", schemas.Name(string(w.Number)), schemas.Name(status))}
}

// countable refuses a write of amounts in a currency of which it is not settled
// how Fiskl counts it: they may be 10 or 100 times what is shown, and no limit
// would hold.
func (c *Client) countable(op Operation, currency string) error {
	if currency == "" || c.minor.Settled(currency) {
		return nil
	}
	return &Error{Kind: Conflict, Endpoint: c.endpoints[op], Message: fmt.Sprintf(
		"this is in %s, which does not have hundredths, and Fiskl does not document how its API counts it, so nothing is written in it. "+
			"Compare one %s amount in the Fiskl app with what this server shows: if they agree, start it with FISKL_MINOR_UNITS=hundredths, otherwise with iso4217", currency, currency)}
}

// currencyOf is the currency of a new invoice.
func currencyOf(body fields) string {
	currency, _ := body["currency"].(string)
	return currency
}
