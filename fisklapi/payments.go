package fisklapi

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Payments are what clients paid on invoices. Bill payments are not part of
// the API.
type Payments struct{ c *Client }

type wirePayment struct {
	ID            id     `json:"id"`
	InvoiceID     id     `json:"invoiceId"`
	InvoiceNumber text   `json:"invoiceNumber"`
	ClientID      id     `json:"clientId"`
	ClientName    text   `json:"clientName"`
	Amount        int64  `json:"amount"`
	Currency      text   `json:"currency"`
	Date          string `json:"date"`
	Method        text   `json:"method"`
	AccountID     id     `json:"accountId"`
	Note          text   `json:"note"`
	Status        text   `json:"status"`
	Created       text   `json:"created"`
	Invoice       struct {
		ID          id    `json:"id"`
		Number      text  `json:"number"`
		Status      text  `json:"status"`
		Total       int64 `json:"total"`
		Outstanding int64 `json:"outstanding"`
	} `json:"invoice"`
}

// List returns payments received, newest first. Fiskl lists them by date only
// (documented), so its default period is used when none is given.
//
//	GET /v1/payments
func (s Payments) List(ctx context.Context, in schemas.PaymentFilter) (schemas.PaymentList, error) {
	covered, err := s.c.Periods.OrDefault(ctx, in.Period)
	if err != nil {
		return schemas.PaymentList{}, err
	}
	list := schemas.PaymentList{Range: covered}
	query := url.Values{"start": {string(covered.Start)}, "end": {string(covered.End)}, "sort": {"date,desc"}}
	f := paymentFilter{covered: covered}
	if in.Client != "" {
		w, err := s.c.Clients.find(ctx, in.Client)
		if err != nil {
			return list, err
		}
		f.client, list.Client = w.ID, string(w.Name)
		query.Set("clientId", itoa(int64(w.ID)))
	}
	if in.Invoice != "" {
		w, err := s.c.Invoices.find(ctx, in.Invoice)
		if err != nil {
			return list, err
		}
		f.invoice, list.Invoice = w.ID, string(w.Number)
		query.Set("invoiceId", itoa(int64(w.ID)))
	}
	list.Page, err = listing[wirePayment, schemas.PaymentRow]{
		op:   OpListPayments,
		asks: []ask[wirePayment]{{query: query}},
		row:  func(w wirePayment) (schemas.PaymentRow, bool) { return s.row(w), f.matches(w) },
		id:   func(r schemas.PaymentRow) int64 { return r.ID },
	}.read(ctx, s.c, in.PageArgs)
	list.Sums = schemas.SumPayments(list.Rows)
	return list, err
}

// paymentFilter is held against every row that Fiskl answers.
type paymentFilter struct {
	covered         schemas.Range
	client, invoice id
}

func (f paymentFilter) matches(w wirePayment) bool {
	date := schemas.Date(w.Date)
	return !date.Before(f.covered.Start) && !f.covered.End.Before(date) &&
		(f.client == 0 || w.ClientID == f.client) && (f.invoice == 0 || w.InvoiceID == f.invoice)
}

// Get returns one payment by id with the invoice it belongs to.
//
//	GET /v1/payments/{id}
func (s Payments) Get(ctx context.Context, in schemas.PaymentRef) (schemas.Payment, error) {
	n, err := strconv.ParseInt(strings.TrimSpace(in.Payment), 10, 64)
	if err != nil || n < 1 {
		return schemas.Payment{}, &schemas.ArgumentError{Argument: "payment", Problem: fmt.Sprintf("%q is not an id; payments have no other name", schemas.Clean(in.Payment, 60))}
	}
	r, err := fetch[wirePayment](ctx, s.c, OpGetPayment, n)
	if err != nil {
		return schemas.Payment{}, err
	}
	return s.noun(r), nil
}

// Record records a payment received on an invoice, which becomes Partial or
// Paid. Fiskl refuses more than is outstanding (documented). It is never
// retried: a second request would be a second payment.
//
//	POST /v1/payments
func (s Payments) Record(ctx context.Context, in schemas.NewPayment) (schemas.Payment, error) {
	invoice, err := s.c.Invoices.whole(ctx, in.InvoiceRef)
	if err != nil {
		return schemas.Payment{}, err
	}
	body, err := s.body(ctx, in, invoice.wire)
	if err != nil {
		return schemas.Payment{}, err
	}
	r, err := do[record[wirePayment]](ctx, s.c, request{op: OpRecordPayment, body: body})
	if err != nil {
		return schemas.Payment{}, s.c.lookInvoice(ctx, err, invoice.wire)
	}
	whole, err := fetch[wirePayment](ctx, s.c, OpGetPayment, int64(r.wire.ID))
	if errors.Is(err, Forbidden) {
		return s.noun(r), nil // who may record payments need not be allowed to read them
	}
	if err != nil {
		return schemas.Payment{}, doneUnseen(err)
	}
	return s.noun(whole), nil
}

