package dialect

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Known is what is known of an API when one of its answers is read.
type Known struct {
	Money  Money // "" while it is not known
	Days   Days  // "" while it is not known
	Places func(currency string) int
}

// Inferred is a mapping that was found in an answer, and what speaks for it.
type Inferred struct {
	Mapping
	Fields   []Found  // the fields that are elsewhere than expected
	Missing  []string // paths of required fields that are nowhere
	Evidence Evidence // of the answer read so
	Counts   bool     // it has an amount that is not zero
}

// Found says where a field was found, and how.
type Found struct {
	Path  string
	Where string
	By    Likeness // below Certain it was the arithmetic that decided
}

// Infer finds out how an answer is written. What the names leave open the
// checks of the form decide, if they can. The error says what was not
// understood.
func Infer(form *Form, answer *Node, known Known) (Inferred, error) {
	var in Inferred
	if Refused(answer) {
		return in, ErrRefused
	}
	var err error
	if in.Answer, in.Single, err = unwrap(form, answer); err != nil {
		return in, err
	}
	in.Members, in.Places = map[string]string{}, known.Places
	payload := answer.At(in.Answer)
	if in.Single {
		payload = &payload.Items[0]
	}
	s := search{in: &in, form: form}
	s.value(form, "", []*Node{payload})
	if err := in.forms(form, payload, known); err != nil {
		return in, err
	}
	return s.decide(answer)
}

// ErrRefused is why an answer is not read that is an error by its content,
// though a success by its status.
var ErrRefused = errors.New("the answer is an error, though its status says success")

// search looks for the fields of a form in an answer.
type search struct {
	in   *Inferred
	form *Form
	open []choice // fields for which the names leave several places, or none
}

// choice is a field with the places where it may be.
type choice struct {
	path     string
	required bool
	places   []string
}

