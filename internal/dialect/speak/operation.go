package speak

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// operation is one operation as it is in both forms.
type operation struct {
	name         string
	endpoint     fisklapi.Endpoint // in the canonical form
	method, path string            // in the dialect
	answer, body *dialect.Form
}

func newOperation(d *dialect.Dialect, e fisklapi.Endpoint) operation {
	theirs := d.Operations[string(e.Operation)]
	return operation{
		name: string(e.Operation), endpoint: e,
		method: cmp.Or(theirs.Method, e.Method), path: cmp.Or(theirs.Path, e.Path),
		answer: fisklapi.FormOf(e.Operation), body: fisklapi.BodyFormOf(e.Operation),
	}
}

// find is the operation that a request is for, and its canonical path. A path
// without parameters wins over one with them.
func (s *speaker) find(r *http.Request) (found operation, path string, ok bool) {
	least := 0
	for _, op := range s.operations {
		if op.method != r.Method {
			continue
		}
		values, fits := match(op.path, r.URL.Path)
		if fits && (!ok || len(values) < least) {
			found, path, ok, least = op, fill(op.endpoint.Path, values), true, len(values)
		}
	}
	return found, path, ok
}

// moved reports a request for an operation that is elsewhere in the dialect.
func (s *speaker) moved(r *http.Request) bool {
	for _, op := range s.operations {
		if _, ok := match(op.endpoint.Path, r.URL.Path); ok && op.endpoint.Method == r.Method && r.Method != http.MethodHead {
			return true
		}
	}
	return false
}

// match reads the parameters of a path.
func match(template, path string) (values map[string]string, ok bool) {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return nil, false
	}
	values = make(map[string]string)
	for i, part := range want {
		name, is := strings.CutPrefix(part, "{")
		switch {
		case is && got[i] != "":
			values[strings.TrimSuffix(name, "}")] = got[i]
		case part != got[i]:
			return nil, false
		}
	}
	return values, true
}

func fill(template string, values map[string]string) string {
	for name, value := range values {
		template = strings.ReplaceAll(template, "{"+name+"}", value)
	}
	return template
}

// query translates the parameters of a request. Those that the dialect does not
// have are passed over, as an API does with what it does not know.
func (s *speaker) query(op operation, theirs url.Values) (url.Values, error) {
	ours := url.Values{}
	for name, values := range theirs {
		own, ok := s.parameter(op, name)
		if !ok {
			continue
		}
		for _, v := range values {
			ours.Add(own, s.argument(op, own, v))
		}
	}
	return ours, s.page(op, ours)
}

// parameter is our name for a parameter. ok is false for one that is not known,
// because in the dialect it has another name or is not there.
func (s *speaker) parameter(op operation, theirs string) (ours string, ok bool) {
	known := []string{"page", "size"}
	for name := range s.dialect.Operations[op.name].Parameters {
		known = append(known, name)
	}
	for _, name := range known {
		if one, ok := s.dialect.Parameter(op.name, name); ok && one == theirs {
			return name, true
		}
	}
	one, ok := s.dialect.Parameter(op.name, theirs)
	return theirs, ok && one == theirs
}

// argument translates the value of a parameter where it is a word or a date. A
// date may come in either form: how an API wants it in a query is often not how
// it writes it in an answer.
func (s *speaker) argument(op operation, name, value string) string {
	vocabulary := ""
	switch {
	case name == "status" && op.lists():
		vocabulary = op.answer.Elem.Noun
	case name == "basis":
		vocabulary = "basis"
	case name == "start" || name == "end":
		days := dialect.Form{Kind: dialect.Day}
		n := dialect.Text(value)
		m := dialect.Mapping{Days: s.dialect.Dates}
		if day, err := m.Read(&days, &n); err == nil {
			return day.String()
		}
	}
	if ours, ok := s.dialect.Meaning(vocabulary, value); ok {
		return ours
	}
	return value
}

// page counts pages from 0, and lets none be larger than the dialect has them.
func (s *speaker) page(op operation, query url.Values) error {
	if !op.lists() {
		return nil
	}
	pages := s.dialect.Pages
	if v := query.Get("page"); v != "" && pages.First > 0 {
		n, err := strconv.Atoi(v)
		if err != nil || n < pages.First {
			return fmt.Errorf("%s: must be greater than or equal to %d", cmp.Or(pages.Page, "page"), pages.First)
		}
		query.Set("page", strconv.Itoa(n-pages.First))
	}
	n, err := strconv.Atoi(query.Get("size"))
	if err != nil {
		n = defaultSize
	}
	if pages.Largest > 0 && n > pages.Largest {
		query.Set("size", strconv.Itoa(pages.Largest))
	}
	return nil
}

// defaultSize is how many rows a page has when nobody says (documented).
const defaultSize = 20

func (op operation) lists() bool { return op.answer != nil && op.answer.Kind == dialect.List }
