package fisklapi

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// paging is what was learned of how this API pages its lists. Fiskl documents
// zero-based pages of the size that is asked for, of which a short one is the
// last; what it answers is believed instead.
type paging struct {
	mu     sync.Mutex
	first  map[Operation]int // number of the first page; lists differ in it
	size   int               // rows that a page really holds; 0 means what is asked for
	proven bool              // a page of the size that was asked for has been seen
	whole  map[Operation]shortList
	facts  map[fact]bool
}

// shortList is a short first page behind which nothing came.
type shortList struct {
	rows int       // the most rows of such a page
	at   time.Time // when it was last looked behind it
}

// fact is something that was found out about a list, once.
type fact struct {
	op   Operation
	what string
}

func (p *paging) layout(op Operation, d *dialect.Dialect) (first, size int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	first, size = p.first[op], pageSize
	if d != nil && d.Pages.Largest > 0 {
		size = min(size, d.Pages.Largest)
	}
	if p.size > 0 {
		size = min(size, p.size)
	}
	return first, size
}

// learnFirst notes that pages count from one. A dialect that says so is not
// believed for a list before it was tried: where it counts from zero, its first
// page would be left out.
func (p *paging) learnFirst(op Operation) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.first == nil {
		p.first = make(map[Operation]int)
	}
	p.first[op] = 1
}

func (p *paging) learnSize(rows int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.size = rows
}

func (p *paging) prove() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.proven = true
}

// ends reports that a short first page is known to be the whole list: a page
// of the size that was asked for has come before, or a longer list than this
// one was whole.
func (p *paging) ends(op Operation, rows int, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	short, seen := p.whole[op]
	// A round number of rows may be where the server cuts its pages, and the
	// list may have grown beyond it since.
	sure := rows%roundRows != 0 || now.Sub(short.at) < sureFor
	return p.proven || seen && (rows < short.rows || rows == short.rows && sure)
}

// sureFor is how long a round number of rows is taken for a whole list after it
// was looked behind it.
const sureFor = time.Minute

func (p *paging) learnWhole(op Operation, rows int, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.whole == nil {
		p.whole = make(map[Operation]shortList)
	}
	p.whole[op] = shortList{max(p.whole[op].rows, rows), now}
}

// fact looks up what was found out about a list.
func (p *paging) fact(op Operation, what string) (value, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	value, known = p.facts[fact{op, what}]
	return value, known
}

func (p *paging) learn(op Operation, what string, value bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.facts == nil {
		p.facts = make(map[fact]bool)
	}
	p.facts[fact{op, what}] = value
}

// pager reads the pages of one query in order.
type pager[W any] struct {
	c     *Client
	op    Operation
	query url.Values
	open  func(answer) (envelope[W], error)

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
// goes, and whether the list ends with them.
func (p *pager[W]) from(ctx context.Context, offset int) (rows []W, last bool, err error) {
	first, size := p.layout()
	n := offset / size
	e, err := p.page(ctx, n+first, size)
	if n == 0 && first == 0 && errors.Is(err, Invalid) {
		if e, err = p.fromOne(ctx, size, err); err != nil {
			return nil, false, err
		}
	}
	if err != nil {
		return nil, false, err
	}
	if len(e.rows) > size {
		return skip(e.rows, offset), true, nil
	}
	if p.size > 0 && n > 0 && len(e.rows) > 0 {
		p.c.paging.learnSize(p.size) // a page behind a short one: it was short for no other reason
	}
	if n > 0 && p.begun && len(e.rows) > 0 && same(p.head, any(e.rows[0])) {
		return p.repeated(ctx, offset, n, size)
	}
	p.note(e.rows)
	if last, err = p.ends(ctx, e, n, size); err != nil {
		return nil, false, err
	}
	return skip(e.rows, offset-n*size), last, nil
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

// ends tells whether a page is the last one.
func (p *pager[W]) ends(ctx context.Context, e envelope[W], n, size int) (bool, error) {
	rows, seen := len(e.rows), n*size+len(e.rows)
	switch {
	case e.page.Last != nil && *e.page.Last:
		return true, nil
	case rows == 0:
		p.short = max(0, e.page.Total-seen)
		return true, nil
	case e.page.Last != nil || e.page.Total > seen:
		if n == 0 && rows < size {
			p.size = rows
		}
		return false, nil
	case e.page.Total == seen:
		return true, nil
	case rows == size:
		if size == pageSize {
			p.c.paging.prove()
		}
		return false, nil
	case n > 0 || p.c.paging.ends(p.op, rows, p.c.now()):
		return true, nil
	}
	return p.probe(ctx, e.rows, size)
}

// probe asks for a second page behind a short first one, as an API may give
// smaller pages than it is asked for.
func (p *pager[W]) probe(ctx context.Context, rows []W, size int) (bool, error) {
	first, _ := p.layout()
	next, err := p.page(ctx, 1+first, size)
	if err != nil && !errors.Is(err, Invalid) && !errors.Is(err, NotFound) {
		return false, err
	}
	switch {
	case err != nil, len(next.rows) == 0:
		p.c.paging.learnWhole(p.op, len(rows), p.c.now())
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
	query := maps.Clone(p.query)
	if query == nil {
		query = url.Values{}
	}
	query.Set("page", strconv.Itoa(number))
	query.Set("size", strconv.Itoa(size))
	dated := p.c.allDates(p.op, query)
	got, err := p.c.send(ctx, request{op: p.op, query: query})
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

// endless describes a list whose pages repeat.
func endless(e Endpoint) error {
	return &Error{Kind: Unexpected, Endpoint: e, Message: "it gave the same page twice, so the list cannot be read to its end"}
}
