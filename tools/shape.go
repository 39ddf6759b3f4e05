package tools

import (
	"reflect"
	"slices"
	"strings"
	"sync"
)

// shapes remembers the columns of the structs that answers are made of. It is
// safe for concurrent use.
type shapes struct{ known sync.Map } // from a reflect.Type to its []column

// column is a field of a struct by its JSON name.
type column struct {
	name  string
	index []int
	omits bool // it is left out when empty
	texts bool // it holds text that is not this server's own
}

func (s *shapes) columns(t reflect.Type) []column {
	if t.Kind() != reflect.Struct {
		return nil
	}
	known, _ := s.known.Load(t)
	all, ok := known.([]column)
	if !ok {
		all = columns(t, nil)
		s.known.Store(t, all)
	}
	return all
}

// used are the columns that any of some rows has something in.
func (s *shapes) used(rows reflect.Value) []column {
	return slices.DeleteFunc(slices.Clone(s.columns(rows.Type().Elem())), func(c column) bool {
		for i := range rows.Len() {
			if !c.omits || !empty(rows.Index(i).FieldByIndex(c.index)) {
				return false
			}
		}
		return true
	})
}

func columns(t reflect.Type, outer []int) []column {
	var all []column
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		index := append(slices.Clone(outer), f.Index...)
		switch {
		case f.Anonymous && name == "":
			all = append(all, columns(f.Type, index)...)
		case f.IsExported() && name != "":
			all = append(all, column{name, index, strings.Contains(options, "omitempty"), holdsText(f.Type)})
		}
	}
	if own, ok := reflect.TypeAssert[interface{ Ours() []string }](reflect.Zero(t)); ok {
		ours := own.Ours()
		for i, c := range all {
			all[i].texts = c.texts && !slices.Contains(ours, c.name)
		}
	}
	return all
}

func holdsText(t reflect.Type) bool {
	return t.Kind() == reflect.String || t.Kind() == reflect.Slice || t.Kind() == reflect.Struct
}