// candidate is a place where a value of a record may be.
type candidate struct {
	path   []string
	values []*Node
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

// candidates are the places in objects of one kind, down to a depth.
func candidates(nodes []*Node, depth int) []candidate {
	index := make(map[string]int)
	var all []candidate
	var visit func(n *Node, path []string)
	visit = func(n *Node, path []string) {
		for i := range n.Members {
			m := &n.Members[i]
			at := append(slices.Clone(path), m.Name)
			where := strings.Join(at, ".")
			k, ok := index[where]
			if !ok {
				if len(all) >= maxCandidates {
					return
				}
				k = len(all)
				index[where] = k
				all = append(all, candidate{path: at})
			}
			if m.Value.Type != Null {
				all[k].values = append(all[k].values, &m.Value)
			}
			if m.Value.Type == Object && len(at) < depth {
				visit(&m.Value, at)
			}
		}
	}
	for _, n := range nodes {
		if n != nil && n.Type == Object {
			visit(n, nil)
		}
	}
	return slices.DeleteFunc(all, func(c candidate) bool {
		return len(c.values) == 0 || slices.ContainsFunc(c.path, func(name string) bool { return strings.Contains(name, ".") || strings.Contains(name, minus) })
	})
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

// maxTries bounds the readings that are tried where names leave a choice.
const maxTries = 64

// decide reads the answer under every choice that is left, and takes the one
// reading for which the arithmetic speaks.
func (s *search) decide(answer *Node) (Inferred, error) {
	in := *s.in
	tries := 1
	var open []choice
	for _, c := range s.open {
		if len(c.places) > 0 {
			open = append(open, c)
			tries *= len(c.places)
		}
	}
	if len(open) == 0 || tries > maxTries {
		return in.finish(s.form, answer)
	}
	var best []Inferred
	for i := range tries {
		one := in
		one.Members = make(map[string]string, len(in.Members)+len(open))
		for k, v := range in.Members {
			one.Members[k] = v
		}
		n, used := i, map[string]bool{}
		for _, c := range open {
			where := c.places[n%len(c.places)]
			n /= len(c.places)
			one.Members[c.path] = where
			one.Fields = append(slices.Clone(one.Fields), Found{c.path, where, Vague})
			used[parent(c.path)+"/"+where] = true
		}
		if len(used) < len(open) {
			continue
		}
		got, err := one.again(s.form, answer)
		decided := !slices.ContainsFunc(open, func(c choice) bool { return !got.Evidence.of(c.path) })
		if err == nil && len(got.Missing) == 0 && got.Evidence.Holds() && decided {
			best = append(best, got)
		}
	}
	if len(best) == 1 {
		return best[0], nil
	}
	return in.finish(s.form, answer)
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

// finish reads the answer and notes what is missing and what holds.
func (in Inferred) finish(form *Form, answer *Node) (Inferred, error) {
	out, err := in.Read(form, answer)
	if err != nil {
		return in, err
	}
	in.Missing, in.Evidence = Missing(form, &out), Weigh(form, &out)
	return in, nil
}

// forms finds out how amounts and dates are written.
func (in *Inferred) forms(form *Form, payload *Node, known Known) error {
	var money []amount
	var days []day
	c := collector{in.Mapping, &money, &days}
	c.value(form, "", payload)
	var err error
	if in.Money, err = moneyOf(money); err != nil {
		return err
	}
	in.Counts = slices.ContainsFunc(money, amount.counts)
	if known.Money.Major() != in.Money.Major() && known.Money != "" && in.Counts {
		return errors.New("amounts are written otherwise than in the answers before: now as " + string(in.Money) + ", then as " + string(known.Money))
	}
	in.Days, err = daysOf(days)
	if errors.Is(err, errDays) && known.Days != "" {
		in.Days, err = known.Days, nil
	}
	return err
}

func (a amount) counts() bool { return strings.Trim(a.whole+a.fraction, "0") != "" }

// collector gathers the amounts and dates of an answer.
type collector struct {
	Mapping
	money *[]amount
	days  *[]day
}

func (c collector) value(form *Form, path string, n *Node) {
	switch {
	case n == nil || n.Empty():
	case form.Kind == Amount:
		if a, ok := readMoney(n); ok {
			*c.money = append(*c.money, a)
		}
	case form.Kind == Day:
		if d, ok := readDay(n); ok {
			*c.days = append(*c.days, d)
		}
	case form.Kind == Amounts:
		inner := split(c.Members[join(path, "*")])
		for i := range n.Members {
			c.value(&Form{Kind: Amount}, path, n.Members[i].Value.At(inner))
		}
	case form.Kind == List:
		inner := split(c.Members[join(path, "*")])
		items := n.Items
		if n.Type == Object {
			items = named(n)
		}
		for i := range items {
			c.value(form.Elem, path, items[i].At(inner))
		}
	case form.Kind == Record:
		for _, f := range form.Fields {
			at := c.place(join(path, f.Name), f.Name)
			c.value(f.Form, join(path, f.Name), n.At(at.path))
			if at.minus != nil {
				c.value(f.Form, join(path, f.Name), n.At(at.minus))
			}
		}
	}
}

// Missing lists the required fields that an answer in the canonical form lacks,
// each with the names that stand in its place.
func Missing(form *Form, n *Node) []string {
	seen := make(map[string]bool)
	var all []string
	missing(form, n, "", func(path string, there *Node) {
		if !seen[path] {
			seen[path] = true
			all = append(all, fmt.Sprintf("%s (there are: %s)", path, shortList(there.Names())))
		}
	})
	return all
}

func missing(form *Form, n *Node, path string, tell func(string, *Node)) {
	switch {
	case n == nil || n.Type <= Null:
	case form.Kind == List:
		for i := range n.Items {
			missing(form.Elem, &n.Items[i], path, tell)
		}
		nowhere(form.Elem, n, path, tell)
	case form.Kind == Record || form.Kind == Amounts:
		for _, f := range form.Fields {
			v := n.Get(f.Name)
			if f.required() && lacks(f.Form, v) && !f.excused(n) || f.overlooked(form, n, v) {
				tell(join(path, f.Name), n)
				continue
			}
			missing(f.Form, v, join(path, f.Name), tell)
		}
	}
}

// overlooked reports a list that is empty or absent beside a list of records
// that no field is for: its rows may be there.
func (f Field) overlooked(form *Form, n, v *Node) bool {
	if f.Form.Kind != List || f.Form.Elem.Kind != Record || v != nil && len(v.Items) > 0 {
		return false
	}
	return slices.ContainsFunc(n.Members, func(m Member) bool {
		return m.Value.Type == Array && len(m.Value.Items) > 0 && m.Value.Items[0].Type == Object &&
			form.Field(m.Name) == nil && !slices.Contains(notRows, m.Name)
	})
}

// nowhere tells the fields that no row of a list has though one should.
func nowhere(elem *Form, list *Node, path string, tell func(string, *Node)) {
	for _, f := range elem.Fields {
		if f.Need == Somewhere && len(list.Items) > 0 && !slices.ContainsFunc(list.Items, func(row Node) bool { return !lacks(f.Form, row.Get(f.Name)) }) {
			tell(join(path, f.Name), &list.Items[0])
		}
	}
}

// lacks reports a value that does not say what it has to: a text or an id that
// is empty, or nothing at all.
func lacks(form *Form, v *Node) bool {
	if v == nil || v.Type <= Null {
		return true
	}
	return (form.Kind == Word || form.Kind == ID || form.Kind == Day) && v.Empty()
}

func shortList(names []string) string {
	const most = 12
	if len(names) == 0 {
		return "none"
	}
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}
