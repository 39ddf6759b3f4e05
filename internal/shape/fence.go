package shape

import (
	"reflect"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Fenced copies an answer with each text in it as it may stand in a cell.
func (s *Shapes) Fenced(v reflect.Value) reflect.Value {
	c := duplicate(v)
	s.fence(c, schemas.Fence)
	return c
}

// Named copies an answer with its own texts as they may stand in a heading;
// those of its rows stay as they are.
func (s *Shapes) Named(v reflect.Value) reflect.Value {
	c := duplicate(v)
	for _, m := range s.Columns(c.Type()) {
		if f := c.FieldByIndex(m.Index); m.texts && f.Kind() != reflect.Slice {
			s.fence(f, schemas.Name)
		}
	}
	return c
}

func duplicate(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	return c
}

// fence fences a text, or the texts in a struct or a list, in place. Lists are
// copied first: they are shared with the answer itself.
func (s *Shapes) fence(v reflect.Value, as func(string) string) {
	switch v.Kind() {
	case reflect.String:
		if s := as(v.String()); s != v.String() {
			v.SetString(s)
		}
	case reflect.Struct:
		s.members(v, s.Columns(v.Type()), as)
	case reflect.Slice:
		as = schemas.Fence
		if _, oneCell := reflect.TypeAssert[interface{ Cell() string }](v); oneCell || v.Type().Elem().Kind() == reflect.String {
			as = schemas.FenceItem
		}
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		columns := s.Columns(v.Type().Elem())
		for i := range c.Len() {
			if columns == nil {
				s.fence(c.Index(i), as)
			}
			s.members(c.Index(i), columns, as)
		}
		v.Set(c)
	}
}

// members fences the texts in a struct.
func (s *Shapes) members(v reflect.Value, columns []Column, as func(string) string) {
	for _, c := range columns {
		if c.texts {
			s.fence(v.FieldByIndex(c.Index), as)
		}
	}
}
