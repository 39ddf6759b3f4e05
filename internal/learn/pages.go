package learn

import (
	"context"
	"maps"
	"net/url"
	"strconv"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// tryPages finds out how lists are paged, by the longest there is.
func (s *session) tryPages(ctx context.Context) {
	var r *reading
	for _, op := range []fisklapi.Operation{fisklapi.OpListInvoices, fisklapi.OpListPayments, fisklapi.OpListClients, fisklapi.OpListChanges, fisklapi.OpListAccounts} {
		one := s.readings[op]
		if s.usable(op) && one.form.Kind == dialect.List && (r == nil || len(one.first()) > len(r.first())) {
			r = one
		}
	}
	if r == nil || len(r.first()) < 2 {
		s.note("How lists are paged is not known: none is long enough.")
		return
	}
	if len(r.first()) > rowsAsked {
		s.note("%s gives %d rows where %d were asked for: its lists have no pages, or another name for their size.", r.endpoint.Operation, len(r.first()), rowsAsked)
		return
	}
	s.tryFirst(ctx, r)
	s.trySize(ctx, r)
	s.tryTotals(ctx)
}

// tryTotals finds out whether the total that a page tells is how many rows the
// list has: two lists of one page each are looked behind.
func (s *session) tryTotals(ctx context.Context) {
	const enough = 2
	var wrong, right int
	for _, op := range s.order {
		if s.over != nil || s.pages.Largest > 0 || wrong+right == enough {
			break
		}
		r := s.readings[op]
		switch total, known := r.total(); {
		case !known:
		case total == len(r.first()):
			right++
		case s.nothingAfter(ctx, r):
			wrong++
		}
	}
	if wrong == enough {
		s.pages.Total = "-"
		s.note("The total that a page tells is not how many rows the list has: nothing came behind the last of %d lists that were said to have more.", enough)
	}
}

// total is how many rows a list of one page says that it has.
func (r *reading) total() (rows int, known bool) {
	if !r.readable() || r.form.Kind != dialect.List || len(r.first()) == 0 || len(r.first()) >= rowsAsked {
		return 0, false
	}
	rows = dialect.PageOf(r.bodies[0]).Total
	return rows, rows >= 0
}

// nothingAfter reports that the page behind the first is empty.
func (s *session) nothingAfter(ctx context.Context, r *reading) bool {
	rows, body := s.at(ctx, r, or(s.pages.Page, "page"), s.pages.First+1, rowsAsked)
	return body != nil && len(rows) == 0
}

// first are the rows of the first answer.
func (r *reading) first() []dialect.Node {
	if len(r.ours) == 0 {
		return nil
	}
	return r.ours[0].Items
}

// at asks for a page by its number. The rows are told apart as they came.
func (s *session) at(ctx context.Context, r *reading, name string, number, size int) ([]string, *dialect.Node) {
	q := url.Values{}
	maps.Copy(q, r.query)
	q.Del(or(s.pages.Page, "page"))
	q.Set(name, strconv.Itoa(number))
	q.Set(or(s.pages.Size, "size"), strconv.Itoa(size))
	body, err := s.ask(ctx, r.endpoint, nil, q)
	if err != nil {
		return nil, nil
	}
	one := &reading{endpoint: r.endpoint, form: r.form, bodies: []*dialect.Node{body}, mapping: r.mapping}
	s.read(one)
	var rows []string
	for _, row := range one.rows() {
		rows = append(rows, string(row.Append(nil)))
	}
	return rows, body
}

// tryFirst finds out which number the first page has, and whether the number is
// looked at.
func (s *session) tryFirst(ctx context.Context, r *reading) {
	size := min(rowsAsked, max(2, len(r.first())/3))
	if len(r.first()) == rowsAsked {
		size = rowsAsked
	}
	name := or(s.pages.Page, "page")
	if s.pages.First == 1 {
		return // page 0 was refused
	}
	zero, _ := s.at(ctx, r, name, 0, size)
	one, body := s.at(ctx, r, name, 1, size)
	if len(zero) == 0 || s.over != nil {
		return
	}
	if !same(zero, one) {
		s.keepPage(r, one, body)
		r.proved("pages are counted from 0: page 0 and page 1 differ")
		return
	}
	two, body := s.at(ctx, r, name, 2, size)
	if !same(one, two) {
		s.pages.First = 1
		s.keepPage(r, two, body)
		s.note("Pages are counted from 1: page 0 and page 1 of %s are the same, and page 2 differs.", r.endpoint.Operation)
		return
	}
	s.otherPage(ctx, r, zero, size)
}

// keepPage keeps another page of a list, for it shows more.
func (s *session) keepPage(r *reading, rows []string, body *dialect.Node) {
	if len(rows) > 0 && len(r.first()) == rowsAsked {
		s.keep(r, body)
	}
}

// otherPage looks for the name of the parameter, for page is ignored.
func (s *session) otherPage(ctx context.Context, r *reading, plain []string, size int) {
	for _, name := range []string{"pageNumber", "page_number", "pageNo", "pageIndex", "p", "pageNum"} {
		two, _ := s.at(ctx, r, name, 2, size)
		if len(two) == 0 && s.over == nil {
			one, _ := s.at(ctx, r, name, 1, size)
			two = one
		}
		if len(two) == 0 || same(plain, two) {
			continue
		}
		zero, _ := s.at(ctx, r, name, 0, size)
		one, _ := s.at(ctx, r, name, 1, size)
		s.pages.Page = name
		if same(plain, one) || len(zero) == 0 {
			s.pages.First = 1
		}
		s.note("The number of a page is the parameter %s: with it the pages of %s differ.", name, r.endpoint.Operation)
		return
	}
	if s.over == nil {
		s.note("%s gives the same rows for every page, under every name that was tried: lists longer than one page cannot be read to their end.", r.endpoint.Operation)
	}
}

// same reports pages that begin with the same row.
func same(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && a[0] == b[0]
}

// trySize finds out how many rows a page holds at most, and what the parameter
// is called.
func (s *session) trySize(ctx context.Context, r *reading) {
	number := s.pages.First
	page := or(s.pages.Page, "page")
	few, _ := s.at(ctx, r, page, number, 2)
	switch {
	case len(few) == 0 || s.over != nil:
		return
	case len(few) == 2:
		s.capped(ctx, r, page)
		return
	}
	for _, name := range []string{"limit", "pageSize", "page_size", "per_page", "perPage", "count", "max"} {
		s.pages.Size = name
		if rows, _ := s.at(ctx, r, page, number, 2); len(rows) == 2 {
			s.note("The size of a page is the parameter %s: 2 rows came when 2 were asked for.", name)
			s.capped(ctx, r, page)
			return
		}
	}
	s.pages.Size = ""
	s.limit(ctx, r, page, len(few))
}

// capped finds out whether a page holds what is asked for.
func (s *session) capped(ctx context.Context, r *reading, page string) {
	rows, _ := s.at(ctx, r, page, s.pages.First, rowsAsked)
	if len(rows) > 0 && len(rows) < rowsAsked {
		s.limit(ctx, r, page, len(rows))
	}
}

// limit notes that pages have so many rows, if another follows.
func (s *session) limit(ctx context.Context, r *reading, page string, rows int) {
	next, body := s.at(ctx, r, page, s.pages.First+1, rowsAsked)
	if len(next) == 0 || s.over != nil {
		return
	}
	first, _ := s.at(ctx, r, page, s.pages.First, rowsAsked)
	if same(first, next) {
		return
	}
	s.pages.Largest = rows
	s.keep(r, body)
	s.note("A page holds %d rows at most: %d were asked for, and others follow.", rows, rowsAsked)
}
