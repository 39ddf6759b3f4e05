package dialect

import (
	"slices"
	"strconv"
)

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
	own := row.Get("amount")
	if len(nested.Items) == 0 && own != nil && string(own.Raw) == "0" {
		return nil // a heading with nothing below it
	}
	var all []Node
	for i := range nested.Items {
		all = append(all, leaves(nested.Items[i])...)
	}
	sum, ok := totalOf(all)
	if !ok || own == nil || string(own.Raw) != strconv.FormatInt(sum, 10) {
		return []Node{row}
	}
	return all
}

// totalOf adds up the amounts of rows; ok is false where a row has none.
func totalOf(rows []Node) (sum int64, ok bool) {
	for i := range rows {
		v := rows[i].Get("amount")
		if v == nil {
			return 0, false
		}
		n, err := integer(*v)
		if err != nil {
			return 0, false
		}
		sum += n
	}
	return sum, true
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
