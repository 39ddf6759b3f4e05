package adopt

import (
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// at goes down a path of names; nil when it leads nowhere.
func at(v *contract.Value, path []string) *contract.Value {
	for _, name := range path {
		if v = v.Get(name); v == nil {
			return nil
		}
	}
	return v
}

func split(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, ".")
}

func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}

// walker visits the fields of a form with what the document says of each.
type walker struct {
	members map[string]string // see dialect.Mapping
	visit   func(path string, f dialect.Field, v *contract.Value)
}

func (w walker) form(form *dialect.Form, path string, v *contract.Value) {
	if v == nil {
		return
	}
	switch form.Kind {
	case dialect.List:
		inner := v.Item
		if v.Kind == "object" {
			inner = v.Each
		}
		w.element(form.Elem, path, at(inner, split(w.members[join(path, "*")])))
	case dialect.Record:
		w.fields(form, path, v)
	case dialect.Amounts:
		w.amounts(form, path, v)
	default: // it holds nothing
	}
}

// element visits what a list holds: a record's fields, or the value itself.
func (w walker) element(elem *dialect.Form, path string, v *contract.Value) {
	switch {
	case v == nil:
	case elem.Kind == dialect.Record || elem.Kind == dialect.List || elem.Kind == dialect.Amounts:
		w.form(elem, path, v)
	default:
		w.visit(path, dialect.Field{Name: path, Form: elem}, v)
	}
}

func (w walker) fields(form *dialect.Form, path string, v *contract.Value) {
	for _, f := range form.Fields {
		p := join(path, f.Name)
		where, mapped := w.members[p]
		if !mapped {
			where = f.Name
		}
		where, _, _ = strings.Cut(where, " - ")
		if there := at(v, split(where)); there != nil {
			w.visit(p, f, there)
			w.form(f.Form, p, there)
		}
	}
}

func (w walker) amounts(form *dialect.Form, path string, v *contract.Value) {
	inner := split(w.members[join(path, "*")])
	visit := func(name string, one *contract.Value) {
		if one = at(one, inner); one != nil {
			w.visit(join(path, name), dialect.Field{Name: name, Form: &dialect.Form{Kind: dialect.Amount, Noun: form.Noun}}, one)
		}
	}
	for _, f := range v.Fields {
		visit(f.Name, f.Value)
	}
	visit("*", v.Each)
}
