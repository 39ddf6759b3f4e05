package render

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Layouts remembers the fields of the structs that answers are made of. It is
// safe for concurrent use.
type Layouts struct{ known sync.Map } // from a reflect.Type to its []field

// field is a field of a struct: a column of its list, or a value of its answer.
type field struct {
	Column

	index []int
	list  bool // of structs: a table of its own
	texts bool // it holds text that is not this server's own
}

// fields are the fields of a struct, those of embedded ones among them.
func (l *Layouts) fields(t reflect.Type) []field {
	if t.Kind() != reflect.Struct {
		return nil
	}
	known, _ := l.known.Load(t)
	all, ok := known.([]field)
	if !ok {
		all = fields(t, nil)
		l.known.Store(t, all)
	}
	return all
}

func fields(t reflect.Type, outer []int) []field {
	var all []field
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		index := append(slices.Clone(outer), f.Index...)
		switch {
		case f.Anonymous && name == "":
			all = append(all, fields(f.Type, index)...)
		case isShown(f, name):
			all = append(all, field{
				Column: Column{name, kindOfType(f.Type), strings.Contains(options, "omitempty")},
				index:  index,
				list:   f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct,
				texts:  holdsText(f.Type),
			})
		}
	}
	if own, ok := reflect.TypeAssert[schemas.Worded](reflect.Zero(t)); ok {
		ours := own.Ours()
		for i, f := range all {
			all[i].texts = f.texts && !slices.Contains(ours, f.Name)
		}
	}
	return all
}

// isShown reports a field that answers show.
func isShown(f reflect.StructField, name string) bool {
	return f.IsExported() && name != "" && name != "-"
}

// holdsText passes over ids: they have an alphabet of their own, and one in
// quotes would be another id.
func holdsText(t reflect.Type) bool {
	return t != reflect.TypeFor[schemas.ID]() && (t.Kind() == reflect.String || t.Kind() == reflect.Slice || t.Kind() == reflect.Struct)
}

// kindOfType is what cells of a type hold.
func kindOfType(t reflect.Type) Kind {
	switch t {
	case reflect.TypeFor[schemas.Date]():
		return Date
	case reflect.TypeFor[schemas.Money]():
		return Money
	case reflect.TypeFor[schemas.Foreign]():
		return Foreign
	case reflect.TypeFor[schemas.Quantity](), reflect.TypeFor[int](), reflect.TypeFor[int64]():
		return Number
	default:
		return Text
	}
}
