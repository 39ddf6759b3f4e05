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

type wireTopClient struct {
	ClientID   id     `json:"clientId"   form:"required"`
	ClientName text   `json:"clientName" form:"required"`
	Currency   text   `json:"currency"   form:"required"`
	Amount     *int64 `json:"amount"     form:"required"`
	Invoices   int    `json:"invoices"   form:"somewhere"`
}

type wireInvoiceTotals struct {
	Currency         text   `json:"currency"         form:"required"`
	Outstanding      *int64 `json:"outstanding"      form:"required"`
	Paid             *int64 `json:"paid"             form:"required"`
	Overdue          *int64 `json:"overdue"          form:"required"`
	OutstandingCount int    `json:"outstandingCount" form:"soft"`
	PaidCount        int    `json:"paidCount"        form:"soft"`
	OverdueCount     int    `json:"overdueCount"     form:"soft"`
}

// ofPeriod reads a summary that does not say which days it is of.
func ofPeriod[T any](ctx context.Context, c *Client, op Operation, query url.Values) (T, error) {
	var none T
	a, err := c.send(ctx, request{op: op, query: query})
	if err != nil {
		return none, err
	}
	out, err := read[T](c, a)
	if err == nil {
		err = c.keepsTo(ctx, op, query, a.body)
	}
	if err != nil {
		return none, err
	}
	return out, nil
}

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
	all, err := ofPeriod[[]wireTopClient](ctx, s.c, OpGetTopClients, query)
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
	w, err := ofPeriod[wireInvoiceTotals](ctx, s.c, OpGetInvoiceTotals, query)
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
	AverageDays number `json:"averageDays" form:"unless=invoices"`
	Invoices    *int   `json:"invoices"    form:"required"`
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
	paid, err := ofPeriod[wireAverage](ctx, s.c, OpGetDaysToPay, query)
	if err != nil {
		return schemas.PaymentSpeed{}, err
	}
	late, err := ofPeriod[wireAverage](ctx, s.c, OpGetDaysOverdue, query)
	return schemas.PaymentSpeed{
		Range: covered, DaysToPay: string(paid.AverageDays), PaidInvoices: whole(paid.Invoices),
		DaysOverdue: string(late.AverageDays), OverdueInvoices: whole(late.Invoices),
	}, err
}
