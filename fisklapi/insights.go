package fisklapi

import (
	"cmp"
	"context"
	"net/url"
	"strconv"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Insights reads Fiskl's short summaries of invoicing.
type Insights struct{ c *Client }

const defaultTop = 5

// TopClients returns the clients with the largest paid, outstanding or overdue
// amounts.
//
//	GET /v1/insights/top-clients
func (s Insights) TopClients(ctx context.Context, in schemas.TopClientsArgs) (schemas.TopClients, error) {
	covered, err := s.c.Periods.OrDefault(ctx, in.Period)
	if err != nil {
		return schemas.TopClients{}, err
	}
	by := cmp.Or(in.By, "paid")
	query := url.Values{"by": {capitalised(string(by))}, "limit": {strconv.Itoa(cmp.Or(in.Limit, defaultTop))}}
	span(query, covered)
	all, err := do[[]struct {
		ClientID   id    `json:"clientId"`
		ClientName text  `json:"clientName"`
		Currency   text  `json:"currency"`
		Amount     int64 `json:"amount"`
		Invoices   int   `json:"invoices"`
	}](ctx, s.c, request{op: OpGetTopClients, query: query})
	if err != nil {
		return schemas.TopClients{}, err
	}
	out := schemas.TopClients{By: string(by), Range: covered, Rows: make([]schemas.TopClient, 0, len(all))}
	for _, w := range all {
		out.Rows = append(out.Rows, schemas.TopClient{
			Client: string(w.ClientName), ClientID: w.ClientID.key, Amount: s.c.minor.decimal(w.Amount, string(w.Currency)),
			Currency: string(w.Currency), Invoices: w.Invoices,
		})
	}
	return out, nil
}

// InvoiceTotals returns what invoices of a period come to.
//
//	GET /v1/insights/invoice-totals
func (s Insights) InvoiceTotals(ctx context.Context, in schemas.PeriodArgs) (schemas.InvoiceTotals, error) {
	covered, err := s.c.Periods.OrDefault(ctx, in.Period)
	if err != nil {
		return schemas.InvoiceTotals{}, err
	}
	query := url.Values{}
	span(query, covered)
	w, err := do[struct {
		Currency         text  `json:"currency"`
		Outstanding      int64 `json:"outstanding"`
		Paid             int64 `json:"paid"`
		Overdue          int64 `json:"overdue"`
		OutstandingCount int   `json:"outstandingCount"`
		PaidCount        int   `json:"paidCount"`
		OverdueCount     int   `json:"overdueCount"`
	}](ctx, s.c, request{op: OpGetInvoiceTotals, query: query})
	if err != nil {
		return schemas.InvoiceTotals{}, err
	}
	currency := string(w.Currency)
	return schemas.InvoiceTotals{
		Range: covered, Currency: currency, Outstanding: s.c.minor.decimal(w.Outstanding, currency),
		Overdue: s.c.minor.decimal(w.Overdue, currency), Paid: s.c.minor.decimal(w.Paid, currency),
		OutstandingCount: w.OutstandingCount, OverdueCount: w.OverdueCount, PaidCount: w.PaidCount,
	}, nil
}

type wireAverage struct {
	AverageDays number `json:"averageDays"`
	Invoices    int    `json:"invoices"`
}

// PaymentSpeed returns how many days clients take to pay, and how many days
// late invoices run.
//
//	GET /v1/insights/days-to-pay
//	GET /v1/insights/days-overdue
func (s Insights) PaymentSpeed(ctx context.Context, in schemas.PeriodArgs) (schemas.PaymentSpeed, error) {
	covered, err := s.c.Periods.OrDefault(ctx, in.Period)
	if err != nil {
		return schemas.PaymentSpeed{}, err
	}
	query := url.Values{}
	span(query, covered)
	paid, err := do[wireAverage](ctx, s.c, request{op: OpGetDaysToPay, query: query})
	if err != nil {
		return schemas.PaymentSpeed{}, err
	}
	late, err := do[wireAverage](ctx, s.c, request{op: OpGetDaysOverdue, query: query})
	return schemas.PaymentSpeed{
		Range: covered, DaysToPay: string(paid.AverageDays), PaidInvoices: paid.Invoices,
		DaysOverdue: string(late.AverageDays), OverdueInvoices: late.Invoices,
	}, err
}
