package schemas

import "strings"

// InvoiceRef names one invoice.
type InvoiceRef struct {
	Invoice string `json:"invoice" jsonschema_description:"Number such as INV-0042, or id"`

	// Agreed says that a write to it was agreed to and is about to be made.
	Agreed bool `json:"-"`
}

// InvoiceFilter selects invoices.
type InvoiceFilter struct {
	Status InvoiceStatus `json:"status,omitempty" jsonschema_description:"unpaid: sent, overdue and partial; overdue includes part-paid"`
	Client string        `json:"client,omitempty" jsonschema_description:"Name or id"`
	Search string        `json:"search,omitempty" jsonschema_description:"Words in it"`
	Amount AmountRange   `json:"amount,omitempty" jsonschema_description:"Total: 950, 500..1000"`
	DueBy  Date          `json:"due_by,omitempty" jsonschema_description:"Latest due date"`
	Period
	PageArgs
}

// Line is one line of an invoice to be made: a catalogue product or free text.
type Line struct {
	Product     string   `json:"product,omitempty" jsonschema_description:"Catalogue name or id; fills what is left out"`
	Name        string   `json:"name,omitempty" jsonschema_description:"What is sold"`
	Description string   `json:"description,omitempty" jsonschema_description:"Text under the name"`
	Quantity    Quantity `json:"quantity" jsonschema_description:"Decimal"`
	Price       Money    `json:"price,omitempty" jsonschema_description:"Decimal, one unit before tax, in the invoice's currency"`
	Unit        string   `json:"unit,omitempty" jsonschema_description:"Such as hour"`
	Taxes       []string `json:"taxes,omitzero" jsonschema:"minItems=0" jsonschema_description:"Names or ids (list_taxes); [] is none; default the product's"`
}

// NewInvoice is the content of an invoice.
type NewInvoice struct {
	Client string `json:"client" jsonschema_description:"Client name or id"`
	Items  []Line `json:"items" jsonschema:"minItems=1,maxItems=200" jsonschema_description:"Products and services only"`
	InvoiceTerms
}

// InvoiceTerms is the part of an invoice that has defaults.
type InvoiceTerms struct {
	InvoiceDate Date   `json:"date,omitempty" jsonschema_description:"Default today"`
	DueDate     Date   `json:"due_date,omitempty" jsonschema_description:"Default the client's usual"`
	Currency    string `json:"currency,omitempty" jsonschema_description:"Default the client's"`
	Notes       string `json:"notes,omitempty" jsonschema_description:"Printed on the invoice"`
}

// InvoiceDraft is an invoice to be created.
type InvoiceDraft struct {
	NewInvoice
	ExternalID string
}

// InvoiceOrder asks for an invoice by the preview that the person saw, or by
// its content.
type InvoiceOrder struct {
	PreviewToken string `json:"preview_token,omitempty" jsonschema_description:"Of preview_invoice; then leave the content out"`
	Client       string `json:"client,omitempty" jsonschema_description:"Client name or id"`
	Items        []Line `json:"items,omitempty" jsonschema:"minItems=1,maxItems=200" jsonschema_description:"Products and services only"`
	InvoiceTerms
	ExternalID string `json:"external_id,omitempty" jsonschema_description:"Default from the content; a new one makes an equal second invoice"`
}

// Draft is the content that was given.
func (o InvoiceOrder) Draft() InvoiceDraft {
	return InvoiceDraft{NewInvoice: NewInvoice{Client: o.Client, Items: o.Items, InvoiceTerms: o.InvoiceTerms}, ExternalID: o.ExternalID}
}

// InvoicePatch is what changes in a draft invoice; what is absent stays.
type InvoicePatch struct {
	InvoiceRef
	Client      *string `json:"client,omitempty" jsonschema_description:"Client name or id"`
	Items       *[]Line `json:"items,omitempty" jsonschema:"minItems=1,maxItems=200" jsonschema_description:"All lines, replaced"`
	InvoiceDate *Date   `json:"date,omitempty" jsonschema_description:"New date"`
	DueDate     *Date   `json:"due_date,omitempty" jsonschema_description:"New date"`
	Notes       *string `json:"notes,omitempty" jsonschema_description:"Printed on the invoice"`
	Clearing
}

