package learn

import (
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// level is one kind of record in an answer: all rows of a list, say.
type level struct {
	path  string
	form  *dialect.Form
	nodes []*dialect.Node
}

// levels are the kinds of records of an answer, those outside first.
func levels(form *dialect.Form, m dialect.Mapping, bodies []*dialect.Node) []level {
	var w walk
	for _, body := range bodies {
		payload := body.At(m.Answer)
		if payload != nil && m.Single && len(payload.Items) == 1 {
			payload = &payload.Items[0]
		}
		if payload != nil {
			w.value(form, m, "", []*dialect.Node{payload})
		}
	}
	return w.all
}

type walk struct{ all []level }

func (w *walk) value(form *dialect.Form, m dialect.Mapping, path string, nodes []*dialect.Node) {
	switch form.Kind {
	case dialect.List:
		w.value(form.Elem, m, path, items(m, path, nodes))
	case dialect.Record, dialect.Amounts:
		w.record(form, m, path, nodes)
	default:
	}
}

func (w *walk) record(form *dialect.Form, m dialect.Mapping, path string, nodes []*dialect.Node) {
	nodes = slices.DeleteFunc(slices.Clone(nodes), func(n *dialect.Node) bool { return n.Type != dialect.Object })
	if len(nodes) == 0 || len(form.Fields) == 0 {
		return
	}
	w.add(level{path, form, nodes})
	for _, f := range form.Fields {
		at, _ := m.Place(dialect.Join(path, f.Name), f.Name)
		var below []*dialect.Node
		for _, n := range nodes {
			if v := n.At(at); v != nil && v.Type > dialect.Null {
				below = append(below, v)
			}
		}
		if len(below) > 0 {
			w.value(f.Form, m, dialect.Join(path, f.Name), below)
		}
	}
}

func (w *walk) add(l level) {
	for i := range w.all {
		if w.all[i].path == l.path {
			w.all[i].nodes = append(w.all[i].nodes, l.nodes...)
			return
		}
	}
	w.all = append(w.all, l)
}

// items are the elements of lists.
func items(m dialect.Mapping, path string, lists []*dialect.Node) []*dialect.Node {
	var inner []string
	if at := m.Members[dialect.Join(path, "*")]; at != "" {
		inner = strings.Split(at, ".")
	}
	var all []*dialect.Node
	for _, list := range lists {
		for i := range list.Items {
			if v := list.Items[i].At(inner); v != nil {
				all = append(all, v)
			}
		}
		for i := range list.Members {
			if v := list.Members[i].Value; v.Type == dialect.Object {
				all = append(all, &v)
			}
		}
	}
	return all
}

// spot is a place in the records of a level, with the value of each; nil where
// a record has none.
type spot struct {
	where  string
	values []*dialect.Node
}

// maxSpots bounds the places that are looked at in one kind of record.
const maxSpots = 150

// spots are all places in the records of a level.
func (l level) spots() []spot {
	index := make(map[string]int)
	var all []spot
	var visit func(i int, n *dialect.Node, prefix string, depth int)
	visit = func(i int, n *dialect.Node, prefix string, depth int) {
		for k := range n.Members {
			m := &n.Members[k]
			where := dialect.Join(prefix, m.Name)
			at, ok := index[where]
			if !ok {
				if len(all) >= maxSpots || strings.ContainsAny(m.Name, ".*\"\\/\n\r\t") || m.Name == "" {
					continue
				}
				at = len(all)
				index[where] = at
				all = append(all, spot{where, make([]*dialect.Node, len(l.nodes))})
			}
			if m.Value.Type > dialect.Null {
				all[at].values[i] = &m.Value
			}
			if m.Value.Type == dialect.Object && depth > 1 {
				visit(i, &m.Value, where, depth-1)
			}
		}
	}
	for i, n := range l.nodes {
		visit(i, n, "", 3)
	}
	return slices.DeleteFunc(all, func(s spot) bool { return len(s.there()) == 0 })
}

// there are the values that are.
func (s spot) there() []*dialect.Node {
	return slices.DeleteFunc(slices.Clone(s.values), func(n *dialect.Node) bool { return n == nil })
}

// fits reports that all values may be of a kind.
func (s spot) fits(k dialect.Kind) bool {
	return !slices.ContainsFunc(s.there(), func(n *dialect.Node) bool {
		if k == dialect.Word && n.Type == dialect.Number || k == dialect.List && n.Type == dialect.Array && len(n.Items) > 0 && n.Items[0].Type != dialect.Object {
			return true
		}
		return !k.Fits(n)
	})
}

// taken are the places of the fields that were found.
func (l level) taken(m dialect.Mapping) map[string]bool {
	all := make(map[string]bool)
	for _, f := range l.form.Fields {
		at, less := m.Place(dialect.Join(l.path, f.Name), f.Name)
		for _, path := range [][]string{at, less} {
			if path != nil && slices.ContainsFunc(l.nodes, func(n *dialect.Node) bool { return n.At(path) != nil }) {
				all[strings.Join(path, ".")] = true
			}
		}
	}
	return all
}

// lacking are the fields that no record has.
func (l level) lacking(m dialect.Mapping) []dialect.Field {
	var all []dialect.Field
	for _, f := range l.form.Fields {
		at, less := m.Place(dialect.Join(l.path, f.Name), f.Name)
		has := slices.ContainsFunc(l.nodes, func(n *dialect.Node) bool {
			v := n.At(at)
			return v != nil && (f.Form.Kind == dialect.Flag || !v.Empty()) || less != nil && n.At(less) != nil
		})
		if !has {
			all = append(all, f)
		}
	}
	return all
}

// free are the places that a field may be at: of its kind, and not taken.
func (l level) free(f dialect.Field, m dialect.Mapping, all []spot) []spot {
	taken := l.taken(m)
	return slices.DeleteFunc(slices.Clone(all), func(s spot) bool {
		fits := s.fits(f.Form.Kind) || f.Form.Vocabulary != "" && s.fits(dialect.ID) // a status may be a number
		if taken[s.where] || !fits {
			return true
		}
		for at := range taken {
			if strings.HasPrefix(s.where, at+".") {
				return true
			}
		}
		return false
	})
}
