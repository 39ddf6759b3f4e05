package books

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// The statuses of an invoice. Draft, Sent and Rejected are kept; the others follow from dates and payments.
const (
	Draft    = "Draft"
	Sent     = "Sent"
	Overdue  = "Overdue"
	Partial  = "Partial"
	Paid     = "Paid"
	Rejected = "Rejected"
)

// InvoiceStatuses are all statuses of an invoice.
func InvoiceStatuses() []string { return []string{Draft, Sent, Overdue, Partial, Paid, Rejected} }

// InvoiceHead is an invoice without its lines, as lists show it.
type InvoiceHead struct {
	ID          int64     `json:"id,omitempty"`
	ExternalID  string    `json:"externalId,omitempty"`
	Number      string    `json:"number,omitempty"`
	Status      string    `json:"status,omitempty"`
	ClientID    int64     `json:"clientId"`
	ClientName  string    `json:"clientName"`
	ClientEmail string    `json:"clientEmail,omitempty"`
	InvoiceDate Date      `json:"invoiceDate"`
	DueDate     Date      `json:"dueDate"`
	Currency    string    `json:"currency"`
	Subtotal    Minor     `json:"subtotal"`
	TaxTotal    Minor     `json:"taxTotal"`
	Total       Minor     `json:"total"`
	Paid        Minor     `json:"paid"`
	Outstanding Minor     `json:"outstanding"`
	Notes       string    `json:"notes,omitempty"`
	SentAt      time.Time `json:"sentAt,omitzero"`
	Created     time.Time `json:"created,omitzero"`
	Updated     time.Time `json:"updated,omitzero"`
}

// Invoice is an invoice with its lines.
type Invoice struct {
	InvoiceHead
	Items []Item     `json:"items"`
	Taxes []TaxTotal `json:"taxes,omitempty"`

	rate     decimal.Decimal // Base currency for one of the invoice's, fixed when it was made.
	openBase Minor           // What is still due of it in accounts receivable, in the base currency.
}

// InvoiceInput is what a caller may say about an invoice. Totals, number and status are the server's to say.
type InvoiceInput struct {
	ExternalID  string      `json:"externalId"`
	ClientID    int64       `json:"clientId"`
	InvoiceDate Date        `json:"invoiceDate"`
	DueDate     Date        `json:"dueDate"`
	Currency    string      `json:"currency"`
	Notes       string      `json:"notes"`
	Items       []ItemInput `json:"items"`
}

// InvoiceQuery narrows a list of invoices; zero fields do not narrow it.
type InvoiceQuery struct {
	Status     string
	ClientID   int64
	Start, End Date // Of the invoice date, inclusive.
}

// Invoices lists what the query matches, in the order invoices were made.
func (b *Books) Invoices(q InvoiceQuery) []InvoiceHead {
	today := b.Today()
	out := []InvoiceHead{}
	for _, inv := range b.invoices.rows {
		if q.ClientID != 0 && inv.ClientID != q.ClientID || !within(inv.InvoiceDate, q.Start, q.End) {
			continue
		}
		head := b.head(inv, today)
		if q.Status == "" || head.Status == q.Status {
			out = append(out, head)
		}
	}
	return out
}

// Invoice finds one invoice.
func (b *Books) Invoice(id int64) (Invoice, error) {
	inv, err := b.invoices.get(KindInvoice, id)
	if err != nil {
		return Invoice{}, err
	}
	return b.shown(inv), nil
}

// ExternalInvoice finds the invoice a caller made under its own reference.
func (b *Books) ExternalInvoice(externalID string) (Invoice, bool) {
	id, ok := b.external[externalID]
	if !ok {
		return Invoice{}, false
	}
	inv, err := b.Invoice(id)
	return inv, err == nil
}

// shown is an invoice as the API shows it today.
func (b *Books) shown(inv Invoice) Invoice {
	inv.InvoiceHead = b.head(&inv, b.Today())
	return inv
}

// head works out what of an invoice depends on the day: its status. A draft shows the client's present e-mail address,
// because that is where it would go; what was sent keeps the address it was sent to.
func (b *Books) head(inv *Invoice, today Date) InvoiceHead {
	h := inv.InvoiceHead
	if client, err := b.Clients.Get(h.ClientID); err == nil && (h.Status == Draft || h.ClientEmail == "") {
		h.ClientEmail = client.Email
	}
	h.Outstanding = h.Total - h.Paid
	switch {
	case h.Status == Rejected:
		h.Outstanding = 0
	case h.Status != Sent:
	case h.Outstanding == 0:
		h.Status = Paid
	case h.DueDate < today:
		h.Status = Overdue
	case h.Paid > 0:
		h.Status = Partial
	}
	return h
}

// InvoiceStatus reads a status in any case; the older word Open means Draft.
func InvoiceStatus(word string) (string, error) {
	if strings.EqualFold(word, "Open") {
		return Draft, nil
	}
	for _, status := range InvoiceStatuses() {
		if strings.EqualFold(word, status) {
			return status, nil
		}
	}
	return "", refuse("status: %q is none of %s", word, strings.Join(InvoiceStatuses(), ", "))
}

func within(day, start, end Date) bool {
	return (start == "" || day >= start) && (end == "" || day <= end)
}
