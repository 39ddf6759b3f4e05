package contract

import (
	"fmt"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// Value is what a document says of a value, with the parts of its schema put
// together. A schema that leads back to itself ends where it does.
type Value struct {
	Kind        string // as in JSON Schema; empty for any
	Format      string
	Pattern     string
	Description string
	Example     string   // of a scalar, as JSON would have it without quotes
	Words       []string // the only ones that a text can be
	Hundredths  bool     // it is a multiple of 0.01 or of another fraction
	Default     *float64
	Least, Most *float64

	Fields []Field // of an object, by name
	Item   *Value  // of a list
	Each   *Value  // of an object whose names are not known
}

// Field is a member of an object.
type Field struct {
	Name     string
	Required bool
	Value    *Value
}

// Get is the member of this name; nil when there is none.
func (v *Value) Get(name string) *Value {
	if v == nil {
		return nil
	}
	i := slices.IndexFunc(v.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return v.Fields[i].Value
}

// viewer makes values of schemas.
type viewer struct {
	above []*openapi3.Schema // those that this one is within
	left  *int               // how many values may still be made
}

// deepest bounds how deeply values are nested: no form of ours is half as deep.
const deepest = 12

func (v viewer) ref(s *openapi3.SchemaRef) *Value {
	if s == nil {
		return nil
	}
	return v.value(s.Value)
}

func (v viewer) value(s *openapi3.Schema) *Value {
	*v.left--
	if s == nil || slices.Contains(v.above, s) || len(v.above) == deepest || *v.left <= 0 {
		return nil
	}
	v.above = append(slices.Clone(v.above), s)
	all := shapeOf(s)
	out := &Value{Format: all.format, Words: all.words, Item: v.value(all.item), Each: v.value(all.each)}
	out.Kind = kindOf(all)
	out.tell(s, make(map[*openapi3.Schema]bool))
	for _, name := range slices.Sorted(maps.Keys(all.fields)) {
		if f := v.value(all.fields[name]); f != nil {
			out.Fields = append(out.Fields, Field{Name: name, Required: slices.Contains(all.required, name), Value: f})
		}
	}
	return out
}

func kindOf(s shape) string {
	switch {
	case len(s.fields) > 0:
		return openapi3.TypeObject
	case len(s.kinds) == 1:
		return s.kinds[0]
	case s.item != nil:
		return openapi3.TypeArray
	case s.each != nil:
		return openapi3.TypeObject
	case slices.Contains(s.kinds, openapi3.TypeString):
		return openapi3.TypeString
	case len(s.kinds) > 0:
		return s.kinds[0]
	default:
		return ""
	}
}

// tell takes over what schemas say of a value besides its shape, the outermost
// first.
func (v *Value) tell(s *openapi3.Schema, seen map[*openapi3.Schema]bool) {
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	if v.Description == "" {
		v.Description = s.Description
	}
	if v.Pattern == "" {
		v.Pattern = s.Pattern
	}
	if v.Example == "" {
		v.Example = scalar(append([]any{s.Example}, s.Examples...))
	}
	v.Least, v.Most, v.Default = eitherNumber(v.Least, s.Min), eitherNumber(v.Most, s.Max), eitherNumber(v.Default, number(s.Default))
	v.Hundredths = v.Hundredths || s.MultipleOf != nil && *s.MultipleOf < 1
	for _, part := range slices.Concat(s.AllOf, s.OneOf, s.AnyOf) {
		if part != nil {
			v.tell(part.Value, seen)
		}
	}
}

func eitherNumber(a, b *float64) *float64 {
	if a != nil {
		return a
	}
	return b
}

func number(v any) *float64 {
	n, is := v.(float64)
	if !is {
		return nil
	}
	return &n
}

// scalar is the first of some examples that is no list or object.
func scalar(examples []any) string {
	for _, e := range examples {
		switch e.(type) {
		case string, float64, int, int64, uint64, bool:
			return fmt.Sprint(e)
		}
	}
	return ""
}
