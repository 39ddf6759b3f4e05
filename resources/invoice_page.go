package resources

import (
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// invoicePage is an invoice as a person reads it. Texts that people typed
// stand in it fenced and escaped.
func invoicePage(i *schemas.Invoice, company string) string {
	lines := render.Table{Title: "Lines", Columns: []render.Column{
		{Name: "name", Kind: render.Text},
		{Name: "quantity", Kind: render.Number},
		{Name: "unit", Kind: render.Text},
		{Name: "price", Kind: render.Money},
		{Name: "net", Kind: render.Money},
		{Name: "tax", Kind: render.Money},
		{Name: "total", Kind: render.Money},
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
	return render.Markdown(render.Document{
		Title:  "Invoice " + schemas.Name(i.Number),
		Facts:  invoiceFacts(i, company),
		Tables: []render.Table{lines, invoiceTotals(i)},
	})
}

func invoiceFacts(i *schemas.Invoice, company string) []render.Fact {
	late, complete := "", "true"
	if i.DaysLate > 0 {
		late = strconv.Itoa(i.DaysLate)
	}
	if i.ItemsOmitted > 0 {
		complete = "false: " + strconv.Itoa(i.ItemsOmitted) + " lines are left out; the totals cover them"
	}
	return render.Stated(
		render.Fact{Name: "company", Value: schemas.Fence(company)},
		render.Fact{Name: "client", Value: strings.TrimSpace(schemas.Fence(i.Client) + " (id " + string(i.ClientID) + ")")},
		render.Fact{Name: "status", Value: schemas.Fence(i.Status)},
		render.Fact{Name: "date", Value: string(i.InvoiceDate)},
		render.Fact{Name: "due_date", Value: string(i.DueDate)},
		render.Fact{Name: "days_late", Value: late},
		render.Fact{Name: "currency", Value: i.Currency},
		render.Fact{Name: "notes", Value: noted(i.Notes)},
		render.Fact{Name: "complete", Value: complete},
	)
}

func noted(notes string) string {
	if notes == "" {
		return ""
	}
	return schemas.QuotedWhole(notes)
}

func invoiceTotals(i *schemas.Invoice) render.Table {
	t := render.Table{Title: "Totals in " + i.Currency, Columns: []render.Column{{Name: "total", Kind: render.Text}, {Name: "amount", Kind: render.Money}}}
	t.Rows = append(t.Rows, []string{"before tax", string(i.Subtotal)})
	for _, tax := range i.Taxes {
		t.Rows = append(t.Rows, []string{"tax: " + schemas.Fence(tax.Name), string(tax.Amount)})
	}
	t.Rows = append(t.Rows,
		[]string{"tax in all", string(i.TaxTotal)},
		[]string{"total", string(i.Total)},
		[]string{"paid", string(i.Paid)},
		[]string{"outstanding", string(i.Outstanding)},
	)
	return t
}
