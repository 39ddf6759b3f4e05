package learn

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// pair are the names of the two parameters of a period.
type pair struct{ start, end string }

func (p pair) query(start, end string) url.Values {
	return url.Values{p.start: {start}, p.end: {end}}
}

// pairs are the names that such parameters have, ours first.
func pairs() []pair {
	return []pair{
		{"start", "end"},
		{"from", "to"},
		{"startDate", "endDate"},
		{"start_date", "end_date"},
		{"dateFrom", "dateTo"},
		{"fromDate", "toDate"},
		{"from_date", "to_date"},
		{"date_from", "date_to"},
	}
}

// variant asks an operation once more and reads the answer as before.
func (s *session) variant(ctx context.Context, r *reading, query url.Values) (*reading, error) {
	body, err := s.ask(ctx, r.endpoint, r.ids, query)
	if err != nil {
		return nil, err
	}
	one := &reading{endpoint: r.endpoint, form: r.form, ids: r.ids, query: query, bodies: []*dialect.Node{body}, mapping: r.mapping}
	if s.read(one); one.problem != "" {
		s.solve(one) // it shows what was not there before
	}
	return one, nil
}

// outcome is what came of asking with a parameter.
type outcome int

const (
	ignored outcome = iota
	honoured
	refused
)

// attempt asks with a parameter, and judges by what came whether it was
// honoured.
func (s *session) attempt(ctx context.Context, r *reading, query url.Values, judge func(*reading) bool) (*reading, outcome) {
	one, err := s.variant(ctx, r, query)
	switch {
	case turnedDown(err):
		return nil, refused
	case err != nil || one.problem != "" || !judge(one):
		return nil, ignored
	default:
		return one, honoured
	}
}

// question is a parameter that is looked for under several names.
type question struct {
	op    fisklapi.Operation
	ours  string
	names []string
	query func(name string) url.Values
	judge func(*reading) bool
}

// settleParameter finds the name under which a parameter is honoured. The
// answer under it is returned; nil where there is none.
func (s *session) settleParameter(ctx context.Context, q question) *reading {
	r := s.readings[q.op]
	var first outcome
	for i, name := range slices.Compact(append([]string{q.ours}, q.names...)) {
		if i > 0 && name == q.ours || s.over != nil {
			continue
		}
		one, came := s.attempt(ctx, r, q.query(name), q.judge)
		if i == 0 {
			first = came
		}
		if came != honoured {
			continue
		}
		if name != q.ours {
			s.parameter(q.op, q.ours, name)
			r.proved("the parameter %s is %s: with it the answers differ as they should", q.ours, name)
		}
		return one
	}
	if s.over == nil {
		s.unhonoured(q.op, q.ours, first)
	}
	return nil
}

// unhonoured notes a parameter that has no name under which it is honoured.
func (s *session) unhonoured(op fisklapi.Operation, ours string, came outcome) {
	if came == refused && ours != "status" { // of a status the word may have been refused
		s.parameter(op, ours, "-")
		s.note("%s refuses the parameter %s, and no other name was found under which it is honoured.", op, ours)
		return
	}
	s.note("%s does not honour the parameter %s under any name that was tried.", op, ours)
}

func (s *session) parameter(op fisklapi.Operation, ours, theirs string) {
	if s.parameters[op] == nil {
		s.parameters[op] = make(map[string]string)
	}
	s.parameters[op][ours] = theirs
}

// settlePair finds the names of the parameters of a period.
func (s *session) settlePair(ctx context.Context, r *reading, query func(pair) url.Values, judge func(*reading) bool) bool {
	op := r.endpoint.Operation
	var first outcome
	for i, p := range s.pairsFrom() {
		if s.over != nil {
			return false
		}
		one, came := s.attempt(ctx, r, query(p), judge)
		if i == 0 {
			first = came
		}
		if came == honoured {
			s.named(op, p)
			r.query = query(p)
			r.bodies = append(r.bodies, one.bodies...)
			s.solve(r)
			return true
		}
	}
	s.vain++
	s.unhonoured(op, "start", first)
	s.unhonoured(op, "end", first)
	return false
}

// named notes under which names an operation takes a period.
func (s *session) named(op fisklapi.Operation, p pair) {
	if p != pairs()[0] {
		s.parameter(op, "start", p.start)
		s.parameter(op, "end", p.end)
	} else if s.parameters[op] != nil {
		delete(s.parameters[op], "start")
		delete(s.parameters[op], "end")
	}
}

// pairsFrom are the pairs, that which was found before first.
func (s *session) pairsFrom() []pair {
	all := []pair{s.pair}
	for _, p := range pairs() {
		if p != s.pair {
			all = append(all, p)
		}
	}
	return all
}

// tryDates finds out how invoices are asked for by dates.
func (s *session) tryDates(ctx context.Context) {
	const op = fisklapi.OpListInvoices
	r := s.readings[op]
	day, several := pick(r.rows(), "invoiceDate")
	if !several || s.over != nil {
		return
	}
	before := r.bodies
	found := s.settlePair(ctx, r, func(p pair) url.Values { return s.page(p.query(day, day), 0) }, func(one *reading) bool {
		return only(one.rows(), "invoiceDate", day)
	})
	r.bodies, r.query = before, s.page(nil, 0)
	if names := s.parameters[op]; found && names["start"] != "" {
		s.pair = pair{names["start"], names["end"]}
		r.proved("its period is asked for by %s and %s: the answer holds the day that was asked for and no other", names["start"], names["end"])
	}
	s.solve(r)
}

// payments asks for those of the period, which they may need.
func (s *session) payments(ctx context.Context) {
	r := s.list(ctx, fisklapi.OpListPayments, s.span())
	if len(r.bodies) > 0 {
		s.named(fisklapi.OpListPayments, s.pair)
		return
	}
	if s.over != nil || strings.HasPrefix(r.problem, "HTTP 404") {
		return
	}
	for _, p := range s.pairsFrom()[1:] {
		body, err := s.ask(ctx, r.endpoint, nil, s.page(p.query(s.start, s.end), 0))
		if err == nil {
			r.query = s.page(p.query(s.start, s.end), 0)
			s.keep(r, body)
			s.named(fisklapi.OpListPayments, p)
			return
		}
	}
}

// echoes reports that an answer says itself that it is of the days asked for.
// known is false where it says of no days.
func echoes(one *reading, start, end string) (holds, known bool) {
	if len(one.ours) == 0 {
		return false, false
	}
	o := &one.ours[len(one.ours)-1]
	if asOf := text(o, "asOf"); len(asOf) == len(isoDay) {
		return asOf == end, true
	}
	s, e := text(o, "start"), text(o, "end")
	return s == start && e == end, len(s) == len(isoDay) && len(e) == len(isoDay)
}

func (r *reading) proved(format string, args ...any) {
	r.proofs = append(r.proofs, sentence(format, args...))
}
