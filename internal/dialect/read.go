package dialect

import (
	"fmt"
	"slices"
	"strings"
)

// Read translates an answer into the canonical form. Members that the form does
// not know stay as they are, unless they would take the name of one it knows.
func (m Mapping) Read(form *Form, answer *Node) (Node, error) {
	payload := answer.At(m.Answer)
	if payload == nil {
		return Node{}, fmt.Errorf("there is nothing at %s", strings.Join(m.Answer, "."))
	}
	if m.Single {
		if payload.Type != Array || len(payload.Items) != 1 {
			return Node{}, fmt.Errorf("a list of one was expected, and there is %s of %d", payload.Type, len(payload.Items))
		}
		payload = &payload.Items[0]
	}
	return reader{m}.value(form, "", payload, "")
}

type reader struct{ Mapping }

// value reads one value. currency is that of the record around it.
func (r reader) value(form *Form, path string, n *Node, currency string) (Node, error) {
	if n.Type == Null {
		return *n, nil
	}
	switch form.Kind {
	case Record:
		return r.record(form, path, n, currency)
	case List:
		return r.list(form, path, n, currency)
	case Amounts:
		return r.amounts(form, path, n, currency)
	case Amount:
		return r.amount(path, n, currency)
	case Day:
		return r.day(path, n)
	case Word:
		return r.word(form, path, n), nil
	case Count, Decimal:
		return scaled(bare(n), r.Factors[path], 1), nil
	default:
		return *n, nil
	}
}

// bare takes a number out of its quotes.
func bare(n *Node) Node {
	if n.Type == String && digits(strings.TrimPrefix(n.String(), "-")) && n.String() != "" {
		return Node{Type: Number, Raw: []byte(n.String())}
	}
	return *n
}

func (r reader) amount(path string, n *Node, currency string) (Node, error) {
	a, ok := readMoney(n)
	if !ok {
		return Node{}, fmt.Errorf("%s is %s and no amount", path, n.Type)
	}
	minor, err := a.minor(r.Money.Major(), r.places(currency))
	if err != nil {
		return Node{}, fmt.Errorf("%s: %w", path, err)
	}
	return Node{Type: Number, Raw: []byte(minor)}, nil
}

func (r reader) day(path string, n *Node) (Node, error) {
	if n.Empty() {
		return Text(""), nil
	}
	s, ok := r.Days.orISO().read(n)
	if !ok {
		return Node{}, fmt.Errorf("%s is no date of the form %s", path, r.Days.orISO())
	}
	return Text(s), nil
}

func (d Days) orISO() Days {
	if d == "" {
		return ISODays
	}
	return d
}

// word reads a text that may be one of a few words.
func (r reader) word(form *Form, path string, n *Node) Node {
	if len(form.Meanings) == 0 || n.Type != String && n.Type != Number {
		return *n
	}
	s := n.String()
	if ours, ok := r.Meanings[path][s]; ok {
		return Text(ours)
	}
	if ours, ok := meaning(form.Meanings, s); ok {
		return Text(ours)
	}
	return *n
}

func (r reader) list(form *Form, path string, n *Node, currency string) (Node, error) {
	items := n.Items
	switch {
	case n.Type == Object && keyed(form.Elem, n):
		items = named(n)
	case n.Type != Array:
		return Node{}, fmt.Errorf("%s is %s and no list", orAnswer(path), n.Type)
	}
	out := Node{Type: Array, Items: make([]Node, 0, len(items))}
	inner := split(r.Members[join(path, "*")])
	for i := range items {
		item := items[i].At(inner)
		if item == nil {
			return Node{}, fmt.Errorf("a row of %s has no %s", orAnswer(path), strings.Join(inner, "."))
		}
		v, err := r.value(form.Elem, path, item, currency)
		if err != nil {
			return Node{}, err
		}
		if form.Elem.Nests {
			out.Items = append(out.Items, leaves(v)...)
			continue
		}
		out.Items = append(out.Items, v)
	}
	return out, nil
}

func orAnswer(path string) string {
	if path == "" {
		return "the answer"
	}
	return path
}

// record reads an object. Its own currency counts for the amounts in it.
func (r reader) record(form *Form, path string, n *Node, currency string) (Node, error) {
	if n.Type != Object {
		return Node{}, fmt.Errorf("%s is %s and no object", orAnswer(path), n.Type)
	}
	outer := currency
	if f := form.Field("currency"); f != nil {
		if own := n.At(r.place(join(path, "currency"), "currency").path); own != nil && own.Type == String {
			currency = own.String()
		}
	}
	out, used := Node{Type: Object, Members: make([]Member, 0, len(n.Members))}, make([][]string, 0, len(form.Fields))
	for _, f := range form.Fields {
		at := r.place(join(path, f.Name), f.Name)
		used = append(used, at.path)
		if at.minus != nil {
			used = append(used, at.minus)
		}
		in := currency
		if f.Base && outer != "" {
			in = outer
		}
		v, err := r.field(f, join(path, f.Name), at, n, in)
		if err != nil {
			return Node{}, err
		}
		if v.Type != None {
			out.Members = append(out.Members, Member{f.Name, v})
		}
	}
	for i := range n.Members {
		if n.ofResource(n.Members[i].Name) {
			continue
		}
		if rest, ok := unused(n.Members[i], used); ok && form.Field(rest.Name) == nil {
			out.Members = append(out.Members, rest)
		}
	}
	return out, nil
}

