package dialect

import (
	"slices"
	"strconv"
)

// Page is what a page of a list says of the whole list.
type Page struct {
	Total int   // rows of the whole list; -1 when it does not say
	Last  *bool // whether it is the last page; nil when it does not say
	Size  int   // rows that a page holds; 0 when it does not say
}

// PageOf reads what the wrapper of a page says. Of a bare list it is nothing.
func PageOf(answer *Node) Page {
	p := Page{Total: -1}
	if answer.Type != Object {
		return p
	}
	for _, where := range [][]string{nil, {"page"}, {"meta"}, {"pagination"}, {"paging"}, {"data"}, {"result"}, {"meta", "pagination"}, {"pageable"}} {
		if n := answer.At(where); n != nil && n.Type == Object {
			p.read(n)
		}
	}
	p.links(answer)
	return p
}

func (p *Page) read(n *Node) {
	at := position{-1, -1}
	for _, m := range n.Members {
		if v, whole := wholeNumber(&m.Value); whole {
			p.count(m.Name, v, &at)
		}
		if m.Value.Type == Bool {
			p.flag(m.Name, !m.Value.Empty())
		}
	}
	// Whether pages count from 0 or 1 is not said: only the page behind the
	// last of both is surely the last.
	if at.pages >= 0 && at.number >= at.pages {
		p.say(true)
	}
}

// position is where a page stands among how many; -1 where it does not say.
type position struct{ number, pages int }

// count notes a whole number by its name. Of the rows of the list and of a page
// what is said first counts.
func (p *Page) count(name string, v int, at *position) {
	switch name {
	case "totalElements", "total", "totalCount", "total_count", "totalItems", "total_items", "totalRecords", "total_records", "totalRows", "total_elements", "recordsTotal":
		if p.Total < 0 {
			p.Total = v
		}
	case "size", "pageSize", "page_size", "perPage", "per_page", "limit":
		if p.Size == 0 {
			p.Size = v
		}
	case "totalPages", "total_pages", "pageCount", "pages", "lastPage", "last_page":
		at.pages = v
	case "number", "page", "pageNumber", "page_number", "currentPage", "current_page":
		at.number = v
	}
}

// flag notes by its name whether a page is the last or has others behind it.
func (p *Page) flag(name string, yes bool) {
	switch name {
	case "last", "isLast", "is_last":
		p.say(yes)
	case "hasMore", "has_more", "hasNext", "has_next", "more", "hasNextPage":
		p.say(!yes)
	}
}

// links reads the address of the next page, which the last one has not.
func (p *Page) links(answer *Node) {
	for _, where := range [][]string{{"next"}, {"links", "next"}, {"_links", "next"}, {"paging", "next"}, {"pagination", "next"}, {"meta", "next"}} {
		if n := answer.At(where); n != nil {
			p.say(n.Empty())
			return
		}
	}
}

// say notes whether a page is the last one. What is said first counts, unless
// something else says that there is more.
func (p *Page) say(last bool) {
	if p.Last == nil || !last {
		p.Last = &last
	}
}

func wholeNumber(n *Node) (int, bool) {
	if n.Type != Number {
		return 0, false
	}
	v, err := strconv.Atoi(string(n.Raw))
	return v, err == nil && v >= 0
}

func oneOf(name string, names ...string) bool { return slices.Contains(names, name) }
