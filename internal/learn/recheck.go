package learn

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// Problem is something that was learned and no longer holds.
type Problem struct {
	Operation fisklapi.Operation `json:"operation"`
	Says      string             `json:"says"`
}

// rechecks is the most requests that a recheck makes.
const rechecks = 15

// Recheck reads the operations that matter most as a dialect has them, and says
// what of it no longer holds. It makes 15 requests at most. What cannot be
// asked is passed over: whether the API answers is for others to say.
func Recheck(ctx context.Context, source Source, d *dialect.Dialect, o Options) []Problem {
	s := newSession(source, o)
	s.most = rechecks
	s.apply(d)
	c := recheck{session: s, dialect: d}
	for _, op := range []fisklapi.Operation{
		fisklapi.OpListInvoices, fisklapi.OpListClients, fisklapi.OpListAccounts, fisklapi.OpListQuotes, fisklapi.OpListProducts,
	} {
		c.one(ctx, op, nil, s.page(nil, 0))
	}
	for _, op := range []fisklapi.Operation{fisklapi.OpListTaxes, fisklapi.OpGetCompany} {
		c.one(ctx, op, nil, nil)
	}
	s.period()
	if rows := s.readings[fisklapi.OpListInvoices].rows(); len(rows) > 0 {
		c.one(ctx, fisklapi.OpGetInvoice, []string{text(rows[0], "id")}, nil)
	}
	for _, op := range []fisklapi.Operation{
		fisklapi.OpGetProfitAndLoss, fisklapi.OpGetBalanceSheet, fisklapi.OpGetTrialBalance, fisklapi.OpGetTaxReport, fisklapi.OpGetReceivablesAging,
	} {
		p := pair{name(d, op, "start"), name(d, op, "end")}
		q := p.query(s.start, s.end)
		if op != fisklapi.OpGetProfitAndLoss && op != fisklapi.OpGetTaxReport {
			q.Del(p.start)
		}
		c.one(ctx, op, nil, q)
	}
	return c.problems
}

// name is the name of a parameter; ours where the API has none, for then it is
// ignored.
func name(d *dialect.Dialect, op fisklapi.Operation, ours string) string {
	if theirs, ok := d.Parameter(string(op), ours); ok {
		return theirs
	}
	return ours
}

// apply takes the places and pages of a dialect over.
func (s *session) apply(d *dialect.Dialect) {
	s.pages = d.Pages
	for op, e := range s.endpoints {
		if to := d.Operations[string(op)].Path; to != "" {
			e.Path = to
			s.endpoints[op] = e
		}
	}
}

type recheck struct {
	*session
	dialect  *dialect.Dialect
	problems []Problem
}

// one reads an operation as the dialect has it.
func (c *recheck) one(ctx context.Context, op fisklapi.Operation, ids []string, query url.Values) {
	r := &reading{endpoint: c.endpoints[op], form: fisklapi.FormOf(op), ids: ids, query: query}
	c.readings[op] = r
	body, err := c.ask(ctx, r.endpoint, ids, query)
	if gone(err) && c.dialect.Operations[string(op)].Path != "" {
		c.says(op, "there is nothing at "+r.endpoint.Path)
	}
	if err != nil {
		r.problem = reason(err)
		return
	}
	r.bodies = []*dialect.Node{body}
	m, known := c.dialect.Answer(string(op), r.form, c.places)
	if !known {
		c.infer(r) // its answers are read as they come
	} else {
		r.mapping = m
	}
	c.read(r)
	switch {
	case !known, slices.Contains(c.dialect.Operations[string(op)].Evidence, notUnderstood):
	case r.problem != "":
		c.says(op, "its answer cannot be read: "+r.problem)
	case len(r.missing) > 0:
		c.says(op, "its answer lacks "+r.missing[0])
	}
}

func (c *recheck) says(op fisklapi.Operation, what string) {
	c.problems = append(c.problems, Problem{op, what})
}

// LongestLearning bounds the time that learning takes.
const LongestLearning = 90 * time.Second
