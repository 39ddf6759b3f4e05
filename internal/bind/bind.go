// Package bind turns the arguments of a tool call into a struct, strictly: an
// argument that is unknown, missing or of no use is refused with a sentence
// that says what would do. What models and clients commonly write in another
// form is understood first: numbers as strings and the reverse, a list as one
// value or as its JSON text, an enum in another case.
package bind

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Error is a refusal of arguments. Its text names the argument and is meant
// for whoever made the call.
type Error struct{ Problem string }

func (e *Error) Error() string { return e.Problem }

// Schema is the JSON Schema of a tool's arguments. It is parsed and compiled
// when it is first used.
type Schema struct {
	load func() (*compiled, error)
}

type compiled struct {
	shape    shape
	validate *jsonschema.Schema
	optional bool // no argument has to be there
}

// New returns the schema written in raw.
func New(raw json.RawMessage) Schema {
	return Schema{load: sync.OnceValues(func() (*compiled, error) { return compile(raw) })}
}

func compile(raw json.RawMessage) (*compiled, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("bind: read a schema: %w", err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("arguments.json", doc); err != nil {
		return nil, fmt.Errorf("bind: add a schema: %w", err)
	}
	s, err := c.Compile("arguments.json")
	if err != nil {
		return nil, fmt.Errorf("bind: compile a schema: %w", err)
	}
	out := &compiled{validate: s}
	if err := json.Unmarshal(raw, &out.shape); err != nil {
		return nil, fmt.Errorf("bind: read a schema: %w", err)
	}
	out.optional = s.Validate(map[string]any{}) == nil
	return out, nil
}

// Into decodes args into the struct that in points to. The error is an
// [*Error] when the arguments are at fault.
func (s Schema) Into(args json.RawMessage, in any) error {
	c, err := s.load()
	if err != nil {
		return err
	}
	if none(args) && c.optional {
		return nil
	}
	value, err := parse(args)
	if err != nil {
		return err
	}
	value = c.shape.coerce(value)
	if err := seen(value, ""); err != nil {
		return err
	}
	if err := c.validate.Validate(value); err != nil {
		return c.shape.explain(err)
	}
	b, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("bind: write arguments: %w", err)
	}
	if err := json.Unmarshal(b, in); err != nil {
		return locate(b, in, err)
	}
	return nil
}

// none reports that there are no arguments, however that is said.
func none(args json.RawMessage) bool {
	switch string(bytes.TrimSpace(args)) {
	case "", "{}", "null":
		return true
	default:
		return false
	}
}

func parse(args json.RawMessage) (any, error) {
	if none(args) {
		return map[string]any{}, nil
	}
	value, err := decode(string(args))
	if err != nil {
		return nil, &Error{"the arguments are not valid JSON"}
	}
	if name := twice(string(args)); name != "" {
		return nil, refusal("%s is given twice", name)
	}
	if _, ok := value.(map[string]any); !ok {
		return nil, &Error{`the arguments must be one JSON object, such as {"limit": 10}`}
	}
	return value, nil
}

// decode reads one JSON value with its numbers kept digit by digit.
func decode(s string) (any, error) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	if d.More() {
		return nil, &Error{"more than one JSON value"}
	}
	return v, nil
}
