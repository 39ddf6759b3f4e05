package fisklapi

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// speeds gathers how fast each client pays.
type speeds struct {
	covered schemas.Range
	today   schemas.Date
	last    map[schemas.ID]schemas.Date // the last payment of each invoice
	of      map[schemas.ID]*clientDays
}

// clientDays are the days that invoices of a client took and were late.
type clientDays struct {
	row        schemas.ClientSpeed
	took, late int
}

// clients adds how fast each client pays. Fiskl averages over all clients only
// (documented), so it is computed from every payment since the period began and
// from the invoices, and held against Fiskl's own counts.
func (s Insights) clients(ctx context.Context, out *schemas.PaymentSpeed) error {
	all := speeds{covered: out.Range, today: s.c.Companies.Today(ctx), last: make(map[schemas.ID]schemas.Date), of: make(map[schemas.ID]*clientDays)}
	query := url.Values{"sort": {"date,desc"}}
	span(query, schemas.Range{Start: out.Start, End: max(out.End, all.today)})
	var payments schemas.Page[wirePayment]
	var invoices schemas.Page[wireListed]
	whole := schemas.PageArgs{Limit: maxPages * pageSize, On: true}
	err := s.c.Together(ctx,
		func(ctx context.Context) (err error) {
			payments, err = listing[wirePayment, wirePayment]{
				op: OpListPayments, asks: []ask[wirePayment]{{query: query}},
				row: func(w wirePayment) (wirePayment, bool) { return w, true }, id: func(w wirePayment) schemas.ID { return w.ID.key },
			}.read(ctx, s.c, whole)
			return err
		},
		func(ctx context.Context) (err error) {
			invoices, err = listing[wireListed, wireListed]{
				op: OpListInvoices, asks: invoiceFilter{}.asks(),
				row: func(w wireListed) (wireListed, bool) { return w, true }, id: func(w wireListed) schemas.ID { return w.ID.key },
			}.read(ctx, s.c, whole)
			return err
		},
	)
	if err != nil {
		return err
	}
	for _, p := range payments.Rows {
		all.last[p.InvoiceID.key] = max(all.last[p.InvoiceID.key], schemas.Date(p.Date))
	}
	for i := range invoices.Rows {
		all.add(&invoices.Rows[i])
	}
	all.tell(out, payments.Complete && invoices.Complete)
	return nil
}

// add counts an invoice where it was settled in the period, and where it was due
// in the period and late.
func (s *speeds) add(w *wireListed) {
	paid, settled := s.last[w.ID.key]
	settled = settled && w.owed() == 0
	due := schemas.Date(w.DueDate)
	c := s.of[w.ClientID.key]
	if c == nil {
		c = &clientDays{row: schemas.ClientSpeed{Client: string(w.ClientName), ClientID: w.ClientID.key}}
		s.of[w.ClientID.key] = c
	}
	if settled && s.within(paid) {
		c.row.Settled++
		c.took += schemas.Date(w.InvoiceDate).DaysUntil(paid)
	}
	if due == "" || !s.within(due) {
		return
	}
	late := w.daysLate(s.today)
	if late > 0 {
		c.row.Overdue++
	} else if settled {
		late = due.DaysUntil(paid)
	}
	if late > 0 {
		c.row.Late++
		c.late += late
	}
}

func (s *speeds) within(d schemas.Date) bool {
	return !d.Before(s.covered.Start) && !s.covered.End.Before(d)
}

// tell writes the clients into an answer, the latest payers first, and says where
// they do not come to what Fiskl counts.
func (s *speeds) tell(out *schemas.PaymentSpeed, complete bool) {
	settled, late := 0, 0
	out.Clients = []schemas.ClientSpeed{}
	for _, c := range s.of {
		if c.row.Settled == 0 && c.row.Late == 0 {
			continue
		}
		settled, late = settled+c.row.Settled, late+c.row.Late
		c.row.Days, c.row.DaysLate = average(c.took, c.row.Settled), average(c.late, c.row.Late)
		out.Clients = append(out.Clients, c.row)
	}
	slices.SortFunc(out.Clients, func(a, b schemas.ClientSpeed) int {
		return cmp.Or(days(b.DaysLate).Cmp(days(a.DaysLate)), days(b.Days).Cmp(days(a.Days)), strings.Compare(a.Client, b.Client))
	})
	switch {
	case !complete:
		out.ClientsNote = "NOT complete: the company has more invoices or payments than one call reads, so clients may be missing; take a shorter period"
	case settled != out.PaidInFull || late != out.EverLate:
		out.ClientsNote = fmt.Sprintf("the clients come to %d invoices settled and %d late where Fiskl counts %d and %d", settled, late, out.PaidInFull, out.EverLate)
	}
}

// average is a mean to one decimal; empty where there is nothing to average.
func average(sum, count int) string {
	if count == 0 {
		return ""
	}
	return decimal.NewFromInt(int64(sum)).DivRound(decimal.NewFromInt(int64(count)), 1).StringFixed(1)
}

// days is a mean that was written; none counts as zero.
func days(s string) decimal.Decimal {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return decimal.Zero
	}
	return d
}