// InvoiceRow is an invoice in a list. Amounts are in its currency.
type InvoiceRow struct {
	ID          ID     `json:"id" jsonschema_description:"Id"`
	Number      string `json:"number" jsonschema_description:"Number as printed"`
	Status      string `json:"status" jsonschema_description:"Draft, Sent, Overdue, Partial, Paid or Rejected"`
	Client      string `json:"client" jsonschema_description:"Client name"`
	InvoiceDate Date   `json:"date" jsonschema_description:"Invoice date"`
	DueDate     Date   `json:"due_date,omitempty" jsonschema_description:"Due date"`
	DaysLate    int    `json:"days_late,omitempty" jsonschema_description:"Days past due with a balance left"`
	Outstanding Money  `json:"outstanding" jsonschema_description:"Unpaid part"`
	Total       Money  `json:"total" jsonschema_description:"Total with tax"`
	Currency    string `json:"currency" jsonschema_description:"ISO 4217 code"`

	// ClientID is the client's id. Models are not told of it.
	ClientID ID `json:"-"`
}

// InvoiceList is the answer to list_invoices.
type InvoiceList struct {
	Status InvoiceStatus `json:"status,omitempty" jsonschema_description:"Filter used"`
	Client string        `json:"client,omitempty" jsonschema_description:"Filter used: the client's name"`
	Search string        `json:"search,omitempty" jsonschema_description:"Filter used: in number, client, notes or the name of a line"`
	Amount AmountRange   `json:"amount,omitempty" jsonschema_description:"Filter used: totals"`
	DueBy  Date          `json:"due_by,omitempty" jsonschema_description:"Filter used: due on or before"`
	Range
	AsOf Date `json:"as_of" jsonschema_description:"The company's today, which days_late counts from"`
	Page[InvoiceRow]
	Sums []Sum `json:"row_sums" jsonschema_description:"What the rows of this answer come to, a currency each"`
}

var (
	_ interface {
		Headed
		Dated
		Monied
		Addressed
	} = InvoiceList{}
	_ Cuttable = (*InvoiceList)(nil)
)

// Heading names the answer.
func (l InvoiceList) Heading() string { return headed(string(l.Status), "invoices") }

// Day is the day that days_late counts to.
func (l InvoiceList) Day() Date { return l.AsOf }

// Cut keeps the first n rows and sums them anew.
func (l *InvoiceList) Cut(n int) {
	l.Page.Cut(n)
	l.Sums = SumInvoices(l.Rows)
}

// SumInvoices adds rows up, a currency each.
func SumInvoices(rows []InvoiceRow) []Sum {
	var s summer
	for _, r := range rows {
		billed, owed := r.Total, r.Outstanding
		if r.Status == "Draft" || r.Status == "Rejected" {
			billed, owed = "", ""
		}
		s.add(r.Currency, r.Total, billed, owed)
	}
	return s.sums()
}

// LineTotal is one line of an invoice or quote as Fiskl computed it. Amounts
// are in the document's currency.
type LineTotal struct {
	Name        string   `json:"name" jsonschema_description:"What is sold"`
	Description string   `json:"description,omitempty" jsonschema_description:"Text under the name"`
	Quantity    Quantity `json:"quantity" jsonschema_description:"Decimal"`
	Unit        string   `json:"unit,omitempty" jsonschema_description:"Unit"`
	Price       Money    `json:"price" jsonschema_description:"For one unit before tax"`
	Net         Money    `json:"net" jsonschema_description:"Before tax"`
	Tax         Money    `json:"tax" jsonschema_description:"Tax"`
	Total       Money    `json:"total" jsonschema_description:"With tax"`
	Taxes       []string `json:"taxes,omitempty" jsonschema_description:"Names of the taxes"`
	ProductID   ID       `json:"product_id,omitempty" jsonschema_description:"Catalogue item it came from"`
}

// Lines are the lines of a document. An answer that would be too long leaves
// the last of them out and says how many.
type Lines struct {
	Items        []LineTotal `json:"items" jsonschema_description:"Lines"`
	ItemsOmitted int         `json:"items_omitted,omitempty" jsonschema_description:"Lines left out because the answer would be too long; the totals cover them"`
}

