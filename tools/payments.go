package tools

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func payments(api *fisklapi.Client) []Tool {
	return []Tool{
		read("list_payments", "List payments received in a period (default Fiskl's own) or on an invoice. Not bill payments.", api.Payments.List, fisklapi.OpListPayments),
		read("get_payment", "Get one payment and how its invoice stands now.", api.Payments.Get, fisklapi.OpGetPayment),
		record("record_payment", "Record money received on an invoice, in part or whole. Overpayments are refused. "+needsYes, api.Payments.PlanRecord, paid, fisklapi.OpGetInvoice, fisklapi.OpRecordPayment),
	}
}

// paid is the payment, or what it would be while nothing was done.
func paid(u schemas.Unconfirmed, p fisklapi.Pending[schemas.Payment], done schemas.Payment) schemas.PaymentOutcome {
	if u.NotDone != "" {
		done = schemas.Payment{
			Amount: p.Write.Amount, Currency: p.Write.Currency, Date: p.Write.Date, Client: p.Invoice.Client,
			Invoice: p.Invoice.Number, InvoiceID: p.Invoice.ID, InvoiceStatus: p.Invoice.Status,
			InvoiceTotal: p.Invoice.Total, Outstanding: p.Invoice.Outstanding,
		}
	}
	return schemas.PaymentOutcome{Unconfirmed: u, Payment: done}
}
