package dialect

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

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
			missing(form.Elem, &n.Items[i], path, inRow(form.Elem, n, path, tell))
		}
		nowhere(form.Elem, n, path, tell)
	case form.Kind == Record || form.Kind == Amounts:
		for _, f := range form.Fields {
			v := n.Get(f.Name)
			if f.absent(n, v) || f.overlooked(form, n, v) {
				tell(join(path, f.Name), n)
				continue
			}
			missing(f.Form, v, join(path, f.Name), tell)
		}
	}
}

// absent reports a required field that a record lacks without an excuse.
func (f Field) absent(n, v *Node) bool {
	return f.required() && lacks(f.Form, v) && !f.excused(n)
}

// inRow is silent about a name that is empty in one row and not in another: it
// was found, and somebody left it empty. Of a status or a currency that would
// be a guess.
func inRow(elem *Form, list *Node, path string, tell func(string, *Node)) func(string, *Node) {
	return func(at string, there *Node) {
		name := strings.TrimPrefix(at, path+".")
		f, v := elem.Field(name), there.Get(name)
		typed := strings.HasSuffix(strings.ToLower(name), "name")
		if typed && f != nil && f.Form.Kind == Word && v != nil && v.Type == String && slices.ContainsFunc(list.Items, func(row Node) bool { return !lacks(f.Form, row.Get(name)) }) {
			return
		}
		tell(at, there)
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

// shortList is for a message: names of members that look like names. What does
// not, as an id or a customer under whose name something stands, is counted.
func shortList(names []string) string {
	const most = 12
	if len(names) == 0 {
		return "none"
	}
	shown := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !plainName(name) })
	shown = shown[:min(len(shown), most)]
	switch more := len(names) - len(shown); {
	case more == 0:
		return strings.Join(shown, ", ")
	case len(shown) == 0:
		return fmt.Sprintf("%d whose names are none", more)
	default:
		return strings.Join(shown, ", ") + fmt.Sprintf(" and %d more", more)
	}
}

// plainName reports a name that whoever wrote the API gave, by its looks.
func plainName(name string) bool {
	const longest = 40
	const first = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$"
	if name == "" || len(name) > longest || !strings.ContainsRune(first+"@", rune(name[0])) {
		return false
	}
	return strings.Trim(name[1:], first+"0123456789-") == ""
}

// twice is the error of a member that an object has two of.
func twice(name string) error {
	if !plainName(name) {
		return errors.New("a member whose name is none stands there twice")
	}
	return fmt.Errorf("the member %q stands there twice", name)
}
