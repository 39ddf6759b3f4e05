package fisklapi

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"strconv"
)

// pager reads the pages of one query in order.
type pager[W any] struct {
	ahead *ahead
	c     *Client
	op    Operation
	query url.Values
	open  func(answer) (envelope[W], error)

	left  int // rows that are known to follow; 0 where that is not known
	asked int // the index of the first page that was not asked for

	tail  []W  // the last page that was read
	at    int  // its index
	read  int  // pages that were read
	total int  // rows that the API says the list has; not positive where it says nothing
	moved bool // the API said one number of rows, and then another
	early bool // pages came side by side

	head  any    // first record of the page before
	begun bool   // a page was read
	doubt string // why the list may go on though nothing more comes

	short int // rows that the API says there are beyond its last page
	size  int // rows that its pages seem to hold, where that is not what was asked for
}

// layout is the number of the first page and how many rows a page holds.
func (p *pager[W]) layout() (first, size int) {
	first, size = p.c.paging.layout(p.op, p.c.dialect)
	if p.size > 0 {
		size = p.size
	}
	return first, size
}

// from returns the records of the list from an offset on, as far as a page
// goes. Whether the list ends with them is asked of ended: it may take another
// request, which is spared where they are enough.
func (p *pager[W]) from(ctx context.Context, offset int, more demand) (rows []W, ended ending, err error) {
	_, size := p.layout()
	n := offset / size
	p.lookAhead(n, size, demand{more.rows + offset - n*size, more.pages, more.bold})
	e, err := p.numbered(ctx, n, size)
	switch {
	case err != nil:
		return nil, nil, err
	case len(e.rows) > size:
		return skip(e.rows, offset), known(true), nil
	}
	if n > 0 && len(e.rows) > 0 {
		p.c.paging.learnSize(p.size) // a page behind a short one: it was short for no other reason
		if p.begun && same(p.head, any(e.rows[0])) {
			rows, last, err := p.repeated(ctx, offset, n, size)
			return rows, known(last), err
		}
	}
	p.note(e.rows)
	p.watch(e, n)
	return skip(e.rows, offset-n*size), func(ctx context.Context) (bool, error) {
		last, err := p.ends(ctx, e, n, size)
		if last {
			p.c.paging.learnLength(p.op, p.query, n*size+len(e.rows))
		}
		return last, err
	}, nil
}

// ending tells whether a list ends with the records that it came with.
type ending func(context.Context) (bool, error)

func known(last bool) ending {
	return func(context.Context) (bool, error) { return last, nil }
}

// numbered reads the page with this index. A first page that is refused is
// tried as number one.
func (p *pager[W]) numbered(ctx context.Context, n, size int) (envelope[W], error) {
	first, _ := p.layout()
	e, err := p.page(ctx, n+first, size)
	if n == 0 && first == 0 && errors.Is(err, Invalid) {
		return p.fromOne(ctx, size, err)
	}
	return e, err
}

func skip[W any](rows []W, n int) []W { return rows[min(n, len(rows)):] }

func (p *pager[W]) note(rows []W) {
	p.begun, p.head = true, nil
	if len(rows) > 0 {
		p.head = rows[0]
	}
}

// fromOne tries the first page as number one: some count so.
func (p *pager[W]) fromOne(ctx context.Context, size int, refused error) (envelope[W], error) {
	e, err := p.page(ctx, 1, size)
	if err != nil {
		return e, refused
	}
	p.c.paging.learnFirst(p.op)
	return e, nil
}

// ends tells whether a page is the last one: by what its wrapper says, else by
// how many rows it has.
func (p *pager[W]) ends(ctx context.Context, e envelope[W], n, size int) (bool, error) {
	rows, seen := len(e.rows), n*size+len(e.rows)
	told := e.page.Last != nil
	p.left = e.page.Total - seen
	switch {
	case told && *e.page.Last:
		return true, nil
	case rows == 0:
		p.short = max(0, e.page.Total-seen)
		return true, nil
	case told, e.page.Total > seen:
		return p.goesOn(ctx, e, n, size)
	case e.page.Total == seen:
		return true, nil
	default:
		return p.byLength(ctx, e.rows, n, size)
	}
}

// goesOn takes a page that is said not to be the last for that. A short first one
// shows how many rows a page holds.
func (p *pager[W]) goesOn(ctx context.Context, e envelope[W], n, size int) (bool, error) {
	switch rows := len(e.rows); {
	case rows == size:
	case n == 0:
		p.size = rows
	default:
		return p.behind(ctx, n+1, size, e.page.Total-n*size-rows)
	}
	return false, nil
}

// behind looks for a page behind a short one that is not said to be the last.
// Where there is none, the list is short of what it says it has. Where there is
// one, its pages are of different lengths, and a place in it cannot be told by
// counting rows.
func (p *pager[W]) behind(ctx context.Context, n, size, short int) (bool, error) {
	next, err := p.numbered(ctx, n, size)
	switch {
	case errors.Is(err, Invalid), errors.Is(err, NotFound), err == nil && len(next.rows) == 0:
		p.short = max(0, short)
		return true, nil
	case err != nil:
		return false, err
	default:
		return false, &Error{Kind: Unexpected, Endpoint: p.c.endpoints[p.op], Message: "its pages have different numbers of rows, so the list cannot be read to its end"}
	}
}

