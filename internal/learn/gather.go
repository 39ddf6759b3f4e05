package learn

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// rowsAsked is the size of the pages that are asked for, as the client asks.
const rowsAsked = 50

// gather asks every operation that reads, those first that need to know least.
func (s *session) gather(ctx context.Context) {
	s.get(ctx, fisklapi.OpGetPermissions, nil, nil)
	for _, op := range []fisklapi.Operation{fisklapi.OpListDatePeriods, fisklapi.OpGetCompany, fisklapi.OpListTaxes} {
		s.get(ctx, op, nil, nil)
	}
	for _, op := range []fisklapi.Operation{
		fisklapi.OpListClients, fisklapi.OpListAccounts, fisklapi.OpListInvoices, fisklapi.OpListVendors,
		fisklapi.OpListProducts, fisklapi.OpListQuotes, fisklapi.OpListChanges,
	} {
		s.list(ctx, op, nil)
	}
	if !s.anything() {
		return // what else there is would be refused, too
	}
	s.again()
	s.period()
	s.tryDates(ctx)
	s.payments(ctx)
	s.records(ctx)
	s.reports(ctx)
}

// get asks an operation where it should be, and where else it may be.
func (s *session) get(ctx context.Context, op fisklapi.Operation, ids []string, query url.Values) *reading {
	r := s.readings[op]
	if r == nil {
		r = &reading{endpoint: s.endpoints[op], form: fisklapi.FormOf(op), ids: ids, query: query}
		s.readings[op] = r
		s.order = append(s.order, op)
	}
	body, err := s.ask(ctx, r.endpoint, ids, query)
	if gone(err) && len(r.bodies) == 0 {
		body, err = s.elsewhere(ctx, r)
	}
	switch {
	case err != nil && len(r.bodies) == 0:
		r.problem = reason(err)
	case err == nil && r.form != nil:
		s.keep(r, body)
	case err == nil:
		r.bodies = append(r.bodies, body)
	}
	return r
}

// list asks for the first page of a list.
func (s *session) list(ctx context.Context, op fisklapi.Operation, query url.Values) *reading {
	r := s.get(ctx, op, nil, s.page(query, 0))
	if len(r.bodies) > 0 || s.over != nil || s.pages.First == 1 {
		return r
	}
	e := r.endpoint
	if body, err := s.ask(ctx, e, nil, s.page(query, 1)); err == nil {
		s.pages.First = 1
		s.note("Pages are counted from 1: page 0 of %s is refused.", op)
		r.query = s.page(query, 0)
		s.keep(r, body)
		return r
	}
	if body, err := s.ask(ctx, e, nil, query); err == nil {
		r.query = query
		s.keep(r, body)
	}
	return r
}

// page is a query for a page, counted from 0.
func (s *session) page(query url.Values, n int) url.Values {
	q := url.Values{}
	maps.Copy(q, query)
	q.Set(or(s.pages.Page, "page"), strconv.Itoa(n+s.pages.First))
	q.Set(or(s.pages.Size, "size"), strconv.Itoa(rowsAsked))
	return q
}

func or(name, otherwise string) string {
	if name == "" {
		return otherwise
	}
	return name
}

// span is the query of the period.
func (s *session) span() url.Values { return s.pair.query(s.start, s.end) }

// period finds three months in which there is something: those before the last
// invoice that is not of the future.
func (s *session) period() {
	today := s.now.Format(isoDay)
	last := ""
	for _, row := range s.readings[fisklapi.OpListInvoices].rows() {
		if d := text(row, "invoiceDate"); d <= today && d > last {
			last = d
		}
	}
	if last == "" || len(last) != len(isoDay) {
		last = today
	}
	s.start, s.end = monthsBefore(last, 3), last
}

// records asks for one record of each kind.
func (s *session) records(ctx context.Context) {
	for _, p := range []struct{ list, get fisklapi.Operation }{
		{fisklapi.OpListInvoices, fisklapi.OpGetInvoice},
		{fisklapi.OpListClients, fisklapi.OpGetClient},
		{fisklapi.OpListVendors, fisklapi.OpGetVendor},
		{fisklapi.OpListQuotes, fisklapi.OpGetQuote},
		{fisklapi.OpListProducts, fisklapi.OpGetProduct},
		{fisklapi.OpListPayments, fisklapi.OpGetPayment},
		{fisklapi.OpListTaxes, fisklapi.OpGetTax},
	} {
		rows := s.telling(p.list)
		for i := range min(len(rows), 2) {
			if p.get != fisklapi.OpGetInvoice && i > 0 {
				break
			}
			s.get(ctx, p.get, []string{text(rows[i], "id")}, nil)
		}
	}
	s.history(ctx)
}

