package schemas

import (
	"encoding/json"
	"fmt"

	"github.com/invopop/jsonschema"
)

// Input returns the JSON Schema of T as the arguments of a tool: one inlined
// object that refuses unknown properties. It panics when T cannot be
// described, which a test finds before a user does.
func Input[T any]() json.RawMessage {
	return reflectSchema[T](jsonschema.Reflector{})
}

// Output returns the JSON Schema of T as the structured result of a tool: an
// open object, because Fiskl may add fields, with the company that every
// answer names.
func Output[T any]() json.RawMessage {
	return reflectSchema[T](jsonschema.Reflector{AllowAdditionalProperties: true}, company())
}

// property is one named member of an object schema.
type property struct {
	name   string
	schema *jsonschema.Schema
}

func company() property {
	return property{"company", &jsonschema.Schema{Type: "string", Description: "Company whose books these are"}}
}

func reflectSchema[T any](r jsonschema.Reflector, first ...property) json.RawMessage {
	// One inlined object without $id, $ref and $schema is the form that every
	// client accepts.
	r.Anonymous = true
	r.DoNotReference = true
	r.ExpandedStruct = true
	s := r.Reflect(new(T))
	s.Version = ""
	for _, p := range first {
		s.Properties.Set(p.name, p.schema)
		if err := s.Properties.MoveToFront(p.name); err != nil {
			panic(fmt.Sprintf("schemas: %T: %v", *new(T), err))
		}
	}
	b, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("schemas: %T: %v", *new(T), err))
	}
	return b
}
