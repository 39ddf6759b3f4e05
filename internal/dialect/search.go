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
	default: // nothing is below it
	}
}

func (s *search) list(form *Form, path string, nodes []*Node) {
	items := rowsOf(form.Elem, nodes)
	switch {
	case len(items) == 0:
	case form.Elem.Kind == Record:
		if items = s.unwrapped(form.Elem, path, items); items != nil {
			s.value(form.Elem, path, items)
		}
	case items[0].Type == Object:
		s.inner(form.Elem.Kind, path, items)
	default:
		s.value(form.Elem, path, items)
	}
}

// rowsOf are the rows of lists, however these are written.
func rowsOf(elem *Form, lists []*Node) (items []*Node) {
	for _, n := range lists {
		switch {
		case n.Type == Array:
			for i := range n.Items {
				items = append(items, &n.Items[i])
			}
		case n.Type == Object && keyed(elem, n):
			for _, item := range named(n) {
				items = append(items, &item)
			}
		}
	}
	return items
}

// unwrapped are the records in rows, which may hold each in a member; nil when
// some rows hold none.
func (s *search) unwrapped(elem *Form, path string, items []*Node) []*Node {
	at := wrapper(elem, items)
	if at == "" {
		return items
	}
	s.in.Members[join(path, "*")] = at
	for i := range items {
		if items[i] = items[i].Get(at); items[i] == nil {
			return nil
		}
	}
	return items
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
	nodes, ok := namedAmounts(nodes)
	if !ok {
		return
	}
	for _, n := range nodes {
		if i := slices.IndexFunc(n.Members, func(m Member) bool { return m.Value.Type == Object }); i >= 0 {
			s.inner(Amount, path, []*Node{&n.Members[i].Value})
		}
	}
	record := &Form{Kind: Record, Noun: form.Noun, Fields: form.Fields}
	inner := split(s.in.Members[join(path, "*")])
	flat := make([]*Node, 0, len(nodes))
	for _, n := range nodes {
		flat = append(flat, n.flat(inner))
	}
	s.record(record, path, flat)
}

// namedAmounts are objects of amounts by name, made of lists where the API has
// these; ok is false for lists that are of something else.
func namedAmounts(nodes []*Node) (all []*Node, ok bool) {
	if len(nodes) == 0 || nodes[0].Type != Array {
		return nodes, true
	}
	for _, n := range nodes {
		one := byName(n)
		if one == nil {
			return nil, false
		}
		all = append(all, one)
	}
	return all, true
}

// flat is an object that has in place of each member what is at a path in it.
func (n *Node) flat(inner []string) *Node {
	one := &Node{Type: Object}
	for i := range n.Members {
		if v := n.Members[i].Value.At(inner); v != nil {
			one.Members = append(one.Members, Member{n.Members[i].Name, *v})
		}
	}
	return one
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
	matches := certainMatches(form, all, taken, found)
	for i, m := range matches {
		if _, ok := found[m.field.Name]; ok || taken[m.where()] {
			continue
		}
		rival := slices.ContainsFunc(matches[i+1:], func(o match) bool { return o.rivals(m) && !taken[o.where()] })
		if rival && m.by < Spelling {
			continue
		}
		found[m.field.Name], taken[m.where()] = m.at, true
	}
}

// certainMatches pairs the fields that are not found yet with the places whose
// names leave no doubt, the likeliest first.
func certainMatches(form *Form, all []candidate, taken map[string]bool, found map[string]candidate) (matches []match) {
	for _, f := range form.Fields {
		if _, ok := found[f.Name]; ok {
			continue
		}
		for _, c := range all {
			if by := likeness(f, c.path, form.Noun); by >= Certain && c.fits(f.Form) && !c.within(taken) && (len(c.path) > 1 || !resource(all, c.path[0])) {
				matches = append(matches, match{f, c, by})
			}
		}
	}
	slices.SortStableFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.by, a.by), cmp.Compare(len(a.at.path), len(b.at.path)), preferRequired(a.field, b.field))
	})
	return matches
}

func (m match) where() string { return strings.Join(m.at.path, ".") }

// rivals reports another place that is as likely for the same field.
func (m match) rivals(o match) bool {
	return m.field.Name == o.field.Name && m.by == o.by && len(m.at.path) == len(o.at.path)
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
// it may be.
func (s *search) undecided(form *Form, f Field, path string, all []candidate, taken map[string]bool) {
	if f.Need < Required {
		return
	}
	if f.Form.Kind == Amount && f.Name == "amount" && halves(all) {
		s.in.Members[join(path, f.Name)] = "debit" + minus + "credit"
		s.in.Fields = append(s.in.Fields, Found{join(path, f.Name), "debit" + minus + "credit", Certain})
		return
	}
	var places []string
	for _, c := range all {
		where := strings.Join(c.path, ".")
		if !taken[where] && !c.within(taken) && c.fits(f.Form) && c.possible(form, f) {
			places = append(places, where)
		}
	}
	s.open = append(s.open, choice{join(path, f.Name), true, places})
}

// possible reports a place that may be a field's, for the arithmetic to decide:
// its name is similar, its rows have what the field's need, or it is an amount
// and the field one that the record's sums check.
func (c candidate) possible(form *Form, f Field) bool {
	switch {
	case likeness(f, c.path, form.Noun) > Unlike:
		return true
	case f.Form.Kind == List:
		return f.Form.Elem.Kind == Record && c.holds(f.Form.Elem)
	default:
		return f.Form.Kind == Amount && len(form.Checks) > 0 && len(c.path) == 1
	}
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
