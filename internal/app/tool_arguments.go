package app

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
)

// toolArgument is an argument of a tool, for people.
type toolArgument struct {
	name, about string
	required    bool
	schema      argumentSchema
}

// argumentSchema is the part of a JSON Schema that says what a value is.
type argumentSchema struct {
	Type        string          `json:"type"`
	Description string          `json:"description"`
	Enum        []string        `json:"enum"`
	Items       *argumentSchema `json:"items"`
	Properties  json.RawMessage `json:"properties"`
	Required    []string        `json:"required"`
}

// argumentsOf are the arguments of a tool as clients are told of it, in order.
func argumentsOf(d mcp.Tool) []toolArgument {
	var all argumentSchema
	if json.Unmarshal(d.RawInputSchema, &all) != nil {
		return nil
	}
	return all.arguments()
}

func (s argumentSchema) arguments() []toolArgument {
	var list []toolArgument
	for _, name := range namesInOrder(s.Properties) {
		var members map[string]argumentSchema
		if json.Unmarshal(s.Properties, &members) != nil {
			return nil
		}
		one := members[name]
		list = append(list, toolArgument{name: name, about: one.Description, required: slices.Contains(s.Required, name), schema: one})
	}
	return list
}

// namesInOrder are the names of an object's members as they are written.
func namesInOrder(object json.RawMessage) []string {
	d := json.NewDecoder(bytes.NewReader(object))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil
	}
	var names []string
	for d.More() {
		name, err := d.Token()
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil {
			return names
		}
		if text, ok := name.(string); ok {
			names = append(names, text)
		}
	}
	return names
}

func isList(known []toolArgument, name string) bool {
	return slices.ContainsFunc(known, func(a toolArgument) bool {
		return a.name == name && a.schema.Type == "array" && a.schema.Items != nil && a.schema.Items.Type != "object"
	})
}

// kind says in words what a value is.
func (a toolArgument) kind() string {
	switch {
	case len(a.schema.Enum) > 0:
		return strings.Join(a.schema.Enum, "|")
	case a.isDay():
		return "a date"
	case a.name == "period" || a.name == "against":
		return "a period"
	default:
		return a.schema.kind()
	}
}

// isDay reports an argument that is a date. Input schemas do not say so, as
// some model providers refuse formats.
func (a toolArgument) isDay() bool {
	return a.schema.Type == "string" && (a.name == "date" || strings.HasSuffix(a.name, "_date") || a.name == "as_of" || a.name == "start" || a.name == "end")
}

func (s argumentSchema) kind() string {
	switch s.Type {
	case "string":
		return "text"
	case "integer":
		return "a whole number"
	case "number":
		return "a number"
	case "boolean":
		return "true|false"
	case "array":
		if s.Items == nil {
			return "a list"
		}
		if s.Items.Type == "object" {
			return "a list of objects"
		}
		if len(s.Items.Enum) > 0 {
			return "a list of " + strings.Join(s.Items.Enum, "|")
		}
		return "a list of text"
	default:
		return "an object"
	}
}
