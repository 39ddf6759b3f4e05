package tools

import (
	"reflect"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// fenced copies an answer with each text in it as it may stand in a cell.
func (s *shapes) fenced(v reflect.Value) reflect.Value {
	c := duplicate(v)
	s.fence(c, schemas.Fence)
	return c
}

// named copies an answer with its own texts as they may stand in a heading;
// those of its rows stay as they are.
func (s *shapes) named(v reflect.Value) reflect.Value {
	c := duplicate(v)
	for _, m := range s.columns(c.Type()) {
		if f := c.FieldByIndex(m.index); m.texts && f.Kind() != reflect.Slice {
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
func (s *shapes) fence(v reflect.Value, as func(string) string) {
	switch v.Kind() {
	case reflect.String:
		if s := as(v.String()); s != v.String() {
			v.SetString(s)
		}
	case reflect.Struct:
		for _, m := range s.columns(v.Type()) {
			if m.texts {
				s.fence(v.FieldByIndex(m.index), as)
			}
		}
	case reflect.Slice:
		as = schemas.Fence
		if _, oneCell := reflect.TypeAssert[interface{ Cell() string }](v); oneCell || v.Type().Elem().Kind() == reflect.String {
			as = schemas.FenceItem
		}
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		for i := range c.Len() {
			s.fence(c.Index(i), as)
		}
		v.Set(c)
	}
}
