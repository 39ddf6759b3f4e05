// Package shape knows the structs that answers are made of: their fields as
// JSON has them, and which of their texts are somebody's.
package shape

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Shapes remembers the columns of the structs that answers are made of. It is
// safe for concurrent use.
type Shapes struct{ known sync.Map } // from a reflect.Type to its []Column

// Column is a field of a struct by its JSON name.
type Column struct {
	Name  string
	Index []int
	Type  reflect.Type
	Omits bool // it is left out when empty

	texts bool // it holds text that is not this server's own
}

// Columns are the fields of a struct, those of embedded ones among them.
func (s *Shapes) Columns(t reflect.Type) []Column {
	if t.Kind() != reflect.Struct {
		return nil
	}
	known, _ := s.known.Load(t)
	all, ok := known.([]Column)
	if !ok {
		all = columns(t, nil)
		s.known.Store(t, all)
	}
	return all
}

func columns(t reflect.Type, outer []int) []Column {
	var all []Column
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		index := append(slices.Clone(outer), f.Index...)
		switch {
		case f.Anonymous && name == "":
			all = append(all, columns(f.Type, index)...)
		case f.IsExported() && name != "":
			all = append(all, Column{name, index, f.Type, strings.Contains(options, "omitempty"), holdsText(f.Type)})
		}
	}
	if own, ok := reflect.TypeAssert[schemas.Worded](reflect.Zero(t)); ok {
		ours := own.Ours()
		for i, c := range all {
			all[i].texts = c.texts && !slices.Contains(ours, c.Name)
		}
	}
	return all
}

// holdsText passes over ids: they have an alphabet of their own, and one in
// quotes would be another id.
func holdsText(t reflect.Type) bool {
	return t != reflect.TypeFor[schemas.ID]() && (t.Kind() == reflect.String || t.Kind() == reflect.Slice || t.Kind() == reflect.Struct)
}
