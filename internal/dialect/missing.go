package dialect

import (
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
