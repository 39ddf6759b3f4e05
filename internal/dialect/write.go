package dialect

import (
	"fmt"
	"strings"
)

// Write translates a value of the canonical form into the API's: the body of a
// request, or an answer where the API is a sandbox that speaks a dialect.
// Members that the form does not know stay as they are.
func (m Mapping) Write(form *Form, canonical *Node) (Node, error) {
	v, err := writer{m}.value(form, "", canonical, "")
	if err != nil {
		return Node{}, err
	}
	if m.Single {
		v = Node{Type: Array, Items: []Node{v}}
	}
	if len(m.Answer) == 0 {
		return v, nil
	}
	var out Node
	out.set(m.Answer, v)
	return out, nil
}

type writer struct{ Mapping }

func (w writer) value(form *Form, path string, n *Node, currency string) (Node, error) {
	if n.Type <= Null {
		return *n, nil
	}
	switch form.Kind {
	case Record:
		return w.record(form, path, n, currency)
	case List:
		return w.list(form, path, n, currency)
	case Amounts:
		return w.amounts(form, path, n, currency)
	case Amount:
		return w.amount(path, n, currency)
	case Day:
		return w.day(path, n)
	case Word:
		return w.word(path, n), nil
	case Decimal:
		return scaled(*n, w.Factors[path], -1), nil
	default:
		return *n, nil
	}
}

func (w writer) amount(path string, n *Node, currency string) (Node, error) {
	if n.Type != Number {
		return Node{}, fmt.Errorf("%s is %s and no amount", path, n.Type)
	}
	return w.Money.write(string(n.Raw), w.places(currency)), nil
}

func (w writer) day(path string, n *Node) (Node, error) {
	if n.Type != String {
		return Node{}, fmt.Errorf("%s is %s and no date", path, n.Type)
	}
	if n.Empty() {
		return *n, nil
	}
	return w.Days.write(n.String())
}

// word writes one of our words as the API has it.
func (w writer) word(path string, n *Node) Node {
	theirs, ok := w.Words[path][n.String()]
	switch {
	case !ok || n.Type != String:
		return *n
	case digits(theirs) && (theirs == "0" || theirs[0] != '0'):
		return Node{Type: Number, Raw: []byte(theirs)}
	default:
		return Text(theirs)
	}
}

func (w writer) list(form *Form, path string, n *Node, currency string) (Node, error) {
	out := Node{Type: Array, Items: make([]Node, 0, len(n.Items))}
	inner := split(w.Members[join(path, "*")])
	for i := range n.Items {
		v, err := w.value(form.Elem, path, &n.Items[i], currency)
		if err != nil {
			return Node{}, err
		}
		out.Items = append(out.Items, within(inner, v))
	}
	return out, nil
}

// within puts a value at the end of a path.
func within(path []string, v Node) Node {
	if len(path) == 0 {
		return v
	}
	var out Node
	out.set(path, v)
	return out
}

func (w writer) record(form *Form, path string, n *Node, currency string) (Node, error) {
	outer := currency
	if own := n.Get("currency"); own != nil && own.Type == String && form.Field("currency") != nil {
		currency = own.String()
	}
	out := Node{Type: Object}
	for i := range n.Members {
		m := &n.Members[i]
		f := form.Field(m.Name)
		if f == nil {
			if out.Get(m.Name) == nil { // a field has the name in this dialect
				out.Members = append(out.Members, *m)
			}
			continue
		}
		in := currency
		if f.Base && outer != "" {
			in = outer
		}
		v, err := w.value(f.Form, join(path, f.Name), &m.Value, in)
		if err != nil {
			return Node{}, err
		}
		w.put(&out, w.place(join(path, f.Name), f.Name), v)
	}
	return out, nil
}

// put puts a value at its place. A difference is written as its first member
// where it is positive, else as its second.
func (w writer) put(out *Node, at place, v Node) {
	raw, negative := strings.CutPrefix(strings.Trim(string(v.Raw), `"`), "-")
	if at.minus == nil || v.Type <= Null || !negative {
		out.set(at.path, v)
		return
	}
	if v.Type == String {
		v = Text(raw)
	} else {
		v.Raw = []byte(raw)
	}
	out.set(at.minus, v)
}

func (w writer) amounts(form *Form, path string, n *Node, currency string) (Node, error) {
	out := Node{Type: Object}
	inner := split(w.Members[join(path, "*")])
	for i := range n.Members {
		name := n.Members[i].Name
		v, err := w.amount(join(path, name), &n.Members[i].Value, currency)
		if err != nil {
			return Node{}, err
		}
		at := []string{name}
		if form.Field(name) != nil {
			at = w.place(join(path, name), name).path
		}
		out.set(at, within(inner, v))
	}
	return out, nil
}
