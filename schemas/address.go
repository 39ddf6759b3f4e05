package schemas

import (
	"net/url"
	"strings"
)

// Scheme opens every address of a resource.
const Scheme = "fiskl://"

// Address is where a resource can be read again.
type Address struct {
	Path string // such as invoices/4821
	Name string // such as invoice 4821; never somebody's words
	Form string // MIME type; empty means JSON
	Size int64  // in bytes; 0 when it is not known
}

// URI is the address, of one of several companies if one is named.
func (a Address) URI(company string) string {
	uri := Scheme + a.Path
	if company == "" {
		return uri
	}
	sign := "?"
	if u, err := url.Parse(uri); err == nil && u.RawQuery != "" {
		sign = "&"
	}
	return uri + sign + "company=" + url.QueryEscape(company)
}

// addressed is one record's address; none while it has no id.
func addressed(folder, noun string, id ID) []Address {
	if id == "" {
		return nil
	}
	n := string(id)
	return []Address{{Path: folder + "/" + n, Name: noun + " " + n}}
}

// Addresses has that of the client.
func (c Client) Addresses() []Address { return addressed("clients", "client", c.ID) }

// Addresses has that of the vendor.
func (v Vendor) Addresses() []Address { return addressed("vendors", "vendor", v.ID) }

// Addresses has that of the invoice; a preview has none.
func (i Invoice) Addresses() []Address { return addressed("invoices", "invoice", i.ID) }

// Addresses has that of the quote.
func (q Quote) Addresses() []Address { return addressed("quotes", "quote", q.ID) }

// Addresses has that of the payment.
func (p Payment) Addresses() []Address { return addressed("payments", "payment", p.ID) }

// Addresses has that of the product.
func (p Product) Addresses() []Address { return addressed("products", "product", p.ID) }

// maxLinked is how many rows a list may have for each to be linked. Of a
// longer one nobody attaches every record, and links would cost as much
// context as the rows; the rows carry the ids that addresses are made of.
const maxLinked = 3

func few[R any](rows []R, of func(R) []Address) []Address {
	if len(rows) > maxLinked {
		return nil
	}
	var all []Address
	for _, r := range rows {
		all = append(all, of(r)...)
	}
	return all
}

// Addresses has those of its clients, if they are few.
func (l ClientList) Addresses() []Address {
	return few(l.Rows, func(r ContactRow) []Address { return addressed("clients", "client", r.ID) })
}

// Addresses has those of its vendors, if they are few.
func (l VendorList) Addresses() []Address {
	return few(l.Rows, func(r ContactRow) []Address { return addressed("vendors", "vendor", r.ID) })
}

// Addresses has those of its invoices, if they are few.
func (l InvoiceList) Addresses() []Address {
	return few(l.Rows, func(r InvoiceRow) []Address { return addressed("invoices", "invoice", r.ID) })
}

// Addresses has those of its quotes, if they are few.
func (l QuoteList) Addresses() []Address {
	return few(l.Rows, func(r QuoteRow) []Address { return addressed("quotes", "quote", r.ID) })
}

// Addresses has those of its payments, if they are few.
func (l PaymentList) Addresses() []Address {
	return few(l.Rows, func(r PaymentRow) []Address { return addressed("payments", "payment", r.ID) })
}

// Addresses has those of its products, if they are few.
func (l ProductList) Addresses() []Address {
	return few(l.Rows, func(r ProductRow) []Address { return addressed("products", "product", r.ID) })
}

// ReportAddress is where a report over these days can be read again.
func ReportAddress(name string, covered Range, basis string) Address {
	query := url.Values{}
	for key, value := range map[string]string{"start": string(covered.Start), "end": string(covered.End), "basis": strings.ToLower(basis)} {
		if value != "" {
			query.Set(key, value)
		}
	}
	return Address{Path: "reports/" + name + "?" + query.Encode(), Name: strings.ReplaceAll(name, "_", " ")}
}
