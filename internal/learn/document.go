package learn

import (
	"maps"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// dialect writes down what was learned.
func (s *session) dialect(o Options) dialect.Dialect {
	d := dialect.Dialect{
		Version: dialect.Version, For: o.Base, Learned: true,
		Source:  "learned from the API's own answers on " + s.now.Format(isoDay),
		Amounts: written(s.money), Dates: plain(s.days), Pages: s.pages,
		Members: s.general(), Words: s.vocabulary(), Operations: make(map[string]dialect.Operation),
	}
	for _, op := range s.order {
		if one := s.operation(op, &d); !empty(one) {
			d.Operations[string(op)] = one
		}
	}
	s.writes(&d)
	return d
}

func empty(o dialect.Operation) bool {
	return o.Path == "" && o.Answer == "" && !o.Single && o.Amounts == "" && o.Dates == "" &&
		len(o.Members)+len(o.Parameters)+len(o.Factors)+len(o.Evidence) == 0
}

// written and plain leave out what is as documented.
func written(m dialect.Money) dialect.Money {
	if m == dialect.MinorUnits {
		return ""
	}
	return m
}

func plain(d dialect.Days) dialect.Days {
	if d == dialect.ISODays {
		return ""
	}
	return d
}

// general are the places that fields have in every answer in which they are.
func (s *session) general() map[string]string {
	places := make(map[string]map[string]bool)
	for _, op := range s.order {
		if r := s.readings[op]; r.readable() && r.sound() {
			s.each(r, func(_, name, where string) {
				if places[name] == nil {
					places[name] = make(map[string]bool)
				}
				places[name][where] = true
			})
		}
	}
	all, seen := make(map[string]string), make(map[string]bool)
	for name := range places {
		seen[name] = true
		for where := range places[name] {
			if len(places[name]) == 1 && where != name && !strings.Contains(where, " - ") {
				all[name] = where
			}
		}
	}
	whole := maps.Clone(all)
	maps.DeleteFunc(all, func(name, _ string) bool { return clashes(whole, name) })
	s.spelt(all, seen)
	return all
}

// readable reports an answer that could be read, if not all was found in it.
func (r *reading) readable() bool {
	return r != nil && r.form != nil && len(r.bodies) > 0 && r.problem == ""
}

// clashes reports a place that another field has, or that lies in one.
func clashes(all map[string]string, name string) bool {
	for other, where := range all {
		if other != name && (where == all[name] || strings.HasPrefix(all[name], where+".") || strings.HasPrefix(where, all[name]+".")) {
			return true
		}
	}
	return false
}

// each visits the fields that an answer has, with their places.
func (s *session) each(r *reading, visit func(path, name, where string)) {
	for _, l := range levels(r.form, r.mapping, r.bodies) {
		taken := l.taken(r.mapping)
		for _, f := range l.form.Fields {
			path := dialect.Join(l.path, f.Name)
			at, less := r.mapping.Place(path, f.Name)
			where := strings.Join(at, ".")
			if !taken[where] {
				continue
			}
			if less != nil {
				where += " - " + strings.Join(less, ".")
			}
			visit(path, f.Name, where)
		}
	}
}

// spelt adds the names of fields that no answer had, where all names are written
// in another way than ours: an answer leaves out what is empty.
func (s *session) spelt(all map[string]string, seen map[string]bool) {
	like := manner(all, seen)
	if like == "" {
		return
	}
	written := all[like]
	for _, e := range fisklapi.Endpoints() {
		form := fisklapi.FormOf(e.Operation)
		if form == nil {
			continue
		}
		form.Walk(func(_ string, f dialect.Field) {
			if to, ok := dialect.Spell(f.Name, like, written); ok && !seen[f.Name] && to != f.Name && all[f.Name] == "" {
				all[f.Name] = to
			}
		})
	}
	s.note("Names are written as %s for %s; so are those that no answer held.", written, like)
}

// manner is a name that shows how all are written; empty where they are not
// written in one way.
func manner(all map[string]string, seen map[string]bool) string {
	like, with, against := "", 0, 0
	for _, name := range slices.Sorted(maps.Keys(all)) {
		several := strings.ToLower(name) != name // one word alone does not tell how several are joined
		if to, ok := dialect.Spell(name, name, all[name]); ok && to != name && several {
			like = name
			with++
		}
	}
	for name := range seen {
		if all[name] == "" && strings.ToLower(name) != name {
			against++
		}
	}
	if with < 3 || with < 3*against {
		return ""
	}
	return like
}

// operation is what one operation has otherwise.
func (s *session) operation(op fisklapi.Operation, d *dialect.Dialect) dialect.Operation {
	r := s.readings[op]
	o := dialect.Operation{Parameters: s.parameters[op]}
	if r.endpoint.Path != original(op) {
		o.Path = r.endpoint.Path
	}
	if r.readable() && len(r.missing) == 0 {
		s.answer(r, d, &o)
	}
	switch {
	case r.open():
		o.Evidence = []string{notUnderstood}
	case !empty(o):
		o.Evidence = r.evidence
	}
	return o
}

// notUnderstood is the evidence of an operation of which too little is known to
// read it.
const notUnderstood = "not understood when this was learned"

// open reports an answer that came and was not understood.
func (r *reading) open() bool {
	return len(r.bodies) > 0 && r.form != nil && (r.problem != "" || len(r.missing) > 0)
}

// answer says how an operation's answer is read.
func (s *session) answer(r *reading, d *dialect.Dialect, o *dialect.Operation) {
	m := r.mapping
	o.Answer, o.Single, o.Factors = strings.Join(m.Answer, "."), m.Single, m.Factors
	if m.Money != "" && written(m.Money) != d.Amounts && r.has(dialect.Amount) {
		o.Amounts = m.Money
	}
	if m.Days != "" && plain(m.Days) != d.Dates && r.has(dialect.Day) {
		o.Dates = m.Days
	}
	o.Members = s.members(r, d)
	for path, where := range m.Members {
		if strings.HasSuffix(path, "*") {
			o.Members[path] = where
		}
	}
}

// members are the places that fields of an operation have otherwise than in
// most.
func (s *session) members(r *reading, d *dialect.Dialect) map[string]string {
	all := make(map[string]string)
	seen, wrapped := make(map[string]bool), make(map[string]bool)
	s.each(r, func(path, name, where string) {
		seen[path], wrapped[parent(where)] = true, true
		if where != or(d.Members[name], name) {
			all[path] = where
		}
	})
	// What this answer does not wrap it does not wrap where it is left out either.
	r.form.Walk(func(path string, f dialect.Field) {
		if within := parent(d.Members[f.Name]); within != "" && !seen[path] && !wrapped[within] && len(seen) > 0 {
			all[path] = f.Name
		}
	})
	return all
}

// original is where the contract has an operation.
func original(op fisklapi.Operation) string {
	for _, e := range fisklapi.Endpoints() {
		if e.Operation == op {
			return e.Path
		}
	}
	return ""
}

// vocabulary turns the words round: ours to theirs, with commas between several.
func (s *session) vocabulary() map[string]map[string]string {
	all := make(map[string]map[string]string)
	for name, words := range s.words {
		all[name] = make(map[string]string)
		for _, theirs := range slices.Sorted(maps.Keys(words)) {
			ours := words[theirs]
			if all[name][ours] == "" && s.spoken[name] {
				all[name][ours] = ours // it is asked for so, and answered otherwise
			}
			if all[name][ours] == "" {
				all[name][ours] = theirs
			} else {
				all[name][ours] += ", " + theirs
			}
		}
	}
	return all
}

// writes gives the operations that write what was learned of those that read
// the same records. They were not tried.
func (s *session) writes(d *dialect.Dialect) {
	for write, read := range map[fisklapi.Operation]fisklapi.Operation{
		fisklapi.OpCreateClient: fisklapi.OpGetClient, fisklapi.OpUpdateClient: fisklapi.OpGetClient,
		fisklapi.OpCreateVendor: fisklapi.OpGetVendor, fisklapi.OpUpdateVendor: fisklapi.OpGetVendor,
		fisklapi.OpCreateInvoice: fisklapi.OpGetInvoice, fisklapi.OpUpdateInvoice: fisklapi.OpGetInvoice, fisklapi.OpPreviewInvoice: fisklapi.OpGetInvoice,
		fisklapi.OpCreateProduct: fisklapi.OpGetProduct, fisklapi.OpUpdateProduct: fisklapi.OpGetProduct,
		fisklapi.OpRecordPayment: fisklapi.OpGetPayment, fisklapi.OpSendInvoice: fisklapi.OpGetInvoice, fisklapi.OpMarkInvoicePaid: fisklapi.OpGetInvoice,
	} {
		o := d.Operations[string(read)]
		o.Path = movedWith(original(write), original(read), o.Path)
		o.Parameters, o.Evidence = nil, nil
		if write == fisklapi.OpSendInvoice || write == fisklapi.OpMarkInvoicePaid {
			o = dialect.Operation{Path: o.Path}
		}
		if !empty(o) {
			o.Evidence = []string{"as " + string(read) + " has it; not tried, for it writes"}
			d.Operations[string(write)] = o
		}
	}
}

// movedWith is where an operation is if it moved together with another.
func movedWith(path, of, to string) string {
	if to == "" {
		return ""
	}
	from, _, _ := strings.Cut(of, "/{")
	base, _, _ := strings.Cut(to, "/{")
	rest, ok := strings.CutPrefix(path, from)
	if !ok || base == from {
		return ""
	}
	return base + rest
}
