package fisklapi

import (
	"context"
	"net/url"
)

// collect reads every record of a list, to look for one among them. What lies
// beyond maxPages is not read; names that are searched for are not that many.
func collect[W any](ctx context.Context, c *Client, op Operation, query url.Values) ([]W, error) {
	var all []W
	err := scan(ctx, c, op, query, func(w W) bool {
		all = append(all, w)
		return true
	})
	return all, err
}

// scan reads a list record by record until more returns false.
func scan[W any](ctx context.Context, c *Client, op Operation, query url.Values, more func(W) bool) error {
	l := listing[W, W]{op: op, asks: []ask[W]{{query: query}}}
	pos, first := position{}, any(nil)
	for range maxPages {
		page, err := l.fetch(ctx, c, pos)
		if err != nil {
			return err
		}
		if page.repeats(&first) {
			return endless(c.endpoints[op])
		}
		for _, w := range page.rows {
			if !more(w) {
				return nil
			}
		}
		if page.isLast() {
			return nil
		}
		pos.offset += pageSize
	}
	return nil
}
