package dialect

import (
	"fmt"
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
func (r reader) record(form *Form, path string, n *Node, outer string) (Node, error) {
	if n.Type != Object {
		return Node{}, fmt.Errorf("%s is %s and no object", orAnswer(path), n.Type)
	}
	own := r.currency(form, path, n, outer)
	out, used := Node{Type: Object, Members: make([]Member, 0, len(n.Members))}, make([][]string, 0, len(form.Fields))
	for _, f := range form.Fields {
		at := r.place(join(path, f.Name), f.Name)
		used = append(used, at.path)
		if at.minus != nil {
			used = append(used, at.minus)
		}
		currency := own
		if f.Base && outer != "" {
			currency = outer
		}
		v, err := r.field(f, join(path, f.Name), at, n, currency)
		if err != nil {
			return Node{}, err
		}
		if v.Type != None {
			out.Members = append(out.Members, Member{f.Name, v})
		}
	}
	out.Members = appendRest(out.Members, form, n, used)
	return out, nil
}

// currency is a record's own, or that of the record around it.
func (r reader) currency(form *Form, path string, n *Node, outer string) string {
	if form.Field("currency") == nil {
		return outer
	}
	own := n.At(r.place(join(path, "currency"), "currency").path)
	if own == nil || own.Type != String {
		return outer
	}
	return own.String()
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
