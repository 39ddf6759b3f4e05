package fisklapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// body turns the content of an invoice into Fiskl's request, with the client,
// the products and the taxes looked up.
func (s Invoices) body(ctx context.Context, in schemas.NewInvoice) (fields, wireClient, error) {
	if err := datesInOrder(in.InvoiceDate, in.DueDate); err != nil {
		return nil, wireClient{}, err
	}
	var client wireClient
	var sold catalogue
	err := s.c.Together(ctx,
		func(ctx context.Context) (err error) { client, err = s.c.Clients.find(ctx, in.Client); return err },
		func(ctx context.Context) (err error) { sold, err = s.sold(ctx, in.Items); return err },
	)
	if err != nil {
		return nil, wireClient{}, err
	}
	currency, err := s.currency(ctx, in.Currency, client)
	if err != nil {
		return nil, wireClient{}, err
	}
	items, err := s.items(ctx, in.Items, currency, sold)
	if err == nil {
		err = s.c.countable(OpCreateInvoice, currency) // a product's price is not in the request
	}
	if err != nil {
		return nil, wireClient{}, err
	}
	date := in.InvoiceDate
	if date == "" {
		if date, err = s.c.Companies.today(ctx); err != nil {
			return nil, wireClient{}, err
		}
	}
	// Dates and currency are sent even where Fiskl has a default, so that what
	// was previewed today is not created with tomorrow's date.
	body := fields{
		"clientId": client.ID, "items": items,
		"invoiceDate": date,
	}
	body.set("currency", currency)
	body.set("dueDate", string(in.DueDate))
	body.set("notes", in.Notes)
	return body, client, body.worded()
}

func datesInOrder(invoiced, due schemas.Date) error {
	if invoiced != "" && due != "" && due.Before(invoiced) {
		return &schemas.ArgumentError{Argument: "due_date", Problem: fmt.Sprintf("is %s, before date %s", due, invoiced)}
	}
	return nil
}

// currency is the one given, else the client's, else the company's
// (documented order).
func (s Invoices) currency(ctx context.Context, given string, client wireClient) (string, error) {
	if c := cmp.Or(given, string(client.Currency)); c != "" {
		return strings.ToUpper(c), nil
	}
	company, err := s.c.Companies.cached(ctx)
	if errors.Is(err, NoPath) { // without it nobody knows what a price is counted in
		return "", &schemas.ArgumentError{Argument: "currency", Problem: "is missing: the client has none, and this API does not tell the company's; give it, such as EUR"}
	}
	return string(company.Currency), err
}

// undated warns of an invoice whose date was filled in without knowing which
// day it is where the company is.
func (s Invoices) undated(ctx context.Context, in schemas.NewInvoice) []string {
	if in.InvoiceDate != "" || !s.c.Unzoned(ctx) {
		return nil
	}
	return []string{fmt.Sprintf("date is today's date in UTC (%s), for the company's time zone cannot be read; give the date if it should be another, or have FISKL_TIME_ZONE set",
		s.c.Companies.Today(ctx))}
}

// changes turns a patch into the members of the invoice that change.
func (s Invoices) changes(ctx context.Context, in schemas.InvoicePatch, now wireInvoice) (fields, error) {
	changes := fields{}
	change(changes, "notes", in.Notes)
	change(changes, "invoiceDate", in.InvoiceDate)
	change(changes, "dueDate", in.DueDate)
	if err := datesInOrder(pick(in.InvoiceDate, string(now.InvoiceDate)), pick(in.DueDate, string(now.DueDate))); err != nil {
		return nil, err
	}
	if in.Client != nil {
		client, err := s.c.Clients.find(ctx, *in.Client)
		if err != nil {
			return nil, err
		}
		changes["clientId"] = client.ID
	}
	if in.Items != nil {
		sold, err := s.sold(ctx, *in.Items)
		if err != nil {
			return nil, err
		}
		items, err := s.items(ctx, *in.Items, string(now.Currency), sold)
		if err != nil {
			return nil, err
		}
		changes["items"] = items
	}
	if err := changes.empty(in.Clear, []string{"notes"}); err != nil {
		return nil, err
	}
	return changes, nothingToChange(changes)
}

func pick(changed *schemas.Date, now string) schemas.Date {
	if changed != nil {
		return *changed
	}
	return schemas.Date(now)
}
