package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func insights(api *fisklapi.Client) []Tool {
	return []Tool{
		read("get_top_clients", "Clients by amount paid in a period, owed or overdue today, with tax.", api.Insights.TopClients, fisklapi.OpGetTopClients),
		read("get_invoice_totals", "Owed and overdue today, and paid in a period.", api.Insights.InvoiceTotals, fisklapi.OpGetInvoiceTotals),
		read("get_payment_speed", "Average days to payment and days late.", api.Insights.PaymentSpeed, fisklapi.OpGetDaysToPay, fisklapi.OpGetDaysOverdue),
	}
}
