package fisklapi

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

const (
	// pageSize is the largest page that Fiskl's documentation asks for. A
	// server that silently caps a larger one would look as if its list had
	// ended.
	pageSize = 50

	// maxPages bounds the requests of one call.
	maxPages = 40

	// maxRows bounds what "all" collects.
	maxRows = 1000
)

// listing describes a list to be read: what to ask and what to make of it.
type listing[W, R any] struct {
	op Operation

	// open reads a page of an answer that is more than a list. Nil for one that
	// is a list.
	open func(answer) (envelope[W], error)

	// asks are queries that are read one after the other as one list, because
	// Fiskl filters by one word at a time.
	asks []ask[W]

	// filter is what row filters by and Fiskl is not asked for: a cursor
	// belongs to it as much as to the queries.
	filter string

	// row turns a wire record into a row. False leaves it out: every filter is
	// applied here again, because a parameter that Fiskl ignores would widen
	// the list unseen.
	row func(W) (R, bool)

	// id tells rows apart, so that one that comes twice counts once. Nil when
	// rows have none.
	id func(R) schemas.ID
}

// ask is one query of a listing.
type ask[W any] struct {
	query url.Values

	// only keeps the queries of one listing apart, should Fiskl ignore what
	// tells them apart. Nil keeps every record.
	only func(W) bool

	// most queries are likely to have more rows than the others together.
	most bool

	// optional queries use a word that Fiskl may not know; its refusal means
	// that it has no such rows.
	optional bool

	// last is asked only where nothing was found before it, and not while idle
	// says that it would find nothing either. Where that is the rule, it is asked
	// beside the others.
	last bool
	idle func() bool
	rule bool
}

// read collects one page of a listing.
func (l listing[W, R]) read(ctx context.Context, c *Client, args schemas.PageArgs) (schemas.Page[R], error) {
	if args.Limit < 0 {
		return schemas.Page[R]{}, &schemas.ArgumentError{Argument: "limit", Problem: "must be at least 1"}
	}
	pos, err := l.position(args.Cursor)
	if err != nil {
		return schemas.Page[R]{}, err
	}
	w := &window[R]{limit: cmp.Or(args.Limit, schemas.DefaultLimit), seen: make(map[schemas.ID]int)}
	if args.All {
		w.limit = maxRows
	}
	r := newReader(ctx, c, l)
	r.ahead.never = args.Pages > 0 // who counts pages wants no more
	defer r.ahead.close()
	pages := cmp.Or(min(args.Pages, maxPages), maxPages)
	r.begin(pos, demand{rows: w.limit + 1, pages: pages})
	cursor, err := l.fill(ctx, r, pos, w, args, pages)
	if err == nil {
		w.moved, err = r.moved(ctx)
	}
	if err != nil {
		return schemas.Page[R]{}, err
	}
	return w.page(cursor), nil
}

// fill reads pages until the window is full, the list is at its end, or so many
// pages were read. It returns the cursor that goes on.
func (l listing[W, R]) fill(ctx context.Context, r *reader[W], pos position, w *window[R], args schemas.PageArgs, pages int) (cursor string, err error) {
	for n := range pages {
		if l.over(pos, w) {
			return "", nil
		}
		rows, ended, err := r.next(ctx, pos, demand{w.limit + 1 - len(w.rows), pages - n, args.On})
		if err != nil {
			return "", err
		}
		behind, room := pos.offset, l.room(pos, w, args)
		full, last := l.take(rows, &pos, w), false
		if !full {
			last, err = ended(ctx)
		}
		if err != nil {
			return "", err
		}
		p := r.pagers[pos.ask]
		p.taken(n+1, behind, len(rows), last, room).report(ctx)
		if full {
			return w.next[len(w.next)-1], nil
		}
		w.short, w.doubt = w.short+p.short, cmp.Or(w.doubt, p.doubt)
		if last {
			pos.ask, pos.offset = pos.ask+1, 0
		}
	}
	if l.over(pos, w) {
		return "", nil
	}
	return pos.String(), nil
}

// over reports that nothing is left to ask.
func (l listing[W, R]) over(pos position, w *window[R]) bool {
	if pos.ask == len(l.asks) {
		return true
	}
	a := l.asks[pos.ask]
	return a.last && pos.offset == 0 && (len(w.rows) > 0 || a.idle != nil && a.idle())
}

// take moves the rows of a page into the window and the position behind them.
// It reports true when the window is full and a row is left over, so that
// "complete" is known and not guessed.
func (l listing[W, R]) take(rows []W, pos *position, w *window[R]) bool {
	w.expect(len(rows))
	for _, record := range rows {
		pos.offset++
		row, keep := l.keep(record, *pos, w)
		if !keep {
			continue
		}
		if len(w.rows) == w.limit {
			return true
		}
		w.rows, w.next = append(w.rows, row), append(w.next, pos.String())
	}
	return false
}

// keep makes a row of a record, unless a filter or an earlier row rules it out.
func (l listing[W, R]) keep(record W, pos position, w *window[R]) (R, bool) {
	row, ok := l.row(record)
	if only := l.asks[pos.ask].only; !ok || only != nil && !only(record) {
		return row, false
	}
	if l.id == nil {
		return row, true
	}
	before, ask := w.seen[l.id(row)], pos.ask+1
	w.seen[l.id(row)] = ask
	w.twice = w.twice || before == ask
	return row, before == 0
}

// window collects the rows of an answer.
type window[R any] struct {
	limit int
	rows  []R
	next  []string           // for each row, the cursor that goes on after it
	seen  map[schemas.ID]int // the ask that a row came with, counted from one
	twice bool               // a row came twice: the list moved while it was read
	short int                // rows that the API says there are, and did not give
	doubt string             // why rows may be missing
	moved bool               // pages that came side by side are not of one list
}

// expect makes room for the rows of a page.
func (w *window[R]) expect(rows int) {
	rows = min(rows, w.limit-len(w.rows))
	w.rows, w.next = slices.Grow(w.rows, rows), slices.Grow(w.next, rows)
}

func (w *window[R]) page(cursor string) schemas.Page[R] {
	p := schemas.NewPage(w.rows, w.next, cursor)
	switch {
	case w.twice:
		p.Doubt("a row came twice, so the list changed while it was read, and a row may be missing: call again")
	case w.moved:
		p.Doubt(changedMeanwhile)
	case w.doubt != "":
		p.Doubt(w.doubt)
	case w.short > 0:
		p.Doubt(fmt.Sprintf("Fiskl says that there are %d more rows, and did not give them", w.short))
	}
	return p
}
