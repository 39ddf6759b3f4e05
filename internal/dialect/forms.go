package dialect

import (
	"errors"
	"slices"
	"strings"
)

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
	if n.Empty() {
		return
	}
	switch form.Kind {
	case Amount:
		if a, ok := readMoney(n); ok {
			*c.money = append(*c.money, a)
		}
	case Day:
		if d, ok := readDay(n); ok {
			*c.days = append(*c.days, d)
		}
	case Amounts:
		c.amounts(path, n)
	case List:
		c.list(form, path, n)
	case Record:
		c.record(form, path, n)
	default: // neither an amount nor a date
	}
}

func (c collector) amounts(path string, n *Node) {
	inner := split(c.Members[join(path, "*")])
	for i := range n.Members {
		c.value(&Form{Kind: Amount}, path, n.Members[i].Value.At(inner))
	}
}

func (c collector) list(form *Form, path string, n *Node) {
	inner := split(c.Members[join(path, "*")])
	items := n.Items
	if n.Type == Object {
		items = named(n)
	}
	for i := range items {
		c.value(form.Elem, path, items[i].At(inner))
	}
}

func (c collector) record(form *Form, path string, n *Node) {
	for _, f := range form.Fields {
		at := c.place(join(path, f.Name), f.Name)
		c.value(f.Form, join(path, f.Name), n.At(at.path))
		if at.minus != nil {
			c.value(f.Form, join(path, f.Name), n.At(at.minus))
		}
	}
}
