package dialect

import (
	"cmp"
	"slices"
	"strings"
)

// search looks for the fields of a form in an answer.
type search struct {
	in   *Inferred
	form *Form
	open []choice // fields for which the names leave several places, or none
}

func (s *search) value(form *Form, path string, nodes []*Node) {
	switch form.Kind {
	case Record:
		s.record(form, path, nodes)
	case List:
		s.list(form, path, nodes)
	case Amounts:
		s.amounts(form, path, nodes)
	}
}

func (s *search) list(form *Form, path string, nodes []*Node) {
	var items []*Node
	for _, n := range nodes {
		switch {
		case n.Type == Array:
			for i := range n.Items {
				items = append(items, &n.Items[i])
			}
		case n.Type == Object && keyed(form.Elem, n):
			for _, item := range named(n) {
				items = append(items, &item)
			}
		}
	}
	if len(items) == 0 {
		return
	}
	if form.Elem.Kind != Record && items[0].Type == Object {
		s.inner(form.Elem.Kind, path, items)
		return
	}
	if form.Elem.Kind == Record {
		if at := wrapper(form.Elem, items); at != "" {
			s.in.Members[join(path, "*")] = at
			for i := range items {
				if items[i] = items[i].Get(at); items[i] == nil {
					return
				}
			}
		}
	}
	s.value(form.Elem, path, items)
}

// wrapper is the one member that all rows have, if it holds the record: the
// "node" of an edge.
func wrapper(elem *Form, items []*Node) string {
	for _, name := range []string{"node", "item", "record", "resource"} {
		v := items[0].Get(name)
		if v != nil && v.Type == Object && score(elem, v) > score(elem, items[0]) {
			return name
		}
	}
	return ""
}

// inner finds the amount in elements that are objects.
func (s *search) inner(kind Kind, path string, items []*Node) {
	var at string
	for _, m := range items[0].Members {
		if kind.fits(&m.Value) && likenessOfAmount(m.Name) {
			at = m.Name
			break
		}
	}
	if at != "" {
		s.in.Members[join(path, "*")] = at
	}
}

// likenessOfAmount reports the name of an amount within an object that is one.
func likenessOfAmount(name string) bool {
	return slices.Contains([]string{"amount", "value", "minor", "minorUnits", "minor_units", "units", "cents", "total", "number", "raw", "balance"}, name)
}

// amounts finds the known names among those of an object of amounts.
func (s *search) amounts(form *Form, path string, nodes []*Node) {
	if len(nodes) > 0 && nodes[0].Type == Array {
		nodes = slices.Clone(nodes)
		for i := range nodes {
			if nodes[i] = byName(nodes[i]); nodes[i] == nil {
				return
			}
		}
	}
	for _, n := range nodes {
		for i := range n.Members {
			if n.Members[i].Value.Type == Object {
				s.inner(Amount, path, []*Node{&n.Members[i].Value})
				break
			}
		}
	}
	record := &Form{Kind: Record, Noun: form.Noun, Fields: form.Fields}
	inner := split(s.in.Members[join(path, "*")])
	flat := make([]*Node, 0, len(nodes))
	for _, n := range nodes {
		one := &Node{Type: Object}
		for i := range n.Members {
			if v := n.Members[i].Value.At(inner); v != nil {
				one.Members = append(one.Members, Member{n.Members[i].Name, *v})
			}
		}
		flat = append(flat, one)
	}
	s.record(record, path, flat)
}

// record finds the fields of a form in the objects at its place.
func (s *search) record(form *Form, path string, nodes []*Node) {
	if len(nodes) == 0 {
		return
	}
	all := candidates(nodes, 3)
	taken := make(map[string]bool)
	found := make(map[string]candidate)
	s.exact(form, all, taken, found)
	s.likely(form, all, taken, found)
	for _, f := range form.Fields {
		c, ok := found[f.Name]
		if !ok {
			s.undecided(form, f, path, all, taken)
			continue
		}
		if where := strings.Join(c.path, "."); where != f.Name {
			s.in.Members[join(path, f.Name)] = where
			s.in.Fields = append(s.in.Fields, Found{join(path, f.Name), where, likeness(f, c.path, form.Noun)})
		}
		s.value(f.Form, join(path, f.Name), c.values)
	}
}

