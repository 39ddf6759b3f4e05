package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// walk holds an answer against its schema. Of the answer it keeps the names of
// fields and nothing else: their values are somebody's books.
type walk struct {
	unknown, missing, changed map[string]bool

	optional map[string]bool // fields that may come, and whether one did
}

func newWalk() walk {
	return walk{make(map[string]bool), make(map[string]bool), make(map[string]bool), make(map[string]bool)}
}

func (w walk) value(s *openapi3.Schema, v any, at string) {
	switch v := v.(type) {
	case nil:
	case map[string]any:
		w.object(s, v, at)
	case []any:
		if s.Items == nil || s.Items.Value == nil {
			w.differs(at, "a list", s)
			return
		}
		for _, item := range v {
			w.value(s.Items.Value, item, at+"[]")
		}
	default:
		w.scalar(s, v, at)
	}
}

func (w walk) object(s *openapi3.Schema, v map[string]any, at string) {
	each := s.AdditionalProperties.Schema
	switch {
	case s.Items != nil:
		w.wrapped(s, v, at)
		return
	case len(s.Properties) == 0 && each == nil:
		w.differs(at, "an object", s)
		return
	}
	for name, member := range v {
		w.member(s.Properties[name], each, name, member, at)
	}
	for name := range s.Properties {
		w.present(join(at, name), v[name] != nil, slices.Contains(s.Required, name))
	}
}

// member is one that came, by its name or as one of many.
func (w walk) member(named, each *openapi3.SchemaRef, name string, v any, at string) {
	switch {
	case named != nil && named.Value != nil:
		w.value(named.Value, v, join(at, name))
	case each != nil && each.Value != nil:
		w.value(each.Value, v, at+".*")
	default:
		w.unknown[join(at, fieldName(name))] = true
	}
}

// present notes whether a field came.
func (w walk) present(at string, came, required bool) {
	switch {
	case came:
		w.optional[at] = true
	case required:
		w.missing[at] = true
	case !w.optional[at]: // no other record has it so far
		w.optional[at] = false
	}
}

// wrapped reads a list that came in an object, as the client does.
func (w walk) wrapped(s *openapi3.Schema, v map[string]any, at string) {
	var lists []string
	for name, member := range v {
		if _, is := member.([]any); is {
			lists = append(lists, name)
		}
	}
	if len(lists) != 1 {
		w.differs(at, "an object", s)
		return
	}
	w.changed[whole(at)+" comes wrapped in "+fieldName(lists[0])] = true
	w.value(s, v[lists[0]], at)
}

func (w walk) scalar(s *openapi3.Schema, v any, at string) {
	kind, fits := "", false
	switch v := v.(type) {
	case string:
		kind, fits = "text", s.Type.Permits("string")
		if fits {
			w.text(s, v, at)
		}
	case bool:
		kind, fits = "true or false", s.Type.Permits("boolean")
	case json.Number:
		kind, fits = "a number", s.Type.Permits("number")
		if !strings.ContainsAny(v.String(), ".eE") {
			kind, fits = "a whole number", fits || s.Type.Permits("integer")
		}
	}
	if !fits {
		w.differs(at, kind, s)
	}
}

func (w walk) text(s *openapi3.Schema, v, at string) {
	if !formed(s.Format, v) {
		w.changed[whole(at)+" is not written as a "+s.Format] = true
	}
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, any(v)) {
		w.changed[whole(at)+" holds a word that the contract does not list"] = true
	}
}

// formed reports that a text is what its format says.
func formed(format, v string) bool {
	layout, known := map[string]string{"date": time.DateOnly, "date-time": time.RFC3339}[format]
	_, err := time.Parse(layout, v)
	return !known || err == nil
}

func (w walk) differs(at, kind string, s *openapi3.Schema) {
	w.changed[fmt.Sprintf("%s is %s where the contract has %s", whole(at), kind, kindOf(s))] = true
}

// kindOf is what a schema describes, in a word.
func kindOf(s *openapi3.Schema) string {
	words := map[string]string{
		"string": "text", "boolean": "true or false", "integer": "a whole number", "number": "a number",
		"array": "a list", "object": "an object",
	}
	var kinds []string
	for _, t := range s.Type.Slice() {
		if word, known := words[t]; known {
			kinds = append(kinds, word)
		}
	}
	if len(kinds) == 0 {
		return "something else"
	}
	return strings.Join(kinds, " or ")
}

// whole names a place, also the outermost.
func whole(at string) string {
	if at == "" {
		return "the answer"
	}
	return at
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// fieldName is the name of a field, if it looks like one: an object may have
// somebody's data for names.
func fieldName(name string) string {
	if ok, err := regexp.MatchString(`^[a-z][A-Za-z0-9_]{0,39}$`, name); err != nil || !ok {
		return "(a name not shown)"
	}
	return name
}

// unseen are the fields that came in no record at all.
func (w walk) unseen() []string {
	all := []string{}
	for name, seen := range w.optional {
		if !seen {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

func names(set map[string]bool) []string {
	return slices.AppendSeq([]string{}, slices.Values(slices.Sorted(maps.Keys(set))))
}
