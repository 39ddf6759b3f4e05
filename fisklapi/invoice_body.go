package fisklapi

import (
	"cmp"
	"context"
	"encoding/json"
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
	client, err := s.c.Clients.find(ctx, in.Client)
	if err != nil {
		return nil, wireClient{}, err
	}
	currency, err := s.currency(ctx, in.Currency, client)
	if err != nil {
		return nil, wireClient{}, err
	}
	items, err := s.items(ctx, in.Items, currency)
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
		return &schemas.ArgumentError{Argument: "due_date", Problem: fmt.Sprintf("is %s, before invoice_date %s", due, invoiced)}
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
	return []string{fmt.Sprintf("invoice_date is today's date in UTC (%s), for the company's time zone cannot be read; give the date if it should be another, or have FISKL_TIME_ZONE set",
		s.c.Companies.Today(ctx))}
}

// items turns lines into Fiskl's. The index in a refusal counts from 0, as in
// the arguments.
func (s Invoices) items(ctx context.Context, lines []schemas.Line, currency string) ([]fields, error) {
	items := make([]fields, 0, len(lines))
	for i, line := range lines {
		item, err := s.item(ctx, fmt.Sprintf("items[%d]", i), line, currency)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

func (s Invoices) item(ctx context.Context, path string, line schemas.Line, currency string) (fields, error) {
	quantity, err := count(path+".quantity", line.Quantity)
	if err != nil {
		return nil, err
	}
	f := fields{"quantity": quantity}
	if err := s.product(ctx, path, line, currency, f); err != nil {
		return nil, err
	}
	f.set("name", line.Name)
	f.set("description", line.Description)
	f.set("unit", line.Unit)
	if line.Price != "" {
		price, err := s.c.sent(ctx, path+".price", line.Price, currency)
		if err != nil {
			return nil, err
		}
		f["price"] = price
	}
	taxes, err := s.c.Taxes.ids(ctx, path+".taxes", line.Taxes)
	if err != nil {
		return nil, err
	}
	if line.Taxes != nil { // none is asked for too: left out, the product's would count
		f["taxIds"] = append([]id{}, taxes...)
	}
	return f, nil
}

// count writes a quantity as a JSON number, digit by digit. 1.50 is 1.5, so that
// the same invoice has the same reference.
func count(argument string, q schemas.Quantity) (json.Number, error) {
	if q == "" {
		return "", &schemas.ArgumentError{Argument: argument, Problem: "is missing; say how many"}
	}
	parsed, err := schemas.ParseQuantity(string(q)) // a caller in Go may have written anything
	if err != nil {
		return "", &schemas.ArgumentError{Argument: argument, Problem: err.Error()}
	}
	s := string(parsed)
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return json.Number(s), nil
}

// product looks up the catalogue item of a line. A line without one needs its
// own name and price; a product in another currency needs its own price,
// because Fiskl's number would be taken for the invoice's currency.
func (s Invoices) product(ctx context.Context, path string, line schemas.Line, currency string, f fields) error {
	if line.Product == "" {
		if line.Name == "" {
			return &schemas.ArgumentError{Argument: path + ".name", Problem: "is missing; name what is sold, or give a product"}
		}
		if line.Price == "" {
			return &schemas.ArgumentError{Argument: path + ".price", Problem: "is missing; give the price of one unit, or a product that has one"}
		}
		return nil
	}
	p, err := s.c.Products.find(ctx, line.Product)
	if err != nil {
		return err
	}
	if line.Price == "" && p.Currency != "" && !strings.EqualFold(string(p.Currency), currency) {
		return &schemas.ArgumentError{Argument: path + ".price", Problem: fmt.Sprintf(
			"is missing: %s is priced in %s and the invoice is in %s; give the price in %s", schemas.Quoted(string(p.Name), 60), p.Currency, currency, currency,
		)}
	}
	f["productId"] = p.ID
	return nil
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
		items, err := s.items(ctx, *in.Items, string(now.Currency))
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
