package tools_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// effectOf is the closed list of verbs with the effect that each tells.
func effectOf(verb string) tools.Effect {
	return map[string]tools.Effect{
		"get": tools.Read, "list": tools.Read, "preview": tools.Read, "compare": tools.Read, "trace": tools.Read, "review": tools.Read, "export": tools.Read,
		"create": tools.Create, "request": tools.Create, "update": tools.Update,
		"send": tools.Send, "record": tools.Record, "mark": tools.Record,
	}[verb]
}

func TestNames(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[a-z][a-z0-9_]{2,39}$`)
	seen := make(map[string]bool)
	for _, tool := range catalog(t, tools.Options{}).All() {
		verb, _, _ := strings.Cut(tool.Name, "_")
		if !form.MatchString(tool.Name) || seen[tool.Name] {
			t.Errorf("%s is not a name, or there twice", tool.Name)
		}
		if want := effectOf(verb); tool.Effect != want {
			t.Errorf("%s has the effect %q, but its verb says %q", tool.Name, tool.Effect, want)
		}
		seen[tool.Name] = true
	}
}

func TestHints(t *testing.T) {
	t.Parallel()
	for _, tool := range catalog(t, tools.Options{}).All() {
		d := tool.Definition()
		a := d.Annotations
		if a.ReadOnlyHint == nil || a.DestructiveHint == nil || a.IdempotentHint == nil || a.OpenWorldHint == nil {
			t.Errorf("%s lacks a hint", tool.Name)
			continue
		}
		if d.Title == "" || a.Title != d.Title || d.Description == "" {
			t.Errorf("%s lacks a title or a description", tool.Name)
		}
		if *a.ReadOnlyHint != (tool.Effect == tools.Read) || *a.ReadOnlyHint && *a.DestructiveHint {
			t.Errorf("%s: the hints contradict the effect %s", tool.Name, tool.Effect)
		}
		if got, want := *a.OpenWorldHint, tool.Effect == tools.Send; got != want {
			t.Errorf("%s: open world is %t, want %t", tool.Name, got, want)
		}
	}
}

// TestSchemas holds both schemas of every tool to what all clients accept.
func TestSchemas(t *testing.T) {
	t.Parallel()
	for _, tool := range catalog(t, tools.Options{}).All() {
		d := tool.Definition()
		for form, raw := range map[string]json.RawMessage{"input": d.RawInputSchema, "output": d.RawOutputSchema} {
			t.Run(tool.Name+"/"+form, func(t *testing.T) {
				t.Parallel()
				compiled(t, raw)
				var s map[string]any
				if err := json.Unmarshal(raw, &s); err != nil {
					t.Fatal(err)
				}
				if s["type"] != "object" {
					t.Errorf("the root is of type %v, want object", s["type"])
				}
				for _, complaint := range lint(s, "", form == "input") {
					t.Error(complaint)
				}
			})
		}
	}
}

// compiled returns a schema that also holds dates to the calendar.
func compiled(t *testing.T, raw json.RawMessage) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// lint says what is wrong with a schema and those inside it.
func lint(schema any, path string, closed bool) []string {
	s, ok := schema.(map[string]any)
	if !ok {
		return []string{fmt.Sprintf("%s is the subschema %v", path, schema)}
	}
	var wrong []string
	known := []string{
		"type", "properties", "required", "items", "enum", "description", "format", "additionalProperties",
		"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems",
	}
	for _, word := range slices.Sorted(maps.Keys(s)) {
		if !slices.Contains(known, word) {
			wrong = append(wrong, fmt.Sprintf("%s uses %s", path, word))
		}
	}
	if _, ok := s["type"].(string); !ok {
		wrong = append(wrong, path+" has no type")
	}
	if properties, ok := s["properties"].(map[string]any); ok {
		if additional, there := s["additionalProperties"]; closed != there || closed && additional != false {
			wrong = append(wrong, fmt.Sprintf("%s: additionalProperties is %v", path, additional))
		}
		for name, p := range properties {
			if inner, _ := p.(map[string]any); inner["description"] == nil || inner["description"] == "" {
				wrong = append(wrong, fmt.Sprintf("%s.%s has no description", path, name))
			}
			wrong = append(wrong, lint(p, path+"."+name, closed)...)
		}
	}
	if items, ok := s["items"]; ok || s["type"] == "array" {
		wrong = append(wrong, lint(items, path+"[]", closed)...)
	}
	return wrong
}

// TestLint plants each fault that TestSchemas looks for.
func TestLint(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{
		`{"type":"object","properties":{"a":true},"additionalProperties":false}`,
		`{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}`,
		`{"type":"object","properties":{"a":{"description":"A"}},"additionalProperties":false}`,
		`{"type":"object","properties":{"a":{"type":"array","description":"A"}},"additionalProperties":false}`,
		`{"type":"object","properties":{"a":{"type":"array","items":{"oneOf":[]},"description":"A"}},"additionalProperties":false}`,
		`{"type":"object","properties":{}}`,
		`{"$ref":"#"}`,
	} {
		var s any
		if err := json.Unmarshal([]byte(fault), &s); err != nil {
			t.Fatal(err)
		}
		if len(lint(s, "", true)) == 0 {
			t.Errorf("nothing is said of %s", fault)
		}
	}
}

// TestStatic finds that what clients are told of tools does not depend on what
// is in the books, which people typed.
func TestStatic(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	if a := call(t, b.Catalog, "get_context", `{}`); a.Err != nil {
		t.Fatal(a.Text)
	}
	other := catalog(t, tools.Options{Confirm: tools.ConfirmOff})
	if instructions(t, b.Catalog) != instructions(t, other) {
		t.Error("the instructions differ from company to company")
	}
	for i, tool := range b.All() {
		got, err := json.Marshal(tool.Definition())
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(other.All()[i].Definition())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from company to company, or is in another place", tool.Name)
		}
	}
}
