package fisklapi_test

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// shelf is a list as a server might serve it. The zero value is empty and served as Fiskl documents it.
type shelf struct {
	rows      []any
	most      int                             // the largest page it gives; 0 means any
	ignores   bool                            // it does not know the page parameter
	unpaged   bool                            // it gives all there is
	wrap      func(rows []any, last bool) any // what it puts rows into; nil means nothing
	keepsOnly func(r *http.Request, row any) bool
}

// ServeHTTP answers a list request on any path.
func (s shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rows := []any{}
	for _, row := range s.rows {
		if s.keepsOnly == nil || s.keepsOnly(r, row) {
			rows = append(rows, row)
		}
	}
	page, last := s.page(r, rows)
	var body any = page
	if s.wrap != nil {
		body = s.wrap(page, last)
	}
	_ = json.NewEncoder(w).Encode(body)
}

func (s shelf) page(r *http.Request, rows []any) (page []any, last bool) {
	if s.unpaged {
		return rows, true
	}
	number, _ := strconv.Atoi(r.URL.Query().Get("page"))
	size, _ := strconv.Atoi(r.URL.Query().Get("size"))
	if s.most > 0 {
		size = min(size, s.most)
	}
	if s.ignores {
		number = 0
	}
	start := min(number*size, len(rows))
	end := min(start+size, len(rows))
	return rows[start:end], end == len(rows)
}

// spring wraps a page as Spring does.
func spring(rows []any, last bool) any {
	return map[string]any{"content": rows, "last": last, "sort": []string{}, "totalElements": 7}
}

// numbered makes records with the ids 1 to n.
func numbered(n int) []any {
	rows := make([]any, n)
	for i := range rows {
		rows[i] = map[string]any{"id": i + 1, "name": "Client " + strconv.Itoa(i+1), "archived": i%3 == 2}
	}
	return rows
}
