package fisklapi

import (
	"context"
	"errors"
	"slices"
)

// reader reads the pages of the queries of a listing, one after the other.
type reader[W any] struct {
	asks   []ask[W]
	pagers []*pager[W] // one for each
	ahead  *ahead
}

func newReader[W, R any](ctx context.Context, c *Client, l listing[W, R]) *reader[W] {
	r := &reader[W]{asks: l.asks, ahead: newAhead(ctx, c)}
	opener := l.open
	if opener == nil {
		opener = func(a answer) (envelope[W], error) { return open[W](c, a) }
	}
	for _, a := range l.asks {
		r.pagers = append(r.pagers, &pager[W]{ahead: r.ahead, c: c, op: l.op, query: a.query, open: opener})
	}
	return r
}

// begin asks for the first pages of those queries that will be read beside the
// one at a position, unless that one alone is likely to have enough.
func (r *reader[W]) begin(pos position, most demand) {
	r.askSeconds(pos, most)
	for i := pos.ask; i < len(r.asks) && most.pages > 1; i++ {
		p := r.pagers[i]
		if i > pos.ask && r.asks[i].wanted() {
			p.askFirst()
			most.pages--
		}
		if most.rows -= p.c.paging.length(p.op, p.query); most.rows <= 0 {
			return
		}
	}
}

// askSeconds asks for the second page of the one query that is wanted whole, or of
// that which is likely to have most rows: behind a short first page it is looked
// for, and behind a full one it is wanted.
func (r *reader[W]) askSeconds(pos position, wanted demand) {
	for i, a := range r.asks {
		whole := len(r.asks) == 1 && pos.offset == 0 && wanted.rows > maxRows
		if whole || i > pos.ask && (a.most || a.rule && !a.idle()) {
			r.pagers[i].askSecond()
		}
	}
}

// wanted reports a query that is read whatever was found before it.
func (a ask[W]) wanted() bool { return !a.last || a.rule && !a.idle() }

// next returns the records of a query from a position on, as far as a page goes,
// and what tells whether the query ends with them.
func (r *reader[W]) next(ctx context.Context, pos position, more demand) (rows []W, ended ending, err error) {
	rows, ended, err = r.pagers[pos.ask].from(ctx, pos.offset, more)
	if r.asks[pos.ask].optional && errors.Is(err, Invalid) {
		return nil, known(true), nil
	}
	return rows, ended, err
}

// moved reports that the list changed while it was read.
func (r *reader[W]) moved(ctx context.Context) (bool, error) {
	var checks []func(context.Context) error
	moved := make([]bool, len(r.pagers))
	for i, p := range r.pagers {
		if p.unchecked() {
			checks = append(checks, func(ctx context.Context) (err error) {
				moved[i], err = p.changed(ctx)
				return err
			})
		}
		moved[i] = p.moved
	}
	err := r.ahead.c.Together(ctx, checks...)
	return slices.Contains(moved, true), err
}
