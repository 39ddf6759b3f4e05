package fisklapi

import (
	"context"
	"net/url"
)

// takesDates is the fact that a list can be asked for the days that it covers.
const takesDates = "start and end"

// allDates asks for invoices of all days where none are named, as an API may
// have a period of its own for a list without one. It reports a query with days
// of which it is not known yet that the API takes them.
func (c *Client) allDates(op Operation, query url.Values) bool {
	if op != OpListInvoices {
		return false
	}
	takes, known := c.paging.fact(op, takesDates)
	switch {
	case known && !takes:
		query.Del("start")
		query.Del("end")
	case query.Get("start") == "":
		query.Set("start", "2000-01-01")
		query.Set("end", "2099-12-31")
	}
	return !known
}

// undated asks again without days. Rows are held against the days that were
// asked for in any case.
func (p *pager[W]) undated(ctx context.Context, query url.Values, refused error) (answer, error) {
	query.Del("start")
	query.Del("end")
	got, err := p.c.send(ctx, request{op: p.op, query: query})
	if err != nil {
		return got, refused
	}
	p.c.paging.learn(p.op, takesDates, false)
	return got, nil
}
