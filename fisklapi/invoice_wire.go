package fisklapi

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// wireTotal is what a document comes to, in minor units of its currency.
type wireTotal struct {
	Currency text   `json:"currency" form:"required"`
	Total    *int64 `json:"total" form:"required"`
}

// wireAmounts is how Fiskl computes that.
type wireAmounts struct {
	Subtotal *int64         `json:"subtotal" form:"required"`
	TaxTotal *int64         `json:"taxTotal" form:"required"`
	Taxes    []wireTaxTotal `json:"taxes"`
	Items    []wireLine     `json:"items" form:"required"`
}

type wireTaxTotal struct {
	TaxID  id     `json:"taxId"`
	Name   text   `json:"name"`
	Rate   number `json:"rate"`
	Net    *int64 `json:"net"`
	Amount *int64 `json:"amount" form:"required"`
}

type wireLine struct {
	ProductID   id             `json:"productId"`
	Name        text           `json:"name" form:"required"`
	Description prose          `json:"description"`
	Quantity    number         `json:"quantity" form:"required"`
	Unit        text           `json:"unit"`
	Price       *int64         `json:"price" form:"required"`
	Net         *int64         `json:"net" form:"required"`
	Tax         *int64         `json:"tax" form:"required"`
	Total       *int64         `json:"total" form:"required"`
	Taxes       []wireTaxTotal `json:"taxes"`
	TaxIDs      []id           `json:"taxIds"`
}

func (w wireAmounts) amounts(m MinorUnits, come wireTotal) schemas.Amounts {
	currency := string(come.Currency)
	a := schemas.Amounts{
		Currency: currency, Subtotal: m.decimal(w.Subtotal, currency),
		TaxTotal: m.decimal(w.TaxTotal, currency), Total: m.decimal(come.Total, currency),
	}
	for _, t := range w.Taxes {
		a.Taxes = append(a.Taxes, schemas.TaxTotal{
			Name: string(t.Name), Rate: string(t.Rate), Net: m.decimal(t.Net, currency), Amount: m.decimal(t.Amount, currency),
		})
	}
	return a
}

func (w wireAmounts) lines(m MinorUnits, currency string) []schemas.LineTotal {
	lines := make([]schemas.LineTotal, 0, len(w.Items))
	for _, l := range w.Items {
		line := schemas.LineTotal{
			Name: string(l.Name), Description: string(l.Description), Quantity: schemas.Quantity(l.Quantity), Unit: string(l.Unit),
			Price: m.decimal(l.Price, currency), Net: m.decimal(l.Net, currency), Tax: m.decimal(l.Tax, currency),
			Total: m.decimal(l.Total, currency), ProductID: l.ProductID.key,
		}
		for _, t := range l.Taxes {
			line.Taxes = append(line.Taxes, string(t.Name))
		}
		lines = append(lines, line)
	}
	return lines
}

func (wireLine) checks() []string { return []string{"total = net + tax"} }

func (wireAmounts) checks() []string {
	return []string{"subtotal = sum(items.net)", "taxTotal = sum(items.tax)"}
}

// wireListed is what a list shows of an invoice. To decode the rest of each
// would take as long again.
type wireListed struct {
	wireTotal
	ID          id     `json:"id" form:"required"`
	Number      text   `json:"number" form:"required"`
	Status      text   `json:"status" form:"required,words=invoice"`
	ClientID    id     `json:"clientId" form:"required"`
	ClientName  text   `json:"clientName" form:"somewhere"`
	InvoiceDate day    `json:"invoiceDate" form:"required"`
	DueDate     day    `json:"dueDate" form:"somewhere"`
	Paid        *int64 `json:"paid" form:"required"`
	Outstanding *int64 `json:"outstanding" form:"required"`
	Notes       prose  `json:"notes"`
}

type wireInvoice struct {
	wireListed
	wireAmounts
	ExternalID  text `json:"externalId"`
	ClientEmail text `json:"clientEmail"`
	SentAt      text `json:"sentAt"`
	Created     text `json:"created"`
	Updated     text `json:"updated"`
}

func (wireInvoice) checks() []string {
	return append([]string{"total = subtotal + taxTotal", "outstanding = total - paid"}, wireAmounts{}.checks()...)
}

// draft is the status of what was not sent yet.
const draft = "Draft"

// openDraft is Fiskl's older word for it. A list is filtered by one word at a time,
// so which of the two it is has to stay known.
const openDraft = "Open"

