package fisklapi

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
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

	// asks are queries that are read one after the other as one list, because
	// Fiskl filters by one word at a time. Rows that come twice count once.
	asks []ask

	// row turns a wire record into a row. False leaves it out: every filter is
	// applied here again, because a parameter that Fiskl ignores would widen
	// the list unseen.
	row func(W) (R, bool)

	// id tells rows apart.
	id func(R) int64
}

// ask is one query of a listing.
type ask struct {
	query url.Values

	// optional queries use a word that Fiskl may not know; its refusal means
	// that it has no such rows.
	optional bool
}

// read collects one page of a listing.
func (l listing[W, R]) read(ctx context.Context, c *Client, args schemas.PageArgs) (schemas.Page[R], error) {
	pos, err := l.position(args.Cursor)
	if err != nil {
		return schemas.Page[R]{}, err
	}
	w := &window[R]{limit: cmp.Or(args.Limit, schemas.DefaultLimit), seen: make(map[int64]bool)}
	if args.All {
		w.limit = maxRows
	}
	for range maxPages {
		if pos.ask == len(l.asks) {
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
	if pos.ask == len(l.asks) {
		return w.page(""), nil
	}
	return w.page(pos.String()), nil
}

// take moves the rows of a page into the window and the position behind them.
// It reports true when the window is full and a row is left over, so that
// "complete" is known and not guessed.
func (l listing[W, R]) take(c *Client, page envelope, pos *position, w *window[R]) (bool, error) {
	if page.repeats(pos, w) {
		return false, &Error{Kind: Unexpected, Endpoint: c.endpoints[l.op], Message: "it gave the same page twice, so the list cannot be read to its end"}
	}
	for i := page.start(pos.offset); i < len(page.rows); i++ {
		var record W
		if err := json.Unmarshal(page.rows[i], &record); err != nil {
			return false, undecodable(answer{endpoint: c.endpoints[l.op]}, err)
		}
		pos.offset++
		row, keep := l.row(record)
		if !keep || w.seen[l.id(row)] {
			continue
		}
		if len(w.rows) == w.limit {
			return true, nil
		}
		w.seen[l.id(row)] = true
		w.rows, w.next = append(w.rows, row), append(w.next, pos.String())
	}
	if page.isLast() {
		pos.ask, pos.offset, w.first = pos.ask+1, 0, ""
	}
	return false, nil
}

func (l listing[W, R]) fetch(ctx context.Context, c *Client, pos position) (envelope, error) {
	a := l.asks[pos.ask]
	query := maps.Clone(a.query)
	if query == nil {
		query = url.Values{}
	}
	query.Set("page", strconv.Itoa(pos.offset/pageSize))
	query.Set("size", strconv.Itoa(pageSize))
	page, err := do[envelope](ctx, c, request{op: l.op, query: query})
	if a.optional && errors.Is(err, Invalid) {
		return envelope{}, nil
	}
	return page, err
}

// isLast applies Fiskl's rule (documented): a page that is not full is the
// last one. More rows than were asked for are a list that is not paged.
func (e envelope) isLast() bool {
	if e.last != nil && len(e.rows) > 0 {
		return *e.last
	}
	return len(e.rows) != pageSize
}

// start is the index in this page of the record at an offset of the list.
func (e envelope) start(offset int) int {
	if len(e.rows) > pageSize {
		return offset
	}
	return offset % pageSize
}

// window collects the rows of an answer.
type window[R any] struct {
	limit int
	rows  []R
	next  []string // for each row, the cursor that goes on after it
	seen  map[int64]bool
	first string // first record of the page read last
}

func (w *window[R]) page(cursor string) schemas.Page[R] {
	return schemas.NewPage(w.rows, w.next, cursor)
}
