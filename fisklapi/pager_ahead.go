package fisklapi

import (
	"context"
	"errors"
	"math"
)

// demand is how much of a list is wanted at most: from a place in it on so many
// rows, with so many requests.
type demand struct {
	rows, pages int
	bold        bool // much of it is: as much again is asked for ahead as was read
}

// allOfIt is wanted of a list that a record is looked for in.
const allOfIt = math.MaxInt / 2

// lookAhead asks for the pages that follow the one with this index as far as
// they are likely to be wanted, and for none before those that it asked for have
// been read: one of them may be the last.
func (p *pager[W]) lookAhead(n, size int, most demand) {
	if n < p.asked {
		return
	}
	first, _ := p.layout()
	for p.asked = n + 1; p.asked < n+p.window(n, size, most); p.asked++ {
		query, _ := p.asks(first+p.asked, size)
		p.ahead.ask(p.op, query)
	}
}

// window is how many pages, from the one with this index on, are likely to be
// wanted. Of a list whose length is not known it is no more than half of what
// was read of it, so that little is asked for in vain.
func (p *pager[W]) window(n, size int, most demand) int {
	likely := (n + 1) / 2
	if most.bold {
		likely = n + 1
	}
	switch {
	case n > 0 && !p.begun:
		return 1 // a reading goes on where another stopped, which may be the end
	case p.left > 0:
		likely = pagesOf(p.left, size)
	case n == 0:
		likely = p.c.paging.length(p.op, p.query)/size + 1
	}
	return min(likely, pagesOf(most.rows, size), most.pages, maxAhead)
}

// askFirst asks for the first page.
func (p *pager[W]) askFirst() {
	first, size := p.layout()
	query, _ := p.asks(first, size)
	p.ahead.ask(p.op, query)
}

// askSecond asks for the second page beside the first, where it is not known yet
// whether a short first page is the last.
func (p *pager[W]) askSecond() {
	if p.c.paging.unproven(p.op) {
		first, size := p.layout()
		query, _ := p.asks(first+1, size)
		p.ahead.ask(p.op, query)
	}
}

// pagesOf is how many pages hold so many rows.
func pagesOf(rows, size int) int { return (rows + size - 1) / size }

// watch notes what shows whether the list changes while it is read.
func (p *pager[W]) watch(e envelope[W], n int) {
	p.tail, p.at, p.read = e.rows, n, p.read+1
	p.moved = p.moved || p.total > 0 && e.page.Total > 0 && e.page.Total != p.total
	p.total = e.page.Total
}

// unchecked reports that it has to be looked at whether the list changed while it
// was read. Of pages that come side by side one may be answered before a row is
// put in and the one before it afterwards: a row is in neither then. It needs no
// look where the API says how many rows there are.
func (p *pager[W]) unchecked() bool { return p.early && p.total <= 0 && p.read > 1 }

// changed asks for the last page again and reports that it is another. A row that
// was put in moves all that follow it. If that loses a row unseen, no later page
// was answered after it, for one that was would begin with a row that was there
// already: so the last page was not, and is another now.
func (p *pager[W]) changed(ctx context.Context) (bool, error) {
	first, size := p.layout()
	query, _ := p.asks(first+p.at, size)
	got, err := p.c.send(ctx, request{op: p.op, query: query})
	if errors.Is(err, Invalid) || errors.Is(err, NotFound) {
		return true, nil // there is no such page any more
	}
	if err != nil {
		return false, err
	}
	e, err := p.open(got)
	return len(e.rows) != len(p.tail) || len(e.rows) > 0 && !same(e.rows, p.tail), err
}

// changedMeanwhile is what is said of a list that changed.
const changedMeanwhile = "the list changed while it was read, and a row may be missing: call again"