// status is Fiskl's word, with its older word for a draft read as Draft.
func (w *wireListed) status() string {
	switch w.Status {
	case "Sent", "Overdue", "Partial", "Paid", draft:
		return string(w.Status)
	}
	if strings.EqualFold(string(w.Status), openDraft) || w.Status == "" {
		return draft
	}
	return capitalised(strings.ToLower(string(w.Status)))
}

// known reports a status of which it is known what it means.
func (w *wireListed) known() bool { return slices.Contains(meanings("invoice"), w.status()) }

// strange warns of a status of which it is not known what it means.
func (w *wireListed) strange() []string {
	if w.known() {
		return nil
	}
	return []string{"its status is not one that this server knows, so whether it is late, or can be changed, is not known either"}
}

// unpaid reports a status under which money can be expected.
func (w *wireListed) unpaid() bool {
	s := w.status()
	return s == "Sent" || s == "Overdue" || s == "Partial"
}

// awaits reports that money is expected: sent in some way and not all paid.
func (w *wireListed) awaits() bool { return w.unpaid() && w.owed() > 0 }

// owed is what is left to pay.
func (w *wireListed) owed() int64 {
	return units(w.Outstanding)
}

func (wireListed) checks() []string { return []string{"outstanding = total - paid"} }

func (w *wireListed) daysLate(today schemas.Date) int {
	due := schemas.Date(w.DueDate)
	if !w.awaits() || due == "" || !due.Before(today) {
		return 0
	}
	return max(0, due.DaysUntil(today))
}

// is holds an invoice against a status filter. Overdue is decided by the due
// date, so that an invoice which Fiskl has not swept yet counts.
func (w *wireListed) is(status schemas.InvoiceStatus, today schemas.Date) bool {
	switch status {
	case "":
		return true
	case schemas.InvoiceUnpaid:
		return w.awaits()
	case schemas.InvoiceOverdue:
		return w.daysLate(today) > 0
	case schemas.InvoicePartial:
		return w.awaits() && units(w.Paid) > 0
	default:
		return strings.EqualFold(w.status(), string(status))
	}
}

func (s Invoices) row(w wireListed, today schemas.Date) schemas.InvoiceRow {
	currency := string(w.Currency)
	return schemas.InvoiceRow{
		ID: w.ID.key, Number: string(w.Number), Status: w.status(), Client: string(w.ClientName),
		InvoiceDate: schemas.Date(w.InvoiceDate), DueDate: schemas.Date(w.DueDate), DaysLate: w.daysLate(today),
		Total: s.c.minor.decimal(w.Total, currency), Outstanding: s.c.minor.decimal(w.Outstanding, currency), Currency: currency,
		ClientID: w.ClientID.key,
	}
}

func (s Invoices) noun(ctx context.Context, r record[wireInvoice]) schemas.Invoice {
	w, currency := r.wire, string(r.wire.Currency)
	s.hint(w.wireListed)
	s.c.directory.hint(recipientOf(w.ID.key), w.ClientID.key, s.c.now())
	return schemas.Invoice{
		ID: w.ID.key, Number: string(w.Number), Status: w.status(), Client: string(w.ClientName), ClientID: w.ClientID.key,
		ClientEmail: string(w.ClientEmail), InvoiceDate: schemas.Date(w.InvoiceDate), DueDate: schemas.Date(w.DueDate),
		DaysLate: w.daysLate(s.c.Companies.Today(ctx)), Paid: s.c.minor.decimal(w.Paid, currency),
		Outstanding: s.c.minor.decimal(w.Outstanding, currency), Amounts: w.amounts(s.c.minor, w.wireTotal),
		Lines: schemas.Lines{Items: w.lines(s.c.minor, currency)}, Notes: string(w.Notes), ExternalID: string(w.ExternalID), SentAt: string(w.SentAt),
		Created: string(w.Created), Updated: string(w.Updated), OtherFields: r.other(),
		Written: schemas.Written{
			Cleared: r.told.Cleared, Unchanged: r.told.Unchanged,
			Warnings: slices.Concat(unitWarning(w.misscaled(w.wireTotal)), w.strange(), r.told.Warnings),
		},
	}
}

// clockSkew is how far Fiskl's clock may be from ours.
const clockSkew = 2 * time.Minute

// untaxed warns of lines without tax. Fiskl's app adds the company's default
// tax by itself, and people expect as much; whether its API does is not
// documented, and the figures show that it did not.
func untaxed(w wireInvoice) []string {
	var lines []string
	for i, l := range w.Items {
		if len(l.Taxes) == 0 && units(l.Tax) == 0 {
			lines = append(lines, strconv.Itoa(i+1))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return []string{"no tax on line " + strings.Join(lines, ", ") + "; name taxes (list_taxes) if there should be any"}
}
