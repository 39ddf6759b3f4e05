package schemas

import (
	"net/url"
	"strconv"
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

// Addressed answers are of records that can be read by address, too.
type Addressed interface {
	Addresses() []Address
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
func addressed(folder, noun string, id int64) []Address {
	if id == 0 {
		return nil
	}
	n := strconv.FormatInt(id, 10)
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
