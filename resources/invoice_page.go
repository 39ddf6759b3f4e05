package resources

import (
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/sheet"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// invoicePage is an invoice as a person reads it. Texts that people typed
// stand in it fenced and escaped.
func invoicePage(i *schemas.Invoice, company string) string {
	lines := sheet.Table{Title: "Lines", Columns: []sheet.Column{
		{Name: "name", Kind: sheet.Text},
		{Name: "quantity", Kind: sheet.Number},
		{Name: "unit", Kind: sheet.Text},
		{Name: "price", Kind: sheet.Number},
		{Name: "net", Kind: sheet.Number},
		{Name: "tax", Kind: sheet.Number},
		{Name: "total", Kind: sheet.Number},
	}}
	for _, l := range i.Items {
		name := schemas.Fence(l.Name)
		if l.Description != "" {
			name += " " + schemas.QuotedWhole(l.Description)
		}
		lines.Rows = append(lines.Rows, []string{
			name, string(l.Quantity), schemas.Fence(l.Unit), string(l.Price), string(l.Net), string(l.Tax), string(l.Total),
		})
	}
	return sheet.Markdown(sheet.Document{
		Title:  "Invoice " + schemas.Name(i.Number),
		Facts:  invoiceFacts(i, company),
		Tables: []sheet.Table{lines, invoiceTotals(i)},
	})
}

func invoiceFacts(i *schemas.Invoice, company string) []sheet.Fact {
	late, complete := "", "true"
	if i.DaysLate > 0 {
		late = strconv.Itoa(i.DaysLate)
	}
	if i.ItemsOmitted > 0 {
		complete = "false: " + strconv.Itoa(i.ItemsOmitted) + " lines are left out; the totals cover them"
	}
	var facts []sheet.Fact
	for _, f := range []sheet.Fact{
		{Name: "company", Value: schemas.Fence(company)},
		{Name: "client", Value: strings.TrimSpace(schemas.Fence(i.Client) + " (id " + string(i.ClientID) + ")")},
		{Name: "status", Value: schemas.Fence(i.Status)},
		{Name: "invoice_date", Value: string(i.InvoiceDate)},
		{Name: "due_date", Value: string(i.DueDate)},
		{Name: "days_late", Value: late},
		{Name: "currency", Value: i.Currency},
		{Name: "notes", Value: noted(i.Notes)},
		{Name: "complete", Value: complete},
	} {
		if f.Value != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

func noted(notes string) string {
	if notes == "" {
		return ""
	}
	return schemas.QuotedWhole(notes)
}

func invoiceTotals(i *schemas.Invoice) sheet.Table {
	t := sheet.Table{Title: "Totals in " + i.Currency, Columns: []sheet.Column{{Name: "total", Kind: sheet.Text}, {Name: "amount", Kind: sheet.Number}}}
	t.Rows = append(t.Rows, []string{"before tax", string(i.Subtotal)})
	for _, tax := range i.Taxes {
		t.Rows = append(t.Rows, []string{"tax: " + schemas.Fence(tax.Name), string(tax.Amount)})
	}
	return sheet.Table{Title: t.Title, Columns: t.Columns, Rows: append(t.Rows,
		[]string{"tax in all", string(i.TaxTotal)},
		[]string{"total", string(i.Total)},
		[]string{"paid", string(i.Paid)},
		[]string{"outstanding", string(i.Outstanding)},
	)}
}
