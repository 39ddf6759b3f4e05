package review

import "github.com/fiskl-mcp/fiskl-mcp/schemas"

// repeatedInvoices finds invoices to one client over the same amount within a
// few days.
func repeatedInvoices(b *Books) (out []finding) {
	var entries []entry
	for _, i := range b.Invoices {
		if i.Status != "Rejected" {
			entries = append(entries, entry{i.Client, i.Total, i.Currency, "", i.InvoiceDate, ofInvoice(i, i.Status), ""})
		}
	}
	for _, pair := range b.pairs(entries, near) {
		out = append(out, b.twice(pair, schemas.SeverityMedium, "two invoices to one client over the same amount, "+daysApart(pair)))
	}
	return out
}
