package contract

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// shape is what a schema says of a value, with its parts put together.
type shape struct {
	kinds    []string // as in JSON Schema, without null; empty for any
	format   string
	words    []string // the only ones that a text can be; empty for any
	fields   map[string]*openapi3.Schema
	required []string
	item     *openapi3.Schema // of a list
	each     *openapi3.Schema // of an object whose names are not known
}

// shapeOf puts a schema together with those that it is made of: allOf, and as
// they may come, oneOf and anyOf. One that leads back to itself counts once.
func shapeOf(s *openapi3.Schema) shape {
	all := shape{fields: make(map[string]*openapi3.Schema)}
	all.add(s, make(map[*openapi3.Schema]bool))
	return all
}

func (a *shape) add(s *openapi3.Schema, seen map[*openapi3.Schema]bool) {
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	a.value(s)
	for name, field := range s.Properties {
		if a.fields[name] == nil && field != nil {
			a.fields[name] = field.Value
		}
	}
	a.required = append(a.required, s.Required...)
	a.item, a.each = either(a.item, s.Items), either(a.each, s.AdditionalProperties.Schema)
	for _, part := range slices.Concat(s.AllOf, s.OneOf, s.AnyOf) {
		if part != nil {
			a.add(part.Value, seen)
		}
	}
}

// value adds what a schema says of a value that holds no others.
func (a *shape) value(s *openapi3.Schema) {
	for _, kind := range s.Type.Slice() {
		if kind != openapi3.TypeNull && !slices.Contains(a.kinds, kind) {
			a.kinds = append(a.kinds, kind)
		}
	}
	if a.format == "" {
		a.format = s.Format
	}
	for _, word := range s.Enum {
		if text, is := word.(string); is {
			a.words = append(a.words, text)
		}
	}
}

func either(s *openapi3.Schema, other *openapi3.SchemaRef) *openapi3.Schema {
	if s != nil || other == nil {
		return s
	}
	return other.Value
}

// has reports a kind that a value may be of.
func (a shape) has(kind string) bool { return len(a.kinds) == 0 || slices.Contains(a.kinds, kind) }

// isList reports that a value is a list, and no object.
func (a shape) isList() bool { return a.item != nil && len(a.fields) == 0 }

// kind is what a value is, in a word.
func (a shape) kind() string {
	words := map[string]string{
		"string": "text", "boolean": "true or false", "integer": "a whole number", "number": "a number",
		"array": "a list", "object": "an object",
	}
	var kinds []string
	for _, kind := range a.kinds {
		if word, known := words[kind]; known {
			kinds = append(kinds, word)
		}
	}
	switch {
	case len(kinds) > 0:
		return strings.Join(kinds, " or ")
	case a.item != nil:
		return "a list"
	case len(a.fields) > 0:
		return "an object"
	default:
		return "anything"
	}
}
