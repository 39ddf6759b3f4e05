package dialect

import (
	"maps"
	"slices"
	"strings"
)

// choice is a field with the places where it may be.
type choice struct {
	path     string
	required bool
	places   []string
}

// maxTries bounds the readings that are tried where names leave a choice.
const maxTries = 64

// decide reads the answer under every choice that is left, and takes the one
// reading for which the arithmetic speaks.
func (s *search) decide(answer *Node) (Inferred, error) {
	open, tries := s.choices()
	if len(open) == 0 || tries > maxTries {
		return s.in.finish(s.form, answer)
	}
	var best []Inferred
	for i := range tries {
		if got, ok := s.try(open, i, answer); ok {
			best = append(best, got)
		}
	}
	if len(best) == 1 {
		return best[0], nil
	}
	return s.in.finish(s.form, answer)
}

// choices are the fields that may be in several places, and the number of ways
// to choose a place for each.
func (s *search) choices() (open []choice, tries int) {
	tries = 1
	for _, c := range s.open {
		if len(c.places) > 0 {
			open = append(open, c)
			tries *= len(c.places)
		}
	}
	return open, tries
}

// try reads the answer in the n-th of these ways. It is right where nothing is
// missing and the arithmetic speaks for every choice, not only for the whole.
func (s *search) try(open []choice, n int, answer *Node) (Inferred, bool) {
	one, ok := s.in.chosen(open, n)
	if !ok {
		return one, false
	}
	got, err := one.again(s.form, answer)
	decided := !slices.ContainsFunc(open, func(c choice) bool { return !got.Evidence.of(c.path) })
	return got, err == nil && len(got.Missing) == 0 && got.Evidence.Holds() && decided
}

// chosen places every field in the n-th way, unless two would have one place.
func (in Inferred) chosen(open []choice, n int) (Inferred, bool) {
	members, used := make(map[string]string, len(in.Members)+len(open)), make(map[string]bool)
	maps.Copy(members, in.Members)
	in.Members, in.Fields = members, slices.Clone(in.Fields)
	for _, c := range open {
		where := c.places[n%len(c.places)]
		n /= len(c.places)
		in.Members[c.path] = where
		in.Fields = append(in.Fields, Found{c.path, where, Vague})
		used[parent(c.path)+"/"+where] = true
	}
	return in, len(used) == len(open)
}

func parent(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

// again looks for the fields below those that a choice has placed, and reads.
func (in Inferred) again(form *Form, answer *Node) (Inferred, error) {
	payload := answer.At(in.Answer)
	if in.Single {
		payload = &payload.Items[0]
	}
	s := search{in: &in, form: form}
	for _, f := range in.Fields {
		if f.By == Vague {
			s.below(form, f, payload)
		}
	}
	if err := in.forms(form, payload, Known{Money: in.Money, Days: in.Days, Places: in.Places}); err != nil {
		return in, err
	}
	return in.finish(form, answer)
}

// below looks for the fields of the rows of a list that was placed by choice.
func (s *search) below(form *Form, f Found, payload *Node) {
	at, nodes, path := form, []*Node{payload}, ""
	for _, name := range split(f.Path) {
		field := at.rows().Field(name)
		if field == nil {
			return
		}
		path = join(path, name)
		nodes = s.down(at, nodes, s.in.place(path, name))
		at = field.Form
	}
	s.value(at, f.Path, nodes)
}

func (s *search) down(form *Form, nodes []*Node, at place) []*Node {
	var next []*Node
	for _, n := range nodes {
		items := []*Node{n}
		if form.Kind == List {
			items = nil
			for i := range n.Items {
				items = append(items, &n.Items[i])
			}
		}
		for _, item := range items {
			if v := item.At(at.path); v != nil {
				next = append(next, v)
			}
		}
	}
	return next
}
