package sandbox

import (
	"net/http"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
)

func invoiceOperations() []operation {
	return []operation{
		get("/v1/invoices", "listInvoices", "invoice.read", listInvoices),
		get("/v1/invoices/{id}", "getInvoice", "invoice.read", getInvoice),
		post("/v1/invoices/preview", "previewInvoice", "invoice.write", previewInvoice),
		post("/v1/invoices", "createInvoice", "invoice.write", createInvoice),
		put("/v1/invoices/{id}", "updateInvoice", "invoice.write", updateInvoice),
		post("/v1/invoices/{id}/send", "sendInvoice", "invoice.send", sendInvoice),
		post("/v1/invoices/{id}/mark-paid", "markInvoicePaid", "payment.write", markInvoicePaid),
	}
}

func listInvoices(c *call) (answer, error) {
	q, err := invoiceQuery(c)
	if err != nil {
		return answer{}, err
	}
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	return list(c, b.Invoices(q), orders[books.InvoiceHead]{
		"id":          by(func(x books.InvoiceHead) int64 { return x.ID }),
		"created":     byTime(func(x books.InvoiceHead) time.Time { return x.Created }),
		"updated":     byTime(func(x books.InvoiceHead) time.Time { return x.Updated }),
		"invoiceDate": by(func(x books.InvoiceHead) books.Date { return x.InvoiceDate }),
		"dueDate":     by(func(x books.InvoiceHead) books.Date { return x.DueDate }),
		"number":      by(func(x books.InvoiceHead) string { return x.Number }),
		"total":       by(func(x books.InvoiceHead) books.Minor { return x.Total }),
	})
}

func invoiceQuery(c *call) (q books.InvoiceQuery, err error) {
	if word := c.query.Get("status"); word != "" {
		if q.Status, err = books.InvoiceStatus(word); err != nil {
			return q, err
		}
	}
	if q.ClientID, err = c.number("clientId"); err != nil {
		return q, err
	}
	q.Start, q.End, err = c.dates()
	return q, err
}

func getInvoice(c *call) (answer, error) { return one(c, (*books.Books).Invoice) }

func previewInvoice(c *call) (answer, error) {
	a, err := made(c, (*books.Books).PreviewInvoice)
	a.status = http.StatusOK // Nothing was created.
	return a, err
}

func createInvoice(c *call) (answer, error) {
	replayed := false
	a, err := made(c, func(b *books.Books, in books.InvoiceInput) (books.Invoice, error) {
		inv, existed, err := b.CreateInvoice(c.key.actor, in)
		replayed = existed
		return inv, err
	})
	if replayed {
		a.status = http.StatusOK
	}
	return a, err
}

func updateInvoice(c *call) (answer, error) {
	return changed(c, func(b *books.Books, id int64, in books.InvoiceInput) (books.Invoice, error) {
		return b.UpdateInvoice(c.key.actor, id, in)
	})
}

func sendInvoice(c *call) (answer, error) {
	return one(c, func(b *books.Books, id int64) (books.Invoice, error) { return b.SendInvoice(c.key.actor, id) })
}

func markInvoicePaid(c *call) (answer, error) {
	return one(c, func(b *books.Books, id int64) (books.Invoice, error) { return b.MarkPaid(c.key.actor, id) })
}
