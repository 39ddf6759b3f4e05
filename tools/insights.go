package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func insights(api *fisklapi.Client) []Tool {
	return []Tool{
		read("get_top_clients", "Clients ranked by amount paid in a period, or outstanding or overdue today, tax included.", api.Insights.TopClients, fisklapi.OpGetTopClients),
		read("get_invoice_totals", "What is outstanding and overdue today, and what of a period's invoices is paid.", api.Insights.InvoiceTotals, fisklapi.OpGetInvoiceTotals),
		read("get_payment_speed", "Average days to payment and average days overdue.", api.Insights.PaymentSpeed, fisklapi.OpGetDaysToPay, fisklapi.OpGetDaysOverdue),
	}
}
