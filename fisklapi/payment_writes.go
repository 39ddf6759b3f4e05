package fisklapi

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Record records a payment received on an invoice, which becomes Partial or
// Paid. Fiskl refuses more than is outstanding (documented). It is never
// retried: a second request would be a second payment. One that equals another
// on the same invoice and day is refused unless the caller allows it.
//
//	POST /v1/payments
func (s Payments) Record(ctx context.Context, in schemas.NewPayment) (schemas.Payment, error) {
	p, err := s.PlanRecord(ctx, in)
	return carryOut(ctx, p, err)
}

// PlanRecord checks the payment that Record would make against its invoice,
// and records nothing.
func (s Payments) PlanRecord(ctx context.Context, in schemas.NewPayment) (Pending[schemas.Payment], error) {
	invoice, equal, err := s.target(ctx, in)
	if err != nil {
		return Pending[schemas.Payment]{}, err
	}
	if err := s.c.follows(OpRecordPayment, invoice); err != nil {
		return Pending[schemas.Payment]{}, err
	}
	body, err := s.body(ctx, in, invoice.wire)
	if err != nil {
		return Pending[schemas.Payment]{}, err
	}
	w := s.c.Invoices.affects(invoice)
	w.Amount, w.Date, w.Repeat, w.Account = s.c.minor.decimalOf(body.amount, w.Currency), body.date, in.AllowDuplicate, body.account
	w.Ahead = s.c.Companies.Today(ctx).Before(w.Date)
	r := request{op: OpRecordPayment, body: body.fields}
	w, err = w.asked(r)
	return Pending[schemas.Payment]{
		Write: w, Invoice: s.c.Invoices.noun(ctx, invoice), Details: body.details,
		do: once(func(ctx context.Context) (schemas.Payment, error) { return s.record(ctx, w, equal, r, body.fields) }),
	}, err
}

func (s Payments) record(ctx context.Context, w Write, equal sameDay, r request, asked fields) (schemas.Payment, error) {
	if err := s.note(ctx, &w, equal); err != nil {
		return schemas.Payment{}, err
	}
	if err := s.repeated(w, w.Twins); err != nil {
		return schemas.Payment{}, err
	}
	see := &sight[wirePayment]{c: s.c, get: OpGetPayment, again: true, asked: asked, about: s.result, denies: s.another}
	if _, err := s.c.write(ctx, w, r, see); err != nil {
		return schemas.Payment{}, err
	}
	out := s.placed(ctx, s.noun(see.record))
	out.Warnings = see.warnings
	if w.Account != "" && out.Account != "" && out.Account != w.Account {
		out.Warnings = append(out.Warnings, "it was to go to the account "+schemas.Quoted(w.Account, nameLength)+", and went to "+schemas.Quoted(out.Account, nameLength))
	}
	return out, nil
}

// placed names the account that a payment went to, where that can be read.
func (s Payments) placed(ctx context.Context, p schemas.Payment) schemas.Payment {
	p.Account = s.c.Accounts.named(ctx, p.AccountID)
	return p
}

// result is what is kept of a payment.
func (s Payments) result(w wirePayment) Result {
	return Result{ID: w.ID.key, Amount: s.c.minor.decimal(w.Amount, string(w.Currency)), Currency: string(w.Currency)}
}

// another denies a payment on another invoice, of another amount or currency,
// or that was there before.
func (s Payments) another(t posted, r record[wirePayment]) error {
	w := r.wire
	if slices.Contains(t.Twins, w.ID.key) || before(w.Created, t.begun) {
		return errors.New("the payment it shows was there before")
	}
	if !w.counts() {
		return errors.New("the payment it shows has the status " + schemas.Quoted(string(w.Status), nameLength))
	}
	var other []string
	if w.InvoiceID.key != t.ID {
		other = append(other, "invoice")
	}
	if !strings.EqualFold(string(w.Currency), t.Currency) {
		other = append(other, "currency")
	}
	if w.Amount == nil || s.c.minor.decimal(w.Amount, t.Currency) != t.Amount {
		other = append(other, "amount")
	}
	return another("payment", other)
}

