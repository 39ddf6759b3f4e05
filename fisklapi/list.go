package fisklapi

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"

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

	// member is the name of the list in an answer that holds more than one;
	// empty for an answer that is a list. head is given such an answer whole.
	member string
	head   func(json.RawMessage) error

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

	// optional queries use a word that Fiskl may not know; its refusal means
	// that it has no such rows.
	optional bool

	// last is asked only where nothing was found before it.
	last bool
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
	w := &window[R]{limit: cmp.Or(args.Limit, schemas.DefaultLimit), seen: make(map[schemas.ID]bool)}
	if args.All {
		w.limit = maxRows
	}
	for range cmp.Or(min(args.Pages, maxPages), maxPages) {
		if l.over(pos, w) {
			return w.page(""), nil
		}
		page, err := l.fetch(ctx, c, pos)
		if err != nil {
			return schemas.Page[R]{}, err
		}
		full, err := l.take(c, page, &pos, w)
		if err != nil {
			return schemas.Page[R]{}, err
		}
		if full {
			return w.page(w.next[len(w.next)-1]), nil
		}
	}
	if l.over(pos, w) {
		return w.page(""), nil
	}
	return w.page(pos.String()), nil
}

// over reports that nothing is left to ask.
func (l listing[W, R]) over(pos position, w *window[R]) bool {
	return pos.ask == len(l.asks) || l.asks[pos.ask].last && pos.offset == 0 && len(w.rows) > 0
}

// take moves the rows of a page into the window and the position behind them.
// It reports true when the window is full and a row is left over, so that
// "complete" is known and not guessed.
func (l listing[W, R]) take(c *Client, page envelope[W], pos *position, w *window[R]) (bool, error) {
	if page.repeats(&w.first) {
		return false, endless(c.endpoints[l.op])
	}
	w.expect(len(page.rows))
	for i := page.start(pos.offset); i < len(page.rows); i++ {
		pos.offset++
		row, keep := l.keep(page.rows[i], *pos, w.seen)
		if !keep {
			continue
		}
		if len(w.rows) == w.limit {
			return true, nil
		}
		w.rows, w.next = append(w.rows, row), append(w.next, pos.String())
	}
	if page.isLast() {
		pos.ask, pos.offset, w.first = pos.ask+1, 0, nil
	}
	return false, nil
}

// keep makes a row of a record, unless a filter or an earlier row rules it out.
func (l listing[W, R]) keep(record W, pos position, seen map[schemas.ID]bool) (R, bool) {
	row, ok := l.row(record)
	if only := l.asks[pos.ask].only; !ok || only != nil && !only(record) {
		return row, false
	}
	if l.id == nil {
		return row, true
	}
	before := seen[l.id(row)]
	seen[l.id(row)] = true
	return row, !before
}

func (l listing[W, R]) fetch(ctx context.Context, c *Client, pos position) (envelope[W], error) {
	a := l.asks[pos.ask]
	query := maps.Clone(a.query)
	if query == nil {
		query = url.Values{}
	}
	query.Set("page", strconv.Itoa(pos.offset/pageSize))
	query.Set("size", strconv.Itoa(pageSize))
	got, err := c.send(ctx, request{op: l.op, query: query})
	if a.optional && errors.Is(err, Invalid) {
		return envelope[W]{}, nil
	}
	if err != nil {
		return envelope[W]{}, err
	}
	if l.head != nil {
		if err := l.head(got.body); err != nil {
			return envelope[W]{}, undecodable(got, err)
		}
	}
	return open[W](got, l.member)
}

// window collects the rows of an answer.
type window[R any] struct {
	limit int
	rows  []R
	next  []string // for each row, the cursor that goes on after it
	seen  map[schemas.ID]bool
	first any // first record of the page read last
}

// expect makes room for the rows of a page.
func (w *window[R]) expect(rows int) {
	rows = min(rows, w.limit-len(w.rows))
	w.rows, w.next = slices.Grow(w.rows, rows), slices.Grow(w.next, rows)
}

func (w *window[R]) page(cursor string) schemas.Page[R] {
	return schemas.NewPage(w.rows, w.next, cursor)
}
