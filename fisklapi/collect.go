package fisklapi

import (
	"context"
	"fmt"
	"net/url"
)

// collect reads every record of a list, to look for one among them.
func collect[W any](ctx context.Context, c *Client, op Operation, query url.Values) ([]W, error) {
	var all []W
	err := scan(ctx, c, op, query, func(w W) bool {
		all = append(all, w)
		return true
	})
	return all, err
}

// scan reads a list record by record until more returns false. A list longer
// than maxPages is an error: the record that is looked for, or another of its
// name, may lie in what was not read.
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
	return &Error{Kind: Ambiguous, Endpoint: c.endpoints[op], Message: fmt.Sprintf(
		"only the first %d records of the list were looked through, and more may follow, so which one is meant is not certain", maxPages*pageSize,
	)}
}
