package complete

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Source is a part of the books.
type Source string

// The sources. Values are what a person would write: names, numbers of
// documents, and ids where a record has neither.
const (
	Clients  Source = "clients"
	Vendors  Source = "vendors"
	Products Source = "products"
	Invoices Source = "invoices" // newest first
	Quotes   Source = "quotes"   // newest first
	Payments Source = "payments" // ids of those in Fiskl's own period, newest first
	Periods  Source = "periods"
)

const (
	// maxRows and maxPages bound a reading. Fiskl's pages have 50 rows, and
	// one row more tells whether that was all.
	maxRows  = 200
	maxPages = 5

	// maxValue is how long a value may be.
	maxValue = 200
)

// searchable sources can be asked for what holds a text.
func (s Source) searchable() bool { return s == Clients || s == Vendors || s == Products }

// read reads a source, or what of it holds a text.
func read(ctx context.Context, api *fisklapi.Client, s Source, search string) (list, error) {
	page := schemas.PageArgs{Limit: maxRows, Pages: maxPages}
	contacts := schemas.ContactFilter{Search: search, PageArgs: page}
	switch s {
	case Clients:
		l, err := api.Clients.List(ctx, contacts)
		return sorted(of(l.Page, func(r schemas.ContactRow) string { return r.Name })), err
	case Vendors:
		l, err := api.Vendors.List(ctx, contacts)
		return sorted(of(l.Page, func(r schemas.ContactRow) string { return r.Name })), err
	case Products:
		l, err := api.Products.List(ctx, schemas.ProductFilter{Search: search, PageArgs: page})
		return sorted(of(l.Page, func(r schemas.ProductRow) string { return r.Name })), err
	case Invoices:
		l, err := api.Invoices.List(ctx, schemas.InvoiceFilter{PageArgs: page})
		return of(l.Page, func(r schemas.InvoiceRow) string { return r.Number }), err
	case Quotes:
		l, err := api.Quotes.List(ctx, schemas.QuoteFilter{PageArgs: page})
		return of(l.Page, func(r schemas.QuoteRow) string { return r.Number }), err
	case Payments:
		l, err := api.Payments.List(ctx, schemas.PaymentFilter{PageArgs: page})
		all := of(l.Page, func(r schemas.PaymentRow) string { return string(r.ID) })
		all.whole = false // there are those before the period, too
		return all, err
	case Periods:
		l, err := api.Periods.List(ctx, schemas.None{})
		return of(l.Page, func(r schemas.DatePeriod) string { return r.Name }), err
	default:
		return list{whole: true}, nil
	}
}

// of takes the values out of rows: each once, and none that cannot be used.
func of[R any](p schemas.Page[R], value func(R) string) list {
	l := list{whole: p.Complete}
	seen := make(map[string]bool)
	for _, r := range p.Rows {
		v := schemas.Clean(value(r), maxValue+1)
		if v == "" || seen[v] || utf8.RuneCountInString(v) > maxValue || strings.ContainsRune(v, utf8.RuneError) {
			continue
		}
		seen[v] = true
		l.values = append(l.values, v)
	}
	return l
}

// sorted puts names in the order of the alphabet.
func sorted(l list) list {
	slices.SortStableFunc(l.values, func(a, b string) int {
		return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
	})
	return l
}
