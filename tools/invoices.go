package tools

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func invoices(c *Catalog) []Tool {
	api := c.api
	return []Tool{
		read("list_invoices", "List invoices, newest first. Sums cover only the rows shown.", api.Invoices.List, fisklapi.OpListInvoices),
		read("get_invoice", "Get one invoice with its lines, taxes and balance.", api.Invoices.Get, fisklapi.OpGetInvoice),
		read("preview_invoice", "Calculate an invoice without saving it. Show the person its totals; if they agree, create_invoice with its preview_token.", c.preview, fisklapi.OpListClients, fisklapi.OpPreviewInvoice),
		create(createInvoice, "Create a draft invoice, exactly as previewed or from its content; it is not sent. Repeating it returns the same invoice, marked already_existed.", c.create, fisklapi.OpListClients, fisklapi.OpCreateInvoice),
		update("update_invoice", "Change a draft invoice; what is left out stays. Sent or paid ones cannot be changed here (in the app: revert to draft).", api.Invoices.Update, fisklapi.OpGetInvoice, fisklapi.OpUpdateInvoice),
		send("send_invoice", "E-mail an invoice to its client now and mark it sent; cannot be recalled. "+needsYes, func(ctx context.Context, in schemas.InvoiceAction) (fisklapi.Pending[schemas.Invoice], error) {
			return api.Invoices.PlanSend(ctx, in.InvoiceRef)
		}, invoiced, fisklapi.OpGetInvoice, fisklapi.OpSendInvoice),
		record("mark_invoice_paid", "Record a payment of an invoice's whole outstanding balance, dated today. For another amount or day use record_payment. "+needsYes, func(ctx context.Context, in schemas.InvoiceAction) (fisklapi.Pending[schemas.Invoice], error) {
			return api.Invoices.PlanMarkPaid(ctx, in.InvoiceRef)
		}, invoiced, fisklapi.OpGetInvoice, fisklapi.OpMarkInvoicePaid),
	}
}

// needsYes tells of the confirmation, whichever form it takes.
const needsYes = "Needs the person's yes: they are asked, or the first call changes nothing and says how to go on."

// invoiced is the invoice afterwards, or as it stands while nothing was done.
func invoiced(u schemas.Unconfirmed, p fisklapi.Pending[schemas.Invoice], done schemas.Invoice) schemas.InvoiceOutcome {
	if u.NotDone != "" {
		done = p.Invoice
	}
	return schemas.InvoiceOutcome{Unconfirmed: u, Invoice: done}
}