// Len returns the number of lines.
func (l *Lines) Len() int { return len(l.Items) }

// Cut keeps the first n lines and counts the others.
func (l *Lines) Cut(n int) {
	if n >= len(l.Items) || n < 1 {
		return
	}
	l.ItemsOmitted += len(l.Items) - n
	l.Items = l.Items[:n]
}

// TaxTotal is what one tax comes to on a document.
type TaxTotal struct {
	Name   string `json:"name" jsonschema_description:"Tax"`
	Rate   string `json:"rate,omitempty" jsonschema_description:"Percent"`
	Net    Money  `json:"net,omitempty" jsonschema_description:"Amount taxed"`
	Amount Money  `json:"amount" jsonschema_description:"Tax"`
}

// Amounts is what Fiskl computed for a document, in its currency.
type Amounts struct {
	Currency string     `json:"currency" jsonschema_description:"ISO 4217 code; every amount here is in it"`
	Subtotal Money      `json:"subtotal" jsonschema_description:"Before tax"`
	TaxTotal Money      `json:"tax_total" jsonschema_description:"Tax"`
	Total    Money      `json:"total" jsonschema_description:"With tax"`
	Taxes    []TaxTotal `json:"taxes,omitempty" jsonschema_description:"Tax by tax"`
}

// Invoice is one invoice with its lines and taxes.
type Invoice struct {
	ID          ID     `json:"id,omitempty" jsonschema_description:"Id; a preview has none"`
	Number      string `json:"number,omitempty" jsonschema_description:"Number as printed; a preview has none"`
	Status      string `json:"status" jsonschema_description:"Draft, Sent, Overdue, Partial, Paid or Rejected"`
	Client      string `json:"client" jsonschema_description:"Client name"`
	ClientID    ID     `json:"client_id" jsonschema_description:"Client id"`
	ClientEmail string `json:"client_email,omitempty" jsonschema_description:"Where send_invoice e-mails it"`
	InvoiceDate Date   `json:"date" jsonschema_description:"Invoice date"`
	DueDate     Date   `json:"due_date,omitempty" jsonschema_description:"Due date"`
	DaysLate    int    `json:"days_late,omitempty" jsonschema_description:"Days past due with a balance left"`
	Paid        Money  `json:"paid" jsonschema_description:"Paid so far"`
	Outstanding Money  `json:"outstanding" jsonschema_description:"Unpaid part"`
	Amounts
	Lines
	Notes          string `json:"notes,omitempty" jsonschema_description:"Printed on the invoice"`
	ExternalID     string `json:"external_id,omitempty" jsonschema_description:"Reference it was created with"`
	AlreadyExisted bool   `json:"already_existed,omitempty" jsonschema_description:"Nothing new was made: an invoice with this reference was there"`
	SentAt         string `json:"sent_at,omitempty" jsonschema_description:"UTC timestamp"`
	Created        string `json:"created,omitempty" jsonschema_description:"UTC timestamp"`
	Updated        string `json:"updated,omitempty" jsonschema_description:"UTC timestamp"`
	PreviewToken   string `json:"preview_token,omitempty" jsonschema_description:"For create_invoice, once the person agreed to these figures; good for 15 minutes"`
	Written
	OtherFields map[string]any `json:"other_fields,omitempty" jsonschema_description:"Fields of Fiskl's that this server does not know"`
}

var (
	_ interface {
		Headed
		Worded
		Monied
		Footed
		Addressed
	} = Invoice{}
	_ Cuttable = (*Invoice)(nil)
)

// Warnings are sentences, each to be read by itself.
type Warnings []string

// Cell writes them in one cell. They have commas of their own.
func (w Warnings) Cell() string { return strings.Join(w, " · ") }

// Heading names the answer.
func (i Invoice) Heading() string {
	switch {
	case i.ID == "":
		return "Preview of an invoice to " + i.Client + ", nothing saved"
	case i.AlreadyExisted:
		return "Invoice " + i.Number + " to " + i.Client + ", which existed already: nothing new was made"
	default:
		return "Invoice " + i.Number + " to " + i.Client
	}
}
