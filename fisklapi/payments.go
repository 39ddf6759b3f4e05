package fisklapi

import (
	"context"
	"errors"
	"net/url"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Payments are what clients paid on invoices. Bill payments are not part of
// the API.
type Payments struct{ c *Client }

type wirePayment struct {
	ID            id     `json:"id" form:"required"`
	InvoiceID     id     `json:"invoiceId" form:"required"`
	InvoiceNumber text   `json:"invoiceNumber" form:"somewhere"`
	ClientID      id     `json:"clientId" form:"somewhere"`
	ClientName    text   `json:"clientName" form:"somewhere"`
	Amount        *int64 `json:"amount" form:"required"`
	Currency      text   `json:"currency" form:"required"`
	Date          day    `json:"date" form:"required"`
	Method        text   `json:"method"`
	AccountID     id     `json:"accountId"`
	Note          prose  `json:"note"`
	Status        text   `json:"status"`
	Created       text   `json:"created"`
	Invoice       struct {
		ID          id     `json:"id"`
		Number      text   `json:"number"`
		Status      text   `json:"status"`
		Total       *int64 `json:"total" form:"required"`
		Outstanding *int64 `json:"outstanding" form:"required"`
	} `json:"invoice"`
}

// List returns payments received, newest first. Fiskl lists them by date only
// (documented), so when no period is given its default one is used, or for one
// invoice a time that holds all of its payments.
//
//	GET /v1/payments
func (s Payments) List(ctx context.Context, in schemas.PaymentFilter) (schemas.PaymentList, error) {
	var list schemas.PaymentList
	var err error
	if in.Invoice == "" || !in.IsZero() {
		if list.Range, err = s.c.Periods.OrDefault(ctx, in.Period); err != nil {
			return list, err
		}
	}
	f := paymentFilter{covered: list.Range, written: in.Amount}
	if f.amount, err = in.Amount.Limits("amount"); err != nil {
		return list, err
	}
	list.Limits = in.Amount
	if in.Invoice != "" {
		w, err := s.c.Invoices.finder().known(ctx, s.c, in.Invoice)
		if err != nil {
			return list, err
		}
		f.invoice, list.Invoice = w.ID.key, string(w.Number)
		if in.IsZero() {
			f.covered = s.life(ctx, w)
		}
	}
	read := func(ctx context.Context, client schemas.ID) (schemas.Page[schemas.PaymentRow], error) {
		f := f
		f.client = client
		return s.page(ctx, f, in.PageArgs)
	}
	list.Range = f.covered
	if in.Client == "" {
		list.Page, err = read(ctx, "")
	} else {
		var w wireClient
		w, list.Page, err = reading(ctx, s.c, s.c.Clients.finder(), in.Client, read)
		list.Client = string(w.Name)
	}
	list.Sums = schemas.SumPayments(list.Rows)
	return list, err
}

func (s Payments) page(ctx context.Context, f paymentFilter, args schemas.PageArgs) (schemas.Page[schemas.PaymentRow], error) {
	query := url.Values{"sort": {"date,desc"}}
	if f.client != "" {
		query.Set("clientId", string(f.client))
	}
	if f.invoice != "" {
		query.Set("invoiceId", string(f.invoice))
	}
	span(query, f.covered)
	return listing[wirePayment, schemas.PaymentRow]{
		op: OpListPayments, filter: string(f.written),
		asks: []ask[wirePayment]{{query: query}},
		row: func(w wirePayment) (schemas.PaymentRow, bool) {
			r := s.row(w)
			return r, f.matches(w) && f.amount.Holds(r.Amount, r.Currency)
		},
		id: func(r schemas.PaymentRow) schemas.ID { return r.ID },
	}.read(ctx, s.c, args)
}

// life is the time in which an invoice can have been paid: a deposit may have
// come in before it was dated.
func (s Payments) life(ctx context.Context, w wireInvoice) schemas.Range {
	dated, today := schemas.Date(w.InvoiceDate), s.c.Companies.Today(ctx)
	if start := dated.YearBefore(); start != "" {
		return schemas.Range{Start: start, End: max(dated, today)}
	}
	return schemas.Range{Start: "2000-01-01", End: today} // Fiskl left its date out
}

// paymentFilter is held against every row that Fiskl answers.
type paymentFilter struct {
	covered         schemas.Range
	client, invoice schemas.ID
	written         schemas.AmountRange
	amount          schemas.AmountLimits
}

func (f paymentFilter) matches(w wirePayment) bool {
	date := schemas.Date(w.Date)
	return !date.Before(f.covered.Start) && !f.covered.End.Before(date) &&
		(f.client == "" || w.ClientID.key == f.client) && (f.invoice == "" || w.InvoiceID.key == f.invoice)
}

// noName says what else there is to name a payment by.
const noName = "payments have no other name, and list_payments shows it"

// Get returns one payment by id with the invoice it belongs to.
//
//	GET /v1/payments/{id}
func (s Payments) Get(ctx context.Context, in schemas.PaymentRef) (schemas.Payment, error) {
	key, err := reference("payment", in.Payment, noName)
	if err != nil {
		return schemas.Payment{}, err
	}
	r, err := fetch[wirePayment](ctx, s.c, OpGetPayment, key)
	if !key.Distinct() && (errors.Is(err, NotFound) || errors.Is(err, Invalid)) {
		return schemas.Payment{}, notReference("payment", in.Payment, noName)
	}
	if err != nil {
		return schemas.Payment{}, err
	}
	return s.noun(r), nil
}

func (s Payments) row(w wirePayment) schemas.PaymentRow {
	currency := string(w.Currency)
	return schemas.PaymentRow{
		ID: w.ID.key, Date: schemas.Date(w.Date), Client: string(w.ClientName), Invoice: string(w.InvoiceNumber),
		Method: string(w.Method), Amount: s.c.minor.decimal(w.Amount, currency), Currency: currency,
		AccountID: w.AccountID.key,
	}
}

func (s Payments) noun(r record[wirePayment]) schemas.Payment {
	w, currency := r.wire, string(r.wire.Currency)
	p := schemas.Payment{
		ID: w.ID.key, Amount: s.c.minor.decimal(w.Amount, currency), Currency: currency, Date: schemas.Date(w.Date),
		Method: string(w.Method), AccountID: w.AccountID.key, Note: string(w.Note), Status: string(w.Status),
		Client: string(w.ClientName), Invoice: string(w.InvoiceNumber), InvoiceID: w.InvoiceID.key,
		Created: string(w.Created), OtherFields: r.other(),
	}
	if w.Invoice.ID.key != "" {
		p.InvoiceStatus = string(w.Invoice.Status)
		p.InvoiceTotal = s.c.minor.decimal(w.Invoice.Total, currency)
		p.Outstanding = s.c.minor.decimal(w.Invoice.Outstanding, currency)
	}
	return p
}
