package fisklapi

import (
	"bytes"
	"reflect"

	fastjson "github.com/segmentio/encoding/json"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// envelope is one page of a list, whatever it came wrapped in. Fiskl prints
// only bare arrays; its short-page rule suggests that all lists are.
type envelope[W any] struct {
	rows []W
	page dialect.Page // what a wrapper says of the whole list
}

// open reads a page. A bare list in the canonical form is decoded in one pass
// and by a faster decoder than the standard library's, because lists are the
// largest answers there are.
func open[W any](c *Client, a answer) (envelope[W], error) {
	e := envelope[W]{page: dialect.Page{Total: -1}}
	form := c.form(a)
	if !c.dialect.Knows(string(a.endpoint.Operation)) && bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("[")) &&
		fastjson.Unmarshal(a.body, &e.rows) == nil && c.complete(a, form, &e.rows) {
		return e, nil
	}
	t, err := c.translate(a, form)
	if err != nil {
		return e, err
	}
	e.page, e.rows = t.page, nil
	return e, plainly(a, t.canonical, &e.rows)
}

// pageOf is what an answer that is more than a list says of the whole list.
func pageOf(a answer) dialect.Page {
	for _, name := range []string{`"last"`, `"hasMore"`, `"next"`, `"totalElements"`, `"totalPages"`, `"page"`, `"meta"`} {
		if bytes.Contains(a.body, []byte(name)) {
			if n, err := dialect.Parse(a.body); err == nil {
				return dialect.PageOf(&n)
			}
		}
	}
	return dialect.Page{Total: -1}
}

// same reports that two records are the same, as when a server ignores the
// page parameter.
func same(a, b any) bool { return reflect.DeepEqual(a, b) }
