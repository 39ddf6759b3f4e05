package fisklapi

import (
	"context"
	"fmt"
	"math"
	"net/url"
)

// collect reads every record of a list, to look for one among them.
func collect[W any](ctx context.Context, c *Client, op Operation, query url.Values) ([]W, error) {
	var all []W
	err := through(ctx, c, op, query, demand{rows: allOfIt}, func(w W) bool {
		all = append(all, w)
		return true
	})
	return all, err
}

// scan reads a list record by record until more returns false. A list longer
// than maxPages is an error: the record that is looked for, or another of its
// name, may lie in what was not read.
func scan[W any](ctx context.Context, c *Client, op Operation, query url.Values, more func(W) bool) error {
	return through(ctx, c, op, query, demand{rows: 1}, more)
}

// through goes through a list, of which so much is likely to be wanted.
func through[W any](ctx context.Context, c *Client, op Operation, query url.Values, likely demand, more func(W) bool) error {
	pages := newAhead(ctx, c)
	defer pages.close()
	p := &pager[W]{ahead: pages, c: c, op: op, query: query, open: func(a answer) (envelope[W], error) { return open[W](c, a) }}
	if op == OpListTaxes {
		p.askSecond() // nobody has as many taxes as fill a page
	}
	offset := 0
	for n := range maxPages {
		likely.pages = maxPages - n
		rows, ended, err := p.from(ctx, offset, likely)
		if err != nil {
			return err
		}
		for _, w := range rows {
			if !more(w) {
				return nil
			}
		}
		last, err := ended(ctx)
		if err != nil {
			return err
		}
		p.taken(n+1, offset, len(rows), last, math.MaxInt).report(ctx)
		if last && p.doubt != "" {
			return &Error{Kind: Unexpected, Endpoint: c.endpoints[op], Message: p.doubt}
		}
		if last {
			return p.sure(ctx)
		}
		offset += len(rows)
		likely.rows = allOfIt // what is looked for was not on the first page
	}
	return &Error{Kind: Ambiguous, Endpoint: c.endpoints[op], Message: fmt.Sprintf(
		"only the first %d records of the list were looked through, and more may follow, so which one is meant is not certain", maxPages*pageSize,
	)}
}

// sure refuses a list that changed while it was looked through.
func (p *pager[W]) sure(ctx context.Context) (err error) {
	moved := p.moved
	if !moved && p.unchecked() {
		moved, err = p.changed(ctx)
	}
	if err == nil && moved {
		err = &Error{Kind: Ambiguous, Endpoint: p.c.endpoints[p.op], Message: changedMeanwhile}
	}
	return err
}
