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

// Coverage says which invoices figures are of. What is owed is owed at a day,
// whenever it was invoiced.
type Coverage struct {
	AsOf   Date   `json:"as_of,omitempty" jsonschema_description:"Day of what is outstanding and overdue"`
	Covers string `json:"covers" jsonschema_description:"Which invoices the figures are of"`
}

// Day is the day of what is owed.
func (c Coverage) Day() Date { return c.AsOf }

// Ours names what the figures are of.
func (Coverage) Ours() []string { return []string{"covers"} }

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
	Coverage
	Rows []TopClient `json:"rows" jsonschema_description:"Largest first"`
}

var _ interface {
	Headed
	Worded
	Dated
	Monied
} = TopClients{}

// Heading names the answer.
func (t TopClients) Heading() string { return "Top clients by amount " + t.By }

// PeriodArgs ask for a summary of a period.
type PeriodArgs struct{ Period }

// InvoiceTotals is what invoices come to, in the base currency.
type InvoiceTotals struct {
	Range
	Coverage
	Currency         string `json:"currency" jsonschema_description:"Base currency, ISO 4217"`
	Outstanding      Money  `json:"outstanding" jsonschema_description:"Unpaid of all dates, overdue included"`
	Overdue          Money  `json:"overdue" jsonschema_description:"Of that, past due"`
	Paid             Money  `json:"paid" jsonschema_description:"Paid of the invoices dated in the period"`
	OutstandingCount int    `json:"outstanding_count,omitempty" jsonschema_description:"Number of invoices"`
	OverdueCount     int    `json:"overdue_count,omitempty" jsonschema_description:"Number of invoices"`
	PaidCount        int    `json:"paid_count,omitempty" jsonschema_description:"Number of invoices"`
}

var _ interface {
	Headed
	Worded
	Dated
	Monied
} = InvoiceTotals{}

// Heading names the answer.
func (InvoiceTotals) Heading() string { return "Invoice totals" }

// PaymentSpeed is how fast clients pay.
type PaymentSpeed struct {
	Range
	DaysToPay   string `json:"average_days_to_pay,omitempty" jsonschema_description:"From invoice date to last payment; absent when nothing was paid"`
	PaidInFull  int    `json:"invoices_settled_in_period" jsonschema_description:"Paid in full by a payment in the period, whenever invoiced: how many were averaged"`
	DaysOverdue string `json:"average_days_late,omitempty" jsonschema_description:"From due date to last payment, or to today; absent when nothing was late"`
	EverLate    int    `json:"invoices_late_paid_or_not" jsonschema_description:"Due in the period and late, paid since or not: how many were averaged"`
	Covers      string `json:"covers" jsonschema_description:"Which invoices were averaged"`

	Clients     []ClientSpeed `json:"clients,omitempty" jsonschema_description:"With detail only: the latest payers first; derived here"`
	ClientsNote string        `json:"clients_note,omitempty" jsonschema_description:"What the clients have to be read with"`
}

// ClientSpeed is how fast one client pays. The averages are of the same invoices
// as those of all clients, and computed here.
type ClientSpeed struct {
	Client   string `json:"client" jsonschema_description:"Client name"`
	ClientID ID     `json:"client_id" jsonschema_description:"Id"`
	DaysLate string `json:"average_days_late,omitempty" jsonschema_description:"As above"`
	Late     int    `json:"invoices_late_paid_or_not" jsonschema_description:"As above"`
	Days     string `json:"average_days_to_pay,omitempty" jsonschema_description:"As above"`
	Settled  int    `json:"invoices_settled_in_period" jsonschema_description:"As above"`
	Overdue  int    `json:"overdue_count" jsonschema_description:"Of the late ones, how many are unpaid today"`
}

// SpeedArgs ask how fast clients pay.
type SpeedArgs struct {
	Period
	Detail bool `json:"detail,omitempty" jsonschema_description:"Each client"`
}

var _ interface {
	Headed
	Worded
} = PaymentSpeed{}

// Ours names what the averages are of.
func (PaymentSpeed) Ours() []string { return []string{"covers", "clients_note"} }

// Heading names the answer.
func (PaymentSpeed) Heading() string { return "Payment speed" }
