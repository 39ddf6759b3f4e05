package dialect

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// unwrap finds the path to what an operation answers, through wrappers.
func unwrap(form *Form, answer *Node) (path []string, single bool, err error) {
	if answer.Type <= Null {
		return nil, false, fmt.Errorf("the answer is %s", answer.Type)
	}
	if form.Kind == List {
		path, err = unwrapList(form, answer)
		return path, false, err
	}
	return unwrapRecord(form, answer)
}

// listNames are the members under which pages hold their rows, the usual first.
var listNames = []string{
	"content", "items", "data", "results", "rows", "list", "payload", "records", "values", "elements", "entries", "edges", "result", "body", "response",
}

// notRows are lists beside the rows of a page.
var notRows = []string{"links", "_links", "errors", "warnings", "messages", "sort", "orders", "included", "facets", "filters", "columns", "breadcrumbs", "aggregations"}

func unwrapList(form *Form, answer *Node) ([]string, error) {
	if answer.Type == Array {
		return nil, nil
	}
	if answer.Type != Object {
		return nil, fmt.Errorf("a list was expected, and the answer is %s", answer.Type)
	}
	lists := listsIn(answer, nil, 3)
	if len(lists) == 0 {
		if emptyPage(answer) {
			return nil, ErrEmptyPage
		}
		if keyed(form.Elem, answer) && score(form.Elem, &answer.Members[0].Value)*2 > needed(form.Elem)-1 {
			return nil, nil
		}
		return nil, fmt.Errorf("a list was expected, and the answer holds none (there are: %s)", shortList(answer.Names()))
	}
	if len(lists) > 1 {
		lists = preferred(form, answer, lists)
	}
	if len(lists) > 1 {
		return nil, fmt.Errorf("a list was expected, and the answer holds several (there are: %s)", shortList(answer.Names()))
	}
	return lists[0], nil
}

// listsIn finds the lists of objects in an object.
func listsIn(n *Node, path []string, depth int) [][]string {
	var all [][]string
	for i := range n.Members {
		m := &n.Members[i]
		at := append(slices.Clone(path), m.Name)
		switch {
		case slices.Contains(notRows, m.Name):
		case m.Value.Type == Array && (len(m.Value.Items) == 0 || m.Value.Items[0].Type == Object):
			all = append(all, at)
		case m.Value.Type == Object && depth > 1:
			all = append(all, listsIn(&m.Value, at, depth-1)...)
		}
	}
	return all
}

// preferred takes of several lists those whose rows are what is looked for, or
// that have the usual name.
func preferred(form *Form, answer *Node, lists [][]string) [][]string {
	fitting := slices.DeleteFunc(slices.Clone(lists), func(path []string) bool {
		n := answer.At(path)
		return len(n.Items) == 0 || score(form.Elem, &n.Items[0])*2 <= needed(form.Elem)
	})
	if len(fitting) > 0 {
		return fitting
	}
	filled := slices.ContainsFunc(lists, func(path []string) bool { return len(answer.At(path).Items) > 0 })
	for _, name := range listNames {
		for _, path := range lists {
			if path[len(path)-1] == name && !filled {
				return [][]string{path}
			}
		}
	}
	return lists
}

// ErrEmptyPage is an answer that is a page without rows, and has no list for
// that.
var ErrEmptyPage = errors.New("the page has no rows")

// emptyPage reports a page without rows that leaves its list out, as HAL does,
// or that says itself that it has none.
func emptyPage(n *Node) bool {
	for _, where := range []string{"totalElements", "page.totalElements", "numberOfElements", "total", "count", "page.total", "meta.total"} {
		if v := n.At(split(where)); v != nil && string(v.Raw) == "0" {
			return true
		}
	}
	links, page := n.Get("_links"), n.Get("page")
	return page != nil && page.Type == Object && page.Get("size") != nil && (links != nil || len(n.Members) == 1)
}

// unwrapRecord finds the object that has most of what the form needs.
func unwrapRecord(form *Form, answer *Node) (path []string, single bool, err error) {
	if answer.Type == Array {
		if len(answer.Items) == 1 && answer.Items[0].Type == Object {
			return nil, true, nil
		}
		return nil, false, fmt.Errorf("an object was expected, and the answer is a list of %d", len(answer.Items))
	}
	if answer.Type != Object {
		return nil, false, fmt.Errorf("an object was expected, and the answer is %s", answer.Type)
	}
	best, most := []string(nil), recordScore(form, answer)
	objectsIn(answer, nil, 3, func(at []string, n *Node) {
		if s := recordScore(form, n); s > most {
			best, most = at, s
		}
	})
	if list := answer.At(append(slices.Clone(best), "data")); most == 0 && list != nil && list.Type == Array && len(list.Items) == 1 {
		return append(best, "data"), true, nil
	}
	return best, false, nil
}

// recordScore counts only what stands in the object itself: what stands below
// it speaks for the object below.
func recordScore(form *Form, n *Node) int {
	count := 0
	all := candidates([]*Node{n}, 1)
	for _, f := range form.Fields {
		weight := 1
		if f.required() {
			weight = 3
		}
		if slices.ContainsFunc(all, func(c candidate) bool {
			return c.fits(f.Form) && likeness(f, c.path, form.Noun) >= Certain
		}) {
			count += weight
		}
	}
	if a := n.Get("attributes"); a != nil && a.Type == Object {
		count += recordScore(form, a)
	}
	return count
}

func objectsIn(n *Node, path []string, depth int, visit func([]string, *Node)) {
	for i := range n.Members {
		m := &n.Members[i]
		if m.Value.Type != Object || m.Name == "attributes" {
			continue
		}
		at := append(slices.Clone(path), m.Name)
		visit(at, &m.Value)
		if depth > 1 {
			objectsIn(&m.Value, at, depth-1, visit)
		}
	}
}

// Refused reports an answer that is an error in spite of its status.
func Refused(n *Node) bool {
	if n.Type != Object {
		return false
	}
	words := n.Get("message") != nil || n.Get("msg") != nil || n.Get("detail") != nil
	return slices.ContainsFunc(n.Members, func(m Member) bool { return m.refuses(words) })
}

// refuses reports a member that says that the answer is an error.
func (m Member) refuses(words bool) bool {
	v := m.Value
	switch strings.ToLower(m.Name) {
	case "error", "errors", "fault", "exception":
		return !v.Empty() && !v.hollow()
	case "success", "ok", "successful":
		return v.Type == Bool && v.Empty()
	case "status", "result":
		return words && v.Type == String && oneOf(strings.ToLower(v.String()), "error", "fail", "failed", "failure")
	default:
		return false
	}
}

// hollow reports a list or an object that holds nothing.
func (n *Node) hollow() bool {
	return n.Type == Array && len(n.Items) == 0 || n.Type == Object && len(n.Members) == 0
}

// EmptyPage reports a page of a list that leaves out the list, or its wrapper,
// because it has no rows.
func EmptyPage(form *Form, answer *Node) bool {
	if form.Kind != List {
		return false
	}
	if answer.Type == Array {
		return len(answer.Items) == 0
	}
	_, err := unwrapList(form, answer)
	return errors.Is(err, ErrEmptyPage)
}
