package schemas

import "github.com/invopop/jsonschema"

// Ranking is what clients are ranked by.
type Ranking string

// JSONSchema describes the ranking to a model.
func (Ranking) JSONSchema() *jsonschema.Schema { return enum("paid", "outstanding", "overdue") }

// TopClientsArgs ask for the clients with the largest amounts.
type TopClientsArgs struct {
	By Ranking `json:"by,omitempty" jsonschema_description:"Default paid"`
	Period
	Limit int `json:"limit,omitempty" jsonschema:"minimum=1,maximum=50" jsonschema_description:"Default 5"`
}

// TopClient is one client in a ranking.
type TopClient struct {
	Client   string `json:"client" jsonschema_description:"Client name"`
	ClientID ID     `json:"client_id" jsonschema_description:"Id"`
	Amount   Money  `json:"amount" jsonschema_description:"In the base currency"`
	Currency string `json:"currency" jsonschema_description:"ISO 4217 code"`
	Invoices int    `json:"invoices,omitempty" jsonschema_description:"Number of invoices"`
}

// TopClients is the answer to get_top_clients.
type TopClients struct {
	By string `json:"by" jsonschema_description:"What they are ranked by"`
	Range
	Rows []TopClient `json:"rows" jsonschema_description:"Largest first"`
}

// Heading names the answer.
func (t TopClients) Heading() string { return "Top clients by amount " + t.By }

// PeriodArgs ask for a summary of a period.
type PeriodArgs struct{ Period }

// InvoiceTotals is what invoices come to, in the base currency.
type InvoiceTotals struct {
	Range
	Currency         string `json:"currency" jsonschema_description:"Base currency, ISO 4217"`
	Outstanding      Money  `json:"outstanding" jsonschema_description:"Unpaid, overdue included"`
	Overdue          Money  `json:"overdue" jsonschema_description:"Unpaid and past due"`
	Paid             Money  `json:"paid" jsonschema_description:"Paid"`
	OutstandingCount int    `json:"outstanding_count,omitempty" jsonschema_description:"Number of invoices"`
	OverdueCount     int    `json:"overdue_count,omitempty" jsonschema_description:"Number of invoices"`
	PaidCount        int    `json:"paid_count,omitempty" jsonschema_description:"Number of invoices"`
}

// Heading names the answer.
func (InvoiceTotals) Heading() string { return "Invoice totals" }

// PaymentSpeed is how fast clients pay.
type PaymentSpeed struct {
	Range
	DaysToPay       string `json:"average_days_to_pay,omitempty" jsonschema_description:"From invoice date to payment; absent when nothing was paid"`
	PaidInvoices    int    `json:"paid_invoices" jsonschema_description:"How many were averaged"`
	DaysOverdue     string `json:"average_days_overdue,omitempty" jsonschema_description:"Past the due date; absent when nothing was late"`
	OverdueInvoices int    `json:"overdue_invoices" jsonschema_description:"How many were averaged"`
}

// Heading names the answer.
func (PaymentSpeed) Heading() string { return "Payment speed" }
