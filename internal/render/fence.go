package render

import (
	"reflect"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// fenced copies an answer with each text in it as it may stand in a cell.
func (l *Layouts) fenced(v reflect.Value) reflect.Value {
	c := duplicate(v)
	l.fence(c, schemas.Fence)
	return c
}

// named copies an answer with its own texts as they may stand in a heading;
// those of its rows stay as they are.
func (l *Layouts) named(v reflect.Value) reflect.Value {
	c := duplicate(v)
	for _, m := range l.fields(c.Type()) {
		if f := c.FieldByIndex(m.index); m.texts && f.Kind() != reflect.Slice {
			l.fence(f, schemas.Name)
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
func (l *Layouts) fence(v reflect.Value, as func(string) string) {
	switch v.Kind() {
	case reflect.String:
		if s := as(v.String()); s != v.String() {
			v.SetString(s)
		}
	case reflect.Struct:
		l.members(v, l.fields(v.Type()), as)
	case reflect.Slice:
		as = schemas.Fence
		if _, oneCell := reflect.TypeAssert[interface{ Cell() string }](v); oneCell || v.Type().Elem().Kind() == reflect.String {
			as = schemas.FenceItem
		}
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		fields := l.fields(v.Type().Elem())
		for i := range c.Len() {
			if fields == nil {
				l.fence(c.Index(i), as)
			}
			l.members(c.Index(i), fields, as)
		}
		v.Set(c)
	}
}

// members fences the texts in a struct.
func (l *Layouts) members(v reflect.Value, fields []field, as func(string) string) {
	for _, f := range fields {
		if f.texts {
			l.fence(v.FieldByIndex(f.index), as)
		}
	}
}
