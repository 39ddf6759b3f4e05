package dialect

import (
	"slices"
	"strings"
)

// candidate is a place where a value of a record may be.
type candidate struct {
	path   []string
	values []*Node
}

// candidates are the places in objects of one kind, down to a depth.
func candidates(nodes []*Node, depth int) []candidate {
	s := survey{depth: depth, index: make(map[string]int)}
	for _, n := range nodes {
		if n != nil && n.Type == Object {
			s.visit(n, nil)
		}
	}
	return slices.DeleteFunc(s.all, candidate.useless)
}

// survey gathers places, each with the values that all the objects have there.
type survey struct {
	depth int
	all   []candidate
	index map[string]int // of places in all
}

func (s *survey) visit(n *Node, path []string) {
	for i := range n.Members {
		m := &n.Members[i]
		at := append(slices.Clone(path), m.Name)
		k, ok := s.number(at)
		if !ok {
			return
		}
		if m.Value.Type != Null {
			s.all[k].values = append(s.all[k].values, &m.Value)
		}
		if m.Value.Type == Object && len(at) < s.depth {
			s.visit(&m.Value, at)
		}
	}
}

// number is where a place stands among all, which it joins unless there are too
// many.
func (s *survey) number(at []string) (int, bool) {
	where := strings.Join(at, ".")
	if k, ok := s.index[where]; ok {
		return k, true
	}
	k := len(s.all)
	if k >= maxCandidates {
		return 0, false
	}
	s.index[where] = k
	s.all = append(s.all, candidate{path: at})
	return k, true
}

// useless reports a place that is null throughout, or that the path of a mapping
// could not name.
func (c candidate) useless() bool {
	return len(c.values) == 0 || slices.ContainsFunc(c.path, func(name string) bool { return strings.Contains(name, ".") || strings.Contains(name, minus) })
}

// maxCandidates bounds the places that are looked at in one kind of record.
const maxCandidates = 200

// fits reports that all values at a place may be of a form.
func (c candidate) fits(form *Form) bool {
	return !slices.ContainsFunc(c.values, func(n *Node) bool {
		switch {
		case form.Kind == List && n.Type == Object:
			return !keyed(form.Elem, n)
		case form.Kind == Amounts && n.Type == Array:
			return byName(n) == nil
		case form.Kind == ID && n.Type == Number:
			return false
		default:
			return !form.Kind.fits(n)
		}
	})
}

// within reports a place in a member that was taken whole.
func (c candidate) within(taken map[string]bool) bool {
	for i := 1; i < len(c.path); i++ {
		if taken[strings.Join(c.path[:i], ".")] {
			return true
		}
	}
	return false
}

// holds reports lists whose elements have most of what a record needs.
func (c candidate) holds(elem *Form) bool {
	for _, n := range c.values {
		if n.Type == Array && len(n.Items) > 0 {
			return score(elem, &n.Items[0])*2 > needed(elem)
		}
	}
	return false
}

func needed(form *Form) int {
	n := 0
	for _, f := range form.Fields {
		if f.required() {
			n++
		}
	}
	return n
}

// score counts the required fields of a form that an object has under names
// that leave no doubt.
func score(form *Form, n *Node) int {
	if n.Type != Object {
		return 0
	}
	count, all := 0, candidates([]*Node{n}, 2)
	for _, f := range form.Fields {
		if f.required() && slices.ContainsFunc(all, func(c candidate) bool { return c.fits(f.Form) && likeness(f, c.path, form.Noun) >= Certain }) {
			count++
		}
	}
	return count
}
