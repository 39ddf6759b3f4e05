package fisklapi

import (
	"cmp"
	"context"
	"fmt"
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
	var a answer
	var other []byte
	err := c.Together(ctx,
		func(ctx context.Context) (err error) { a, err = c.send(ctx, request{op: op, query: query}); return err },
		func(ctx context.Context) (err error) { other, err = c.elsewhere(ctx, op, query); return err },
	)
	if err != nil {
		return none, err
	}
	out, err := read[T](c, a)
	if err == nil {
		err = c.keepsTo(op, a.body, other)
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
	covered, about := s.covers(ctx, by, covered, !in.IsZero())
	query := url.Values{"by": {capitalised(string(by))}, "limit": {strconv.Itoa(cmp.Or(in.Limit, defaultTop))}}
	span(query, covered)
	all, err := ofPeriod[[]wireTopClient](ctx, s.c, OpGetTopClients, query)
	if err != nil {
		return schemas.TopClients{}, err
	}
	out := schemas.TopClients{By: string(by), Range: covered, Coverage: about, Rows: make([]schemas.TopClient, 0, len(all))}
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
	today := s.c.Companies.Today(ctx)
	of, always := url.Values{}, url.Values{}
	span(of, covered)
	span(always, everything(today))
	w, err := ofPeriod[wireInvoiceTotals](ctx, s.c, OpGetInvoiceTotals, of)
	if err != nil {
		return schemas.InvoiceTotals{}, err
	}
	owed, err := ofPeriod[wireInvoiceTotals](ctx, s.c, OpGetInvoiceTotals, always)
	if err != nil {
		return schemas.InvoiceTotals{}, err
	}
	currency := string(w.Currency)
	return schemas.InvoiceTotals{
		Range: covered, Currency: currency, Outstanding: s.c.minor.decimal(owed.Outstanding, currency),
		Overdue: s.c.minor.decimal(owed.Overdue, currency), Paid: s.c.minor.decimal(w.Paid, currency),
		OutstandingCount: owed.OutstandingCount, OverdueCount: owed.OverdueCount, PaidCount: w.PaidCount,
		Coverage: schemas.Coverage{AsOf: today, Covers: fmt.Sprintf("outstanding and overdue are of all invoices of the last ten years, as of %s; paid is of those dated %s to %s", today, covered.Start, covered.End)},
	}, nil
}

// everything is the days of which an invoice that is owed can be: as many as
// Fiskl takes in one question, which is ten years (inferred for these summaries).
func everything(today schemas.Date) schemas.Range {
	all := schemas.LongestUntil(today)
	return schemas.Range{Start: all.Start, End: all.End}
}

// covers says which invoices a ranking is of: those of a period for what was
// paid, all of them for what is owed. A client that has owed for a year is not
// one that owes nothing.
func (s Insights) covers(ctx context.Context, by schemas.Ranking, period schemas.Range, given bool) (schemas.Range, schemas.Coverage) {
	if by == "paid" {
		return period, schemas.Coverage{Covers: "invoices dated in the period"}
	}
	today := s.c.Companies.Today(ctx)
	about := schemas.Coverage{AsOf: today, Covers: fmt.Sprintf("all invoices of the last ten years, as of %s", today)}
	if given {
		about.Covers += "; what is owed is owed today, so the period that was asked for does not count"
	}
	return everything(today), about
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
func (s Insights) PaymentSpeed(ctx context.Context, in schemas.SpeedArgs) (schemas.PaymentSpeed, error) {
	covered, err := s.c.Periods.OrDefault(ctx, in.Period)
	if err != nil {
		return schemas.PaymentSpeed{}, err
	}
	query := url.Values{}
	span(query, covered)
	var paid, late wireAverage
	err = s.c.Together(ctx,
		func(ctx context.Context) (err error) {
			paid, err = ofPeriod[wireAverage](ctx, s.c, OpGetDaysToPay, query)
			return err
		},
		func(ctx context.Context) (err error) {
			late, err = ofPeriod[wireAverage](ctx, s.c, OpGetDaysOverdue, query)
			return err
		},
	)
	if err != nil {
		return schemas.PaymentSpeed{}, err
	}
	out := schemas.PaymentSpeed{
		Range: covered, DaysToPay: string(paid.AverageDays), PaidInFull: whole(paid.Invoices),
		DaysOverdue: string(late.AverageDays), EverLate: whole(late.Invoices),
		Covers: "days to pay: invoices paid in full by a payment in the period; days late: invoices due in the period that were or are late, paid since or not",
	}
	if in.Detail {
		err = s.clients(ctx, &out)
	}
	return out, err
}