// telling are the records that tell most: those with tax and a balance first.
func (s *session) telling(list fisklapi.Operation) []*dialect.Node {
	rows := slices.DeleteFunc(slices.Clone(s.readings[list].rows()), func(row *dialect.Node) bool { return text(row, "id") == "" })
	weight := func(row *dialect.Node) int {
		w := 0
		for _, name := range []string{"paid", "outstanding", "taxTotal", "total"} {
			if v, ok := amount(row, name); ok && v > 0 {
				w++
			}
		}
		return w
	}
	slices.SortStableFunc(rows, func(a, b *dialect.Node) int { return weight(b) - weight(a) })
	return rows
}

// history asks for the changes of one record.
func (s *session) history(ctx context.Context) {
	for _, row := range s.readings[fisklapi.OpListChanges].rows() {
		if kind, id := text(row, "type"), text(row, "recordId"); kind != "" && id != "" {
			s.get(ctx, fisklapi.OpGetRecordHistory, []string{kind, id}, nil)
			return
		}
	}
}

// reports asks for every report and insight.
func (s *session) reports(ctx context.Context) {
	for _, op := range spanned() {
		s.whole(ctx, op, s.span())
	}
	for _, op := range []fisklapi.Operation{fisklapi.OpGetBalanceSheet, fisklapi.OpGetTrialBalance} {
		s.whole(ctx, op, url.Values{s.pair.end: {s.end}})
	}
	for _, op := range []fisklapi.Operation{fisklapi.OpGetReceivablesAging, fisklapi.OpGetPayablesAging} {
		s.whole(ctx, op, url.Values{s.pair.end: {s.now.Format(isoDay)}})
	}
	for _, op := range []fisklapi.Operation{fisklapi.OpGetGeneralLedger, fisklapi.OpGetTransactionDetail} {
		s.list(ctx, op, s.span())
	}
	s.statement(ctx)
	s.get(ctx, fisklapi.OpGetInvoiceTotals, nil, nil)
}

// whole asks for a report of a period, or for the report as it comes where the
// period is refused.
func (s *session) whole(ctx context.Context, op fisklapi.Operation, query url.Values) {
	r := s.get(ctx, op, nil, query)
	if len(r.bodies) > 0 || s.over != nil {
		return
	}
	body, err := s.ask(ctx, r.endpoint, nil, nil)
	if err != nil {
		return
	}
	r.query = nil
	s.keep(r, body)
	for name := range query {
		if ours := map[string]string{s.pair.start: "start", s.pair.end: "end"}[name]; ours != "" {
			s.parameter(op, ours, "-")
		}
	}
}

// spanned are the operations that tell of a period and have no pages.
func spanned() []fisklapi.Operation {
	return []fisklapi.Operation{
		fisklapi.OpGetProfitAndLoss, fisklapi.OpGetCashFlow, fisklapi.OpGetFinancialRatios, fisklapi.OpGetTaxReport,
		fisklapi.OpGetTopClients, fisklapi.OpGetDaysToPay, fisklapi.OpGetDaysOverdue,
	}
}

// statement asks for the statement of a client who was invoiced in the period.
func (s *session) statement(ctx context.Context) {
	var client string
	for _, row := range s.readings[fisklapi.OpListInvoices].rows() {
		if d := text(row, "invoiceDate"); d >= s.start && d <= s.end || client == "" {
			client = text(row, "clientId")
		}
	}
	if client == "" {
		for _, row := range s.readings[fisklapi.OpListClients].rows() {
			client = text(row, "id")
		}
	}
	if client == "" {
		return
	}
	q := s.span()
	q.Set("clientId", client)
	s.get(ctx, fisklapi.OpGetStatementOfAccount, nil, q)
}

// again solves what was not solved, now that more is known.
func (s *session) again() {
	s.conventions()
	for _, op := range s.order {
		if r := s.readings[op]; r.form != nil && len(r.bodies) > 0 && !r.sound() {
			s.solve(r)
		}
	}
}