// fewestRows is how many rows the pages of any API hold at least. Fewer are all
// there are.
const fewestRows = 5

// byLength tells whether a page of which nothing is said is the last one: a short
// one is (documented), unless the API gives smaller pages than it is asked for.
func (p *pager[W]) byLength(ctx context.Context, rows []W, n, size int) (bool, error) {
	switch {
	case len(rows) == size:
		if size == pageSize {
			p.c.paging.prove()
		}
		return false, nil
	case n > 0, len(rows) < fewestRows:
		return true, nil
	case p.c.paging.ends(p.op, len(rows), p.c.now()):
		p.doubt = p.c.paging.doubt(p.op, len(rows))
		return true, nil
	default:
		return p.probe(ctx, rows, size)
	}
}

// probe asks for a second page behind a short first one, as an API may give
// smaller pages than it is asked for.
func (p *pager[W]) probe(ctx context.Context, rows []W, size int) (bool, error) {
	first, _ := p.layout()
	next, err := p.page(ctx, 1+first, size)
	if errors.Is(err, Invalid) || errors.Is(err, NotFound) {
		next, err = envelope[W]{}, nil // there is no such page
	}
	switch {
	case err != nil:
		return false, err
	case len(next.rows) == 0:
		p.c.paging.learnWhole(p.op, len(rows), p.c.now(), "")
		return true, nil
	case same(any(rows[0]), any(next.rows[0])):
		return p.unpaged(ctx, rows)
	default:
		p.c.paging.learnSize(len(rows))
		return false, nil
	}
}

// unpaged looks at a list whose first page and second are the same. It counts
// pages from one and takes zero for that, or it came whole and is not paged at
// all. How many rows an API gives where its parameters are not understood is a
// round number, as a rule: of so many it is not known whether they are all.
func (p *pager[W]) unpaged(ctx context.Context, rows []W) (bool, error) {
	next, err := p.page(ctx, 2, len(rows))
	if err == nil && len(next.rows) > 0 && !same(any(rows[0]), any(next.rows[0])) {
		p.c.paging.learnFirst(p.op)
		p.size = len(rows)
		return false, nil
	}
	if len(rows)%roundRows == 0 {
		p.doubt = "this API did not take the parameters page and size, and gave a round number of rows: there may be more"
	}
	p.c.paging.learnWhole(p.op, len(rows), p.c.now(), p.doubt)
	return true, nil
}

// roundRows divides the numbers of rows at which servers cut their pages.
const roundRows = 5

// repeated reads on where a page was the one before once more: pages may count
// from one, with zero for the first as well, or the page parameter is ignored,
// and then the whole list is asked for in one page.
func (p *pager[W]) repeated(ctx context.Context, offset, n, size int) ([]W, bool, error) {
	if n == 1 {
		next, err := p.page(ctx, 2, size)
		if err == nil && (len(next.rows) == 0 || !same(p.head, any(next.rows[0]))) {
			p.c.paging.learnFirst(p.op)
			p.note(next.rows)
			last, err := p.ends(ctx, next, n, size)
			return next.rows, last, err
		}
	}
	all, err := p.page(ctx, 0, maxRows+1)
	if err != nil || len(all.rows) <= offset || len(all.rows) > maxRows || len(all.rows)%roundRows == 0 {
		return nil, false, endless(p.c.endpoints[p.op])
	}
	return skip(all.rows, offset), true, nil
}

// page reads one page by its number.
func (p *pager[W]) page(ctx context.Context, number, size int) (envelope[W], error) {
	query, dated := p.asks(number, size)
	got, early, err := p.ahead.page(ctx, p.op, query)
	if first, _ := p.layout(); early && number > first {
		p.early = true
	}
	if dated && errors.Is(err, Invalid) {
		got, err = p.undated(ctx, query, err)
	}
	if err != nil {
		return envelope[W]{}, err
	}
	if _, known := p.c.paging.fact(p.op, takesDates); dated && !known {
		p.c.paging.learn(p.op, takesDates, true)
	}
	return p.open(got)
}

// asks is the query of a page, and whether it is not known that the API takes
// its days.
func (p *pager[W]) asks(number, size int) (query url.Values, dated bool) {
	if query = maps.Clone(p.query); query == nil {
		query = url.Values{}
	}
	query.Set("page", strconv.Itoa(number))
	query.Set("size", strconv.Itoa(size))
	return query, p.c.allDates(p.op, query)
}

// endless describes a list whose pages repeat.
func endless(e Endpoint) error {
	return &Error{Kind: Unexpected, Endpoint: e, Message: "it gave the same page twice, so the list cannot be read to its end"}
}
