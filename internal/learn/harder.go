package learn

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// harder looks for the fields that names alone do not find. What is found may
// open a list in which more is looked for, so it goes round until nothing new
// comes.
func (s *session) harder(r *reading) {
	for range 4 {
		if r.problem != "" || !s.round(r) {
			return
		}
	}
}

// round looks once at every kind of record in the answers.
func (s *session) round(r *reading) bool {
	found := false
	for _, l := range levels(r.form, r.mapping, r.bodies) {
		spots := l.spots()
		for _, step := range []func(*reading, level, []spot) bool{s.byFacts, s.byConvention, s.byLists, s.byArithmetic, s.byDates, s.byRest} {
			found = step(r, l, spots) || found
		}
	}
	return found
}

// put places a field, with what speaks for it.
func (r *reading) put(l level, f dialect.Field, where, why string) {
	path := dialect.Join(l.path, f.Name)
	r.mapping.Members[path] = where
	r.by[path] = why
}

// wanted reports a field that has to be there, or may well be.
func wanted(f dialect.Field) bool { return f.Need >= dialect.Soft }

// byFacts takes the places whose values are known from other operations: an id
// that is the id of a client in the list of clients.
func (s *session) byFacts(r *reading, l level, spots []spot) bool {
	found := false
	for _, f := range l.lacking(r.mapping) {
		known := s.fact(r.endpoint.Operation, l, f.Name)
		if len(known) == 0 || !wanted(f) && f.Form.Kind != dialect.ID && f.Name != "code" {
			continue
		}
		var fitting []spot
		for _, c := range l.free(f, r.mapping, spots) {
			if c.all(known) {
				fitting = append(fitting, c)
			}
		}
		if c, ok := likeliest(f, l, fitting); ok {
			r.put(l, f, c.where, fmt.Sprintf("its values are those that %s has elsewhere", f.Name))
			found = true
		}
	}
	return found
}

// all reports that the values are those that are known. Of many, some may be
// new: a list was not read to its end.
func (s spot) all(known map[string]bool) bool {
	values := s.there()
	if len(values)*2 <= len(s.values) {
		return false
	}
	in, different := 0, make(map[string]bool)
	for _, n := range values {
		if n.Type >= dialect.Array {
			return false
		}
		if different[n.String()] = true; known[n.String()] {
			in++
		}
	}
	return in == len(values) || len(different) >= 5 && in*10 >= len(values)*4
}

// likeliest takes of several places the only one, or the one whose name is
// nearest.
func likeliest(f dialect.Field, l level, all []spot) (spot, bool) {
	if len(all) == 1 {
		return all[0], true
	}
	var best spot
	most, twice := dialect.Unlike, false
	for _, c := range all {
		by := dialect.LikenessOf(f, c.where, l.form.Noun)
		switch {
		case by > most:
			best, most, twice = c, by, false
		case by == most:
			twice = true
		}
	}
	return best, most > dialect.Unlike && !twice
}

// byConvention takes the places that the same field has in other operations.
func (s *session) byConvention(r *reading, l level, spots []spot) bool {
	found := false
	for _, f := range l.lacking(r.mapping) {
		where := r.within(f.Name)
		why := "it is called so elsewhere in the answer"
		if where == "" {
			where, why = s.usual[f.Name], "it is called so in other operations"
		}
		if where == "" {
			continue
		}
		for _, c := range l.free(f, r.mapping, spots) {
			if c.where == where {
				r.put(l, f, where, why)
				found = true
			}
		}
	}
	return found
}

// within is the place that a field of this name has elsewhere in the answer;
// empty where there is none, or several.
func (r *reading) within(name string) string {
	found := ""
	for path, where := range r.mapping.Members {
		if strings.HasSuffix(path, "."+name) || path == name {
			if found != "" && found != where {
				return ""
			}
			found = where
		}
	}
	return found
}