// counts reports a payment that did not fail and was not taken back. Fiskl
// documents no such words: these are those of the usual servers.
func (w wirePayment) counts() bool {
	status := strings.ToLower(string(w.Status))
	return !failing(status) && !slices.Contains([]string{"void", "voided", "cancelled", "canceled", "reversed", "refunded", "declined", "bounced"}, status)
}

// paymentBody is a request to record a payment, and what it holds.
type paymentBody struct {
	fields
	amount  int64
	date    schemas.Date
	account string // by name
	details []Detail
}

// tell adds a member that the caller worded, unless it is empty.
func (b *paymentBody) tell(name, value string) {
	if value != "" {
		b.details = append(b.details, Detail{name, value})
	}
}

func (s Payments) body(ctx context.Context, in schemas.NewPayment, invoice wireInvoice) (paymentBody, error) {
	currency := string(invoice.Currency)
	if in.Currency != "" && !strings.EqualFold(in.Currency, currency) {
		return paymentBody{}, &schemas.ArgumentError{Argument: "currency", Problem: fmt.Sprintf(
			"is %s, but invoice %s is in %s; a payment is recorded in the invoice's currency", schemas.Name(schemas.Clean(in.Currency, 10)), schemas.Name(string(invoice.Number)), currency,
		)}
	}
	amount, err := s.c.sent(ctx, "amount", in.Amount, currency)
	if err != nil {
		return paymentBody{}, err
	}
	if err := s.fits(amount, invoice); err != nil {
		return paymentBody{}, err
	}
	date, err := s.received(ctx, in, invoice)
	if err != nil {
		return paymentBody{}, err
	}
	body := paymentBody{fields: fields{"invoiceId": invoice.ID, "amount": amount, "date": date}, amount: amount, date: date}
	body.set("method", in.Method)
	body.set("note", in.Note)
	if err := body.worded(); err != nil {
		return paymentBody{}, err
	}
	body.tell("method", in.Method)
	body.tell("notes", in.Note)
	account, err := s.c.Accounts.forPayment(ctx, in.Account)
	if err != nil {
		return paymentBody{}, err
	}
	if body.account = account.called(); in.Account != "" {
		body.fields["accountId"] = account.ID
	}
	return body, nil
}

// fits refuses what Fiskl would refuse, with the figures that explain it.
func (s Payments) fits(amount int64, invoice wireInvoice) error {
	currency := string(invoice.Currency)
	if amount == 0 {
		return &schemas.ArgumentError{Argument: "amount", Problem: "is zero"}
	}
	if err := s.takes(OpRecordPayment, invoice); err != nil {
		return err
	}
	if amount > invoice.owed() {
		return &schemas.ArgumentError{Argument: "amount", Problem: fmt.Sprintf("%s %s is more than the %s %s outstanding on invoice %s, and Fiskl refuses overpayments",
			s.c.minor.decimalOf(amount, currency), currency, s.c.minor.decimalOf(invoice.owed(), currency), currency, schemas.Name(string(invoice.Number)))}
	}
	return nil
}

// takes refuses a payment on an invoice from which none is expected.
func (s Payments) takes(op Operation, invoice wireInvoice) error {
	if invoice.awaits() {
		return nil
	}
	currency, so := string(invoice.Currency), "so it takes no payment"
	if invoice.status() == draft {
		so = "and takes no payment until it is sent"
	}
	return &Error{Kind: Conflict, Endpoint: s.c.endpoints[op], Message: fmt.Sprintf(
		"invoice %s is %s with %s %s outstanding, %s", schemas.Name(string(invoice.Number)), invoice.status(), s.c.minor.decimalOf(invoice.owed(), currency), currency, so,
	)}
}
