package schemas

import (
	"strings"
	"unicode"

	"github.com/invopop/jsonschema"
)

// InvoiceStatus is a filter on invoices. Fiskl's words are capitalised; here
// they are compared without regard to case.
type InvoiceStatus string

// The statuses of invoices, and unpaid for all that wait for money.
const (
	InvoiceDrafts   InvoiceStatus = "draft"
	InvoiceSent     InvoiceStatus = "sent"
	InvoiceOverdue  InvoiceStatus = "overdue"
	InvoicePartial  InvoiceStatus = "partial"
	InvoicePaid     InvoiceStatus = "paid"
	InvoiceRejected InvoiceStatus = "rejected"
	InvoiceUnpaid   InvoiceStatus = "unpaid"
)

// JSONSchema describes the filter to a model.
func (InvoiceStatus) JSONSchema() *jsonschema.Schema {
	return enum(InvoiceDrafts, InvoiceSent, InvoiceOverdue, InvoicePartial, InvoicePaid, InvoiceRejected, InvoiceUnpaid)
}

// QuoteStatus is a filter on quotes.
type QuoteStatus string

// JSONSchema describes the filter to a model.
func (QuoteStatus) JSONSchema() *jsonschema.Schema {
	return enum("draft", "sent", "accepted", "rejected", "converted")
}

// ProductType tells goods from services; Fiskl never lets it change.
type ProductType string

// JSONSchema describes the type to a model.
func (ProductType) JSONSchema() *jsonschema.Schema { return enum("product", "service") }

func enum(words ...any) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Enum: words}
}

// headed puts a filter in front of what it filters: "overdue" and "invoices"
// make "Overdue invoices".
func headed(filter, noun string) string {
	s := strings.TrimSpace(filter + " " + noun)
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}
