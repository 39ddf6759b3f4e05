package learn

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

func sentence(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// tryParameters finds out which parameters are honoured, and under which names.
func (s *session) tryParameters(ctx context.Context) {
	for _, op := range append(spanned(), fisklapi.OpGetBalanceSheet, fisklapi.OpGetTrialBalance, fisklapi.OpGetReceivablesAging, fisklapi.OpGetPayablesAging, fisklapi.OpGetGeneralLedger, fisklapi.OpGetTransactionDetail, fisklapi.OpGetStatementOfAccount) {
		s.tryPeriod(ctx, op)
	}
	s.tryClient(ctx)
	s.tryStatus(ctx)
	s.tryBasis(ctx)
	for _, op := range []fisklapi.Operation{fisklapi.OpGetReceivablesAging, fisklapi.OpGetPayablesAging, fisklapi.OpGetTaxReport} {
		s.tryMore(ctx, op, "detail", "true", []string{"details", "detailed", "includeDetails", "expand"})
	}
	for _, op := range []fisklapi.Operation{fisklapi.OpGetProfitAndLoss, fisklapi.OpGetBalanceSheet, fisklapi.OpGetCashFlow} {
		s.tryMore(ctx, op, "compare", "1", []string{"comparison", "compareTo", "comparePeriods", "periods"})
	}
}

// usable reports an operation that was answered.
func (s *session) usable(op fisklapi.Operation) bool {
	r := s.readings[op]
	return r != nil && len(r.bodies) > 0 && r.problem == "" && s.over == nil
}

// tryPeriod finds out whether a report is of the period it was asked for. One
// that does not say so is asked for another, which should differ.
func (s *session) tryPeriod(ctx context.Context, op fisklapi.Operation) {
	if !s.usable(op) {
		return
	}
	r := s.readings[op]
	start, end := s.start, or(r.query.Get(s.pair.end), s.end)
	holds, known := echoes(r, start, end)
	if known && holds {
		if r.query != nil {
			s.named(op, s.pair)
		}
		return
	}
	if s.vain >= 2 {
		s.note("%s was not of the period asked for; no other names were tried.", op)
		return
	}
	query := func(p pair) url.Values { return s.beside(r, p.query(start, end)) }
	if known {
		s.settlePair(ctx, r, query, func(one *reading) bool { holds, _ := echoes(one, start, end); return holds })
		return
	}
	first := string(r.bodies[0].Append(nil))
	end = monthsBefore(s.start, 0)
	start = monthsBefore(end, 3)
	s.settlePair(ctx, r, query, func(one *reading) bool { return string(one.bodies[0].Append(nil)) != first })
}

// beside is a query with what an operation is asked beside it.
func (s *session) beside(r *reading, q url.Values) url.Values {
	for _, name := range []string{"clientId", or(s.pages.Page, "page"), or(s.pages.Size, "size")} {
		if v, ok := r.query[name]; ok {
			q[name] = v
		}
	}
	return q
}

// tryClient finds out how a list is asked for what is one client's.
func (s *session) tryClient(ctx context.Context) {
	for op, member := range map[fisklapi.Operation]string{fisklapi.OpListInvoices: "clientId"} {
		if !s.usable(op) {
			continue
		}
		r := s.readings[op]
		client, several := pick(r.rows(), member)
		if !several {
			continue
		}
		s.settleParameter(ctx, question{
			op: op, ours: "clientId", names: []string{"customerId", "client_id", "customer_id", "contactId", "client", "customer"},
			query: func(name string) url.Values { return s.page(url.Values{name: {client}}, 0) },
			judge: func(one *reading) bool { return only(one.rows(), member, client) },
		})
		if to := s.parameters[op]["clientId"]; to != "" && to != "-" {
			for _, other := range []fisklapi.Operation{fisklapi.OpListPayments, fisklapi.OpGetReceivablesAging, fisklapi.OpGetStatementOfAccount} {
				s.parameter(other, "clientId", to)
			}
			s.again1(ctx, fisklapi.OpGetStatementOfAccount)
		}
	}
}

// again1 asks a statement that needs its client under another name.
func (s *session) again1(ctx context.Context, op fisklapi.Operation) {
	r := s.readings[op]
	if r == nil || len(r.bodies) > 0 {
		return
	}
	client := r.query.Get("clientId")
	r.query = s.span()
	r.query.Set(s.parameters[op]["clientId"], client)
	s.get(ctx, op, nil, r.query)
}

// pick takes the rarest value that a member has; several is false where all
// rows have the same.
func pick(rows []*dialect.Node, member string) (value string, several bool) {
	count := make(map[string]int)
	for _, row := range rows {
		if v := text(row, member); v != "" {
			count[v]++
		}
	}
	for v := range count {
		if value == "" || count[v] < count[value] || count[v] == count[value] && v < value {
			value = v
		}
	}
	return value, len(count) > 1
}

// only reports rows that all have a value.
func only(rows []*dialect.Node, member, value string) bool {
	return len(rows) > 0 && !slices.ContainsFunc(rows, func(row *dialect.Node) bool { return text(row, member) != value })
}

// tryStatus finds out how invoices are asked for by their status.
func (s *session) tryStatus(ctx context.Context) {
	if !s.usable(fisklapi.OpListInvoices) {
		return
	}
	status, several := pick(s.readings[fisklapi.OpListInvoices].rows(), "status")
	if !several {
		return
	}
	s.settleParameter(ctx, question{
		op: fisklapi.OpListInvoices, ours: "status", names: []string{"state", "invoiceStatus", "invoice_status"},
		query: func(name string) url.Values { return s.page(url.Values{name: {status}}, 0) },
		judge: func(one *reading) bool { return only(one.rows(), "status", status) },
	})
}

// tryBasis finds out how reports are asked for on the basis of cash.
func (s *session) tryBasis(ctx context.Context) {
	if !s.usable(fisklapi.OpGetProfitAndLoss) {
		return
	}
	r := s.readings[fisklapi.OpGetProfitAndLoss]
	plain := string(r.bodies[len(r.bodies)-1].Append(nil))
	other := "Cash"
	if text(&r.ours[0], "basis") == other {
		other = "Accrual"
	}
	s.settleParameter(ctx, question{
		op: fisklapi.OpGetProfitAndLoss, ours: "basis", names: []string{"method", "accountingMethod", "accountingBasis", "accounting_method"},
		query: func(name string) url.Values {
			q := url.Values{name: {other}}
			maps.Copy(q, r.query)
			return q
		},
		judge: func(one *reading) bool {
			if b := text(&one.ours[0], "basis"); b != "" {
				return b == other
			}
			return string(one.bodies[0].Append(nil)) != plain
		},
	})
	if to := s.parameters[fisklapi.OpGetProfitAndLoss]["basis"]; to != "" {
		for _, op := range []fisklapi.Operation{fisklapi.OpGetBalanceSheet, fisklapi.OpGetTrialBalance, fisklapi.OpGetFinancialRatios, fisklapi.OpGetGeneralLedger} {
			s.parameter(op, "basis", to)
		}
	}
}

// tryMore asks for what a report shows only when it is asked: what is behind
// its rows, or earlier periods. More than before has to come.
func (s *session) tryMore(ctx context.Context, op fisklapi.Operation, ours, value string, names []string) {
	if !s.usable(op) {
		return
	}
	r := s.readings[op]
	size := len(r.bodies[0].Append(nil))
	if ours == "detail" && s.nothingBehind(r) {
		return
	}
	more := s.settleParameter(ctx, question{
		op: op, ours: ours, names: names,
		query: func(name string) url.Values {
			q := url.Values{name: {value}}
			maps.Copy(q, r.query)
			return q
		},
		judge: func(one *reading) bool { return len(one.bodies[0].Append(nil)) > size+20 },
	})
	if more != nil {
		s.keep(r, more.bodies[0])
	}
}

// nothingBehind reports a report without rows.
func (s *session) nothingBehind(r *reading) bool {
	rows := r.ours[0].Get("rows")
	return rows != nil && len(rows.Items) == 0
}
