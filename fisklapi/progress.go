package fisklapi

import (
	"context"
	"math"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Progress is a page that a read of a list took, told while the read goes on.
// It holds nothing of what the page says.
type Progress struct {
	// Operation is the list.
	Operation Operation

	// Page counts the pages that the read took so far, this one included.
	Page int

	// Rows is how many rows the page has, before any filter of ours.
	Rows int

	// Rest is how many rows the read has yet to take: what is left of the number
	// that the API gives for the whole list, or 0 behind the last page. It is
	// negative where the API gives none, and where the read may stop before.
	Rest int
}

// progressKey rides in a call's context, as the hooks of net/http/httptrace do:
// a call reads several lists, some of them to look a name up.
type progressKey struct{}

// WithProgress has told be called for each page that reads under the context
// take, in the order of the list. Reads that go side by side call it at the same
// time; none goes on before it returns.
func WithProgress(ctx context.Context, told func(Progress)) context.Context {
	return context.WithValue(ctx, progressKey{}, told)
}

// report tells of a page.
func (p Progress) report(ctx context.Context) {
	if told, ok := ctx.Value(progressKey{}).(func(Progress)); ok {
		told(p)
	}
}

// taken is the progress of a read that took a page with so many rows. Behind are
// the rows of the list before it, and room is how many the read has room for.
func (p *pager[W]) taken(page, behind, rows int, last bool, room int) Progress {
	told := Progress{Operation: p.op, Page: page, Rows: rows, Rest: -1}
	switch left := p.total - behind - rows; {
	case last && room >= 0:
		told.Rest = 0
	case p.total > 0 && left >= 0 && left <= room-rows:
		told.Rest = left
	}
	return told
}

// room is how many rows a read still takes. Of a list that is asked for by
// several queries, no number is known before the last.
func (l listing[W, R]) room(pos position, w *window[R], args schemas.PageArgs) int {
	switch {
	case pos.ask+1 < len(l.asks):
		return -1
	case args.On:
		return math.MaxInt
	default:
		return w.limit - len(w.rows)
	}
}
