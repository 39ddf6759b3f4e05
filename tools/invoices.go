package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func invoices(api *fisklapi.Client) []Tool {
	return []Tool{
		read("list_invoices", "List invoices, newest first, with what is outstanding and how many days late. Sums cover only the rows shown.", api.Invoices.List, fisklapi.OpListInvoices),
		read("get_invoice", "Get one invoice with its lines, taxes and balance.", api.Invoices.Get, fisklapi.OpGetInvoice),
		read("preview_invoice", "Have Fiskl calculate an invoice without saving anything. Show the person its totals before create_invoice with the same content.", api.Invoices.Preview, fisklapi.OpGetClient, fisklapi.OpPreviewInvoice),
		create("create_invoice", "Create a draft invoice; it is not sent. Fiskl numbers it and computes taxes. Same arguments as preview_invoice. Repeating it returns the same invoice, marked already_existed.", api.Invoices.Create, fisklapi.OpGetClient, fisklapi.OpCreateInvoice),
		update("update_invoice", "Change a draft invoice; what is left out stays. Sent or paid ones cannot be changed here (in the app: revert to draft).", api.Invoices.Update, fisklapi.OpGetInvoice, fisklapi.OpUpdateInvoice),
		send("send_invoice", "E-mail an invoice to its client now and mark it sent. Cannot be recalled: first show the person number, recipient and total (get_invoice) and get their yes.", api.Invoices.Send, fisklapi.OpGetInvoice, fisklapi.OpSendInvoice),
		record("mark_invoice_paid", "Record a payment of an invoice's whole outstanding balance, dated today. For another amount or day use record_payment. Cannot be undone here: get the person's yes first.", api.Invoices.MarkPaid, fisklapi.OpGetInvoice, fisklapi.OpMarkInvoicePaid),
	}
}