// exact takes the fields that have their own names.
func (s *search) exact(form *Form, all []candidate, taken map[string]bool, found map[string]candidate) {
	for _, f := range form.Fields {
		for _, c := range all {
			if len(c.path) == 1 && c.path[0] == f.Name && c.fits(f.Form) && !resource(all, f.Name) {
				found[f.Name], taken[f.Name] = c, true
			}
		}
	}
}

// resource reports an object of JSON:API, whose own members but its id are of
// the resource, and whose attributes have this one as well.
func resource(all []candidate, name string) bool {
	return slices.ContainsFunc(all, func(c candidate) bool { return len(c.path) == 2 && c.path[0] == "attributes" && c.path[1] == name })
}

// match is a field and a place that may be it.
type match struct {
	field Field
	at    candidate
	by    Likeness
}

// likely takes the fields whose names leave no doubt, the likeliest first. Two
// places that are as likely are a doubt.
func (s *search) likely(form *Form, all []candidate, taken map[string]bool, found map[string]candidate) {
	var matches []match
	for _, f := range form.Fields {
		if _, ok := found[f.Name]; ok {
			continue
		}
		for _, c := range all {
			if by := likeness(f, c.path, form.Noun); by >= Certain && c.fits(f.Form) && !c.within(taken) {
				matches = append(matches, match{f, c, by})
			}
		}
	}
	slices.SortStableFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.by, a.by), cmp.Compare(len(a.at.path), len(b.at.path)), preferRequired(a.field, b.field))
	})
	for i, m := range matches {
		where := strings.Join(m.at.path, ".")
		if _, ok := found[m.field.Name]; ok || taken[where] {
			continue
		}
		rival := slices.ContainsFunc(matches[i+1:], func(o match) bool {
			return o.field.Name == m.field.Name && o.by == m.by && len(o.at.path) == len(m.at.path) && !taken[strings.Join(o.at.path, ".")]
		})
		if rival && m.by < Spelling {
			continue
		}
		found[m.field.Name], taken[where] = m.at, true
	}
}

func preferRequired(a, b Field) int {
	switch {
	case a.Need == b.Need:
		return 0
	case a.Need > b.Need:
		return -1
	default:
		return 1
	}
}

// undecided notes a required field whose place is open, with the places where
// it may be: similar names, and for an amount any amount that is left.
func (s *search) undecided(form *Form, f Field, path string, all []candidate, taken map[string]bool) {
	if f.Need < Required {
		return
	}
	var places []string
	if f.Form.Kind == Amount && f.Name == "amount" && halves(all) {
		s.in.Members[join(path, f.Name)] = "debit" + minus + "credit"
		s.in.Fields = append(s.in.Fields, Found{join(path, f.Name), "debit" + minus + "credit", Certain})
		return
	}
	for _, c := range all {
		where := strings.Join(c.path, ".")
		if taken[where] || c.within(taken) || !c.fits(f.Form) {
			continue
		}
		by := likeness(f, c.path, form.Noun)
		rows := f.Form.Kind == List && f.Form.Elem.Kind == Record && c.holds(f.Form.Elem)
		if by > Unlike || rows || f.Form.Kind == Amount && len(form.Checks) > 0 && len(c.path) == 1 {
			places = append(places, where)
		}
	}
	s.open = append(s.open, choice{join(path, f.Name), true, places})
}

// halves reports records that have debits and credits in place of one amount.
func halves(all []candidate) bool {
	n := 0
	for _, c := range all {
		if len(c.path) == 1 && (c.path[0] == "debit" || c.path[0] == "credit") && c.fits(&Form{Kind: Amount}) {
			n++
		}
	}
	return n > 0
}