// byLists takes the list of objects whose rows have most of what is looked for.
func (s *session) byLists(r *reading, l level, spots []spot) bool {
	found := false
	for _, f := range l.lacking(r.mapping) {
		if f.Form.Kind != dialect.List || f.Form.Elem.Kind != dialect.Record || !wanted(f) {
			continue
		}
		var best spot
		most, twice := 0, false
		for _, c := range l.free(f, r.mapping, spots) {
			switch n := s.holds(f, c); {
			case n > most:
				best, most, twice = c, n, false
			case n == most:
				twice = true
			}
		}
		if most == 0 || twice {
			continue
		}
		r.put(l, f, best.where, "it is the list whose rows are such")
		s.below(r, dialect.Join(l.path, f.Name), f.Form, best)
		found = true
	}
	return found
}

// holds counts the fields that the rows of a list have by their names. A list
// that need not be there has to have all that it needs.
func (s *session) holds(f dialect.Field, c spot) int {
	most, form := 0, f.Form
	for _, n := range c.there() {
		in, err := dialect.Infer(form, n, dialect.Known{Places: s.places})
		if err != nil || len(in.Answer) > 0 || f.Need != dialect.Required && len(in.Missing) > 0 {
			continue
		}
		count := 0
		for _, l := range levels(form, in.Mapping, []*dialect.Node{n}) {
			if l.path == "" {
				count = len(l.form.Fields) - len(l.lacking(in.Mapping))
			}
		}
		most = max(most, count)
	}
	return most
}

// below takes what a list that was just found shows of its rows by their names.
func (s *session) below(r *reading, path string, form *dialect.Form, c spot) {
	for _, n := range c.there() {
		in, err := dialect.Infer(form, n, dialect.Known{Places: s.places})
		if in.Members == nil || len(in.Answer) > 0 && err == nil {
			continue
		}
		for at, where := range in.Members {
			full := dialect.Join(path, at)
			if _, ok := r.mapping.Members[full]; !ok && !r.occupied(full, where) {
				r.mapping.Members[full], r.by[full] = where, "its name"
			}
		}
	}
}

// byRest takes the only text or number that is left for the only field that
// lacks one. What an amount is only the arithmetic says.
func (s *session) byRest(r *reading, l level, spots []spot) bool {
	for _, kind := range []dialect.Kind{dialect.Word, dialect.ID, dialect.Decimal} {
		var lacking []dialect.Field
		for _, f := range l.lacking(r.mapping) {
			if f.Form.Kind == kind && wanted(f) {
				lacking = append(lacking, f)
			}
		}
		if len(lacking) != 1 || lacking[0].Need != dialect.Required {
			continue
		}
		f := lacking[0]
		places := slices.DeleteFunc(l.free(f, r.mapping, spots), func(c spot) bool { return !s.plausible(f, c) })
		if len(places) != 1 {
			continue
		}
		r.put(l, f, places[0].where, fmt.Sprintf("it is the only place left for %s", kind))
		return true
	}
	return false
}

// plausible reports values as a field of this meaning has them: a number is
// another in each record, a status is one of a few, in every record there is
// one.
func (s *session) plausible(f dialect.Field, c spot) bool {
	values := c.there()
	different := c.different()
	switch {
	case len(values) < len(c.values):
		return false
	case f.Form.Vocabulary != "":
		return len(different) <= 8 && (len(different) > 1 || len(values) == 1)
	case f.Name == "currency":
		return !slices.ContainsFunc(values, func(n *dialect.Node) bool { return !code(n.String()) })
	case f.Name == "id" || f.Name == "number":
		return len(different) == len(values)
	case f.Form.Kind == dialect.Word:
		return !c.dated()
	default:
		return true
	}
}

// different are the values, each once.
func (s spot) different() map[string]bool {
	all := make(map[string]bool)
	for _, n := range s.there() {
		all[n.String()] = true
	}
	return all
}

// code reports the code of a currency.
func code(s string) bool { return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" }