func (r reader) field(f Field, path string, at place, n *Node, currency string) (Node, error) {
	v := n.At(at.path)
	if at.minus != nil {
		return r.difference(path, v, n.At(at.minus), currency)
	}
	if v == nil {
		return Node{}, nil
	}
	return r.value(f.Form, path, v, currency)
}

// difference reads an amount that the API splits into two, of which one may be
// left out.
func (r reader) difference(path string, plus, less *Node, currency string) (Node, error) {
	if plus.Empty() && less.Empty() {
		return Node{}, nil
	}
	var sum int64
	for i, n := range []*Node{plus, less} {
		if n.Empty() {
			continue
		}
		v, err := r.amount(path, n, currency)
		if err != nil {
			return Node{}, err
		}
		units, err := integer(v)
		if err != nil {
			return Node{}, err
		}
		sum += units * int64(1-2*i)
	}
	return Node{Type: Number, Raw: fmt.Append(nil, sum)}, nil
}

// amounts reads an object of amounts by name. A list of names with amounts
// counts as one. What is no amount is left out.
func (r reader) amounts(form *Form, path string, n *Node, currency string) (Node, error) {
	if n.Type == Array {
		n = byName(n)
	}
	if n == nil || n.Type != Object {
		return Node{}, fmt.Errorf("%s is no object of amounts", path)
	}
	inner := split(r.Members[join(path, "*")])
	names := make(map[string]string, len(form.Fields))
	for _, f := range form.Fields {
		names[strings.Join(r.place(join(path, f.Name), f.Name).path, ".")] = f.Name
	}
	out := Node{Type: Object}
	for i := range n.Members {
		v := n.Members[i].Value.At(inner)
		if v == nil {
			continue
		}
		if _, ok := readMoney(v); !ok {
			continue
		}
		name := n.Members[i].Name
		if ours, ok := names[name]; ok {
			name = ours
		}
		a, err := r.amount(join(path, shortList([]string{name})), v, currency)
		if err != nil {
			return Node{}, err
		}
		out.Members = append(out.Members, Member{name, a})
	}
	return out, nil
}

// ofResource reports a member that JSON:API puts beside the attributes of a
// record.
func (n *Node) ofResource(name string) bool {
	a := n.Get("attributes")
	return a != nil && a.Type == Object && oneOf(name, "type", "links", "meta")
}

// unused is what of a member no field took.
func unused(m Member, used [][]string) (Member, bool) {
	var below [][]string
	for _, path := range used {
		if path[0] != m.Name {
			continue
		}
		if len(path) == 1 {
			return m, false
		}
		below = append(below, path[1:])
	}
	if below == nil {
		return m, true
	}
	rest := Node{Type: Object}
	for i := range m.Value.Members {
		if left, ok := unused(m.Value.Members[i], below); ok && !left.Value.Empty() {
			rest.Members = append(rest.Members, left)
		}
	}
	return Member{m.Name, rest}, len(rest.Members) > 0
}

// keyed reports an object whose members are the records of a list, each under
// its name.
func keyed(elem *Form, n *Node) bool {
	return elem != nil && elem.Kind == Record && elem.Field("name") != nil && len(n.Members) > 0 &&
		!slices.ContainsFunc(n.Members, func(m Member) bool { return m.Value.Type != Object })
}

func named(n *Node) []Node {
	items := make([]Node, 0, len(n.Members))
	for _, m := range n.Members {
		v := Node{Type: Object, Members: slices.Clone(m.Value.Members)}
		if v.Get("name") == nil {
			v.Members = append(v.Members, Member{"name", Text(m.Name)})
		}
		items = append(items, v)
	}
	return items
}

// byName reads a list of named amounts as an object of them.
func byName(n *Node) *Node {
	out := Node{Type: Object}
	for i := range n.Items {
		var name string
		var value *Node
		for j := range n.Items[i].Members {
			v := &n.Items[i].Members[j].Value
			_, money := readMoney(v)
			switch {
			case money && value == nil:
				value = v
			case v.Type == String && name == "":
				name = v.String()
			}
		}
		if name == "" || value == nil || out.Get(name) != nil {
			return nil
		}
		out.Members = append(out.Members, Member{name, *value})
	}
	return &out
}

// leaves takes the rows within a row in its place, where it is their sum. Rows
// that do not add up stay within, and are told by whoever counts them.
func leaves(row Node) []Node {
	nested := nestedRows(&row)
	if nested == nil {
		return []Node{row}
	}
	if own := row.Get("amount"); len(nested.Items) == 0 && own != nil && string(own.Raw) == "0" {
		return nil // a heading with nothing below it
	}
	var all []Node
	var sum int64
	for i := range nested.Items {
		for _, leaf := range leaves(nested.Items[i]) {
			all = append(all, leaf)
			v := leaf.Get("amount")
			if v == nil {
				return []Node{row}
			}
			n, err := integer(*v)
			if err != nil {
				return []Node{row}
			}
			sum += n
		}
	}
	if own := row.Get("amount"); own == nil || string(own.Raw) != fmt.Sprint(sum) {
		return []Node{row}
	}
	return all
}

// nestedRows is the list of objects that a row holds and that is no list of
// amounts; nil when there is none.
func nestedRows(row *Node) *Node {
	for i := range row.Members {
		v := &row.Members[i].Value
		if v.Type != Array {
			continue
		}
		if len(v.Items) > 0 && v.Items[0].Type == Object || len(v.Items) == 0 && oneOf(row.Members[i].Name, "rows", "accounts", "children", "items", "lines", "subAccounts", "subaccounts", "sub_accounts") {
			return v
		}
	}
	return nil
}
