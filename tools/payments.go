package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func payments(api *fisklapi.Client) []Tool {
	return []Tool{
		read("list_payments", "List payments received in a period, Fiskl's default one if none is given. Bill payments are not included.", api.Payments.List, fisklapi.OpListPayments),
		read("get_payment", "Get one payment and how its invoice stands now.", api.Payments.Get, fisklapi.OpGetPayment),
		record("record_payment", "Record money received on an invoice, in part or whole. Overpayments are refused. Cannot be undone here: show the person invoice, amount and date and get their yes first.", api.Payments.Record, fisklapi.OpGetInvoice, fisklapi.OpRecordPayment),
	}
}
