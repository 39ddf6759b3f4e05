package fisklapi

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// items turns lines into Fiskl's. The index in a refusal counts from 0, as in
// the arguments.
func (s Invoices) items(ctx context.Context, lines []schemas.Line, currency string, sold catalogue) ([]fields, error) {
	items := make([]fields, 0, len(lines))
	for i, line := range lines {
		item, err := s.item(ctx, fmt.Sprintf("items[%d]", i), line, currency, sold)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

func (s Invoices) item(ctx context.Context, path string, line schemas.Line, currency string, sold catalogue) (fields, error) {
	quantity, err := count(path+".quantity", line.Quantity)
	if err != nil {
		return nil, err
	}
	f := fields{"quantity": quantity}
	if err := sold.product(path, line, currency, f); err != nil {
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

// catalogue is what lines sell, by what they call it.
type catalogue map[string]wireProduct

// sold looks up the products of lines, side by side, and the taxes.
func (s Invoices) sold(ctx context.Context, lines []schemas.Line) (catalogue, error) {
	var refs []string
	taxed := false
	for _, line := range lines {
		if line.Product != "" && !slices.Contains(refs, line.Product) {
			refs = append(refs, line.Product)
		}
		taxed = taxed || len(line.Taxes) > 0
	}
	found := make([]wireProduct, len(refs))
	var reads []func(context.Context) error
	for i, ref := range refs {
		reads = append(reads, func(ctx context.Context) (err error) { found[i], err = s.c.Products.find(ctx, ref); return err })
	}
	if taxed {
		reads = append(reads, func(ctx context.Context) error { _, err := s.c.Taxes.all(ctx); return err })
	}
	err := s.c.Together(ctx, reads...)
	sold := make(catalogue, len(refs))
	for i, ref := range refs {
		sold[ref] = found[i]
	}
	return sold, err
}

// product adds the catalogue item of a line. A line without one needs its
// own name and price; a product in another currency needs its own price,
// because Fiskl's number would be taken for the invoice's currency.
func (all catalogue) product(path string, line schemas.Line, currency string, f fields) error {
	if line.Product == "" {
		if line.Name == "" {
			return &schemas.ArgumentError{Argument: path + ".name", Problem: "is missing; name what is sold, or give a product"}
		}
		if line.Price == "" {
			return &schemas.ArgumentError{Argument: path + ".price", Problem: "is missing; give the price of one unit, or a product that has one"}
		}
		return nil
	}
	p := all[line.Product]
	if line.Price == "" && p.Currency != "" && !strings.EqualFold(string(p.Currency), currency) {
		return &schemas.ArgumentError{Argument: path + ".price", Problem: fmt.Sprintf(
			"is missing: %s is priced in %s and the invoice is in %s; give the price in %s", schemas.Quoted(string(p.Name), 60), p.Currency, currency, currency,
		)}
	}
	f["productId"] = p.ID
	return nil
}