func (s Payments) body(ctx context.Context, in schemas.NewPayment, invoice wireInvoice) (fields, error) {
	currency := string(invoice.Currency)
	if in.Currency != "" && !strings.EqualFold(in.Currency, currency) {
		return nil, &schemas.ArgumentError{Argument: "currency", Problem: fmt.Sprintf(
			"is %s, but invoice %s is in %s; a payment is recorded in the invoice's currency", schemas.Clean(in.Currency, 10), invoice.Number, currency,
		)}
	}
	amount, err := s.c.minor.integer("amount", in.Amount, currency)
	if err != nil {
		return nil, err
	}
	if err := s.fits(amount, invoice); err != nil {
		return nil, err
	}
	date, err := s.received(ctx, in.Date)
	if err != nil {
		return nil, err
	}
	body := fields{"invoiceId": int64(invoice.ID), "amount": amount, "date": date}
	body.set("method", in.Method)
	body.set("note", in.Note)
	if in.Account != "" {
		account, err := s.c.Accounts.find(ctx, in.Account)
		if err != nil {
			return nil, err
		}
		body["accountId"] = int64(account.ID)
	}
	return body, nil
}

// received is the day of a payment: the one given unless it lies ahead, else
// today.
func (s Payments) received(ctx context.Context, given schemas.Date) (schemas.Date, error) {
	if given == "" {
		return s.c.Companies.today(ctx)
	}
	if today := s.c.Companies.Today(ctx); today.Before(given) {
		return "", &schemas.ArgumentError{Argument: "date", Problem: fmt.Sprintf("is %s, and today is %s: a payment is recorded once it was received", given, today)}
	}
	return given, nil
}

// fits refuses what Fiskl would refuse, with the figures that explain it.
func (s Payments) fits(amount int64, invoice wireInvoice) error {
	refuse := func(format string, args ...any) error {
		return &schemas.ArgumentError{Argument: "amount", Problem: fmt.Sprintf(format, args...)}
	}
	currency := string(invoice.Currency)
	switch {
	case amount == 0:
		return refuse("is zero")
	case !invoice.awaits():
		return &Error{Kind: Conflict, Endpoint: s.c.endpoints[OpRecordPayment], Message: fmt.Sprintf(
			"invoice %s is %s with %s %s outstanding, so it takes no payment", invoice.Number, invoice.status(), s.c.minor.decimal(invoice.owed(), currency), currency,
		)}
	case amount > invoice.owed():
		return refuse("%s %s is more than the %s %s outstanding on invoice %s, and Fiskl refuses overpayments",
			s.c.minor.decimal(amount, currency), currency, s.c.minor.decimal(invoice.owed(), currency), currency, invoice.Number)
	default:
		return nil
	}
}

func (s Payments) row(w wirePayment) schemas.PaymentRow {
	currency := string(w.Currency)
	return schemas.PaymentRow{
		ID: int64(w.ID), Date: schemas.Date(w.Date), Client: string(w.ClientName), Invoice: string(w.InvoiceNumber),
		Method: string(w.Method), Amount: s.c.minor.decimal(w.Amount, currency), Currency: currency,
	}
}

func (s Payments) noun(r record[wirePayment]) schemas.Payment {
	w, currency := r.wire, string(r.wire.Currency)
	p := schemas.Payment{
		ID: int64(w.ID), Amount: s.c.minor.decimal(w.Amount, currency), Currency: currency, Date: schemas.Date(w.Date),
		Method: string(w.Method), AccountID: int64(w.AccountID), Note: string(w.Note), Status: string(w.Status),
		Client: string(w.ClientName), Invoice: string(w.InvoiceNumber), InvoiceID: int64(w.InvoiceID),
		Created: string(w.Created), OtherFields: r.other(),
	}
	if w.Invoice.ID != 0 {
		p.InvoiceStatus = string(w.Invoice.Status)
		p.InvoiceTotal = s.c.minor.decimal(w.Invoice.Total, currency)
		p.Outstanding = s.c.minor.decimal(w.Invoice.Outstanding, currency)
	}
	return p
}
