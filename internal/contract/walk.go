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

	shapes map[*openapi3.Schema]shape
}

func newWalk() walk {
	return walk{
		make(map[string]bool), make(map[string]bool), make(map[string]bool), make(map[string]bool),
		make(map[*openapi3.Schema]shape),
	}
}

// shape puts a schema together once for all the rows of a list.
func (w walk) shape(s *openapi3.Schema) shape {
	if _, known := w.shapes[s]; !known {
		w.shapes[s] = shapeOf(s)
	}
	return w.shapes[s]
}

func (w walk) value(schema *openapi3.Schema, v any, at string) {
	s := w.shape(schema)
	switch v := v.(type) {
	case nil:
	case map[string]any:
		w.object(s, v, at)
	case []any:
		if s.item == nil {
			w.differs(at, "a list", s)
			return
		}
		for _, item := range v {
			w.value(s.item, item, at+"[]")
		}
	default:
		w.scalar(s, v, at)
	}
}

func (w walk) object(s shape, v map[string]any, at string) {
	switch {
	case s.isList():
		w.wrapped(s, v, at)
		return
	case len(s.fields) == 0 && s.each == nil:
		w.differs(at, "an object", s)
		return
	}
	for name, member := range v {
		switch {
		case s.fields[name] != nil:
			w.value(s.fields[name], member, join(at, name))
		case s.each != nil:
			w.value(s.each, member, at+".*")
		default:
			w.unknown[join(at, fieldName(name))] = true
		}
	}
	for name := range s.fields {
		w.present(join(at, name), v[name] != nil, slices.Contains(s.required, name))
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
func (w walk) wrapped(s shape, v map[string]any, at string) {
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
	list, _ := v[lists[0]].([]any)
	for _, item := range list {
		w.value(s.item, item, at+"[]")
	}
}

func (w walk) scalar(s shape, v any, at string) {
	kind, fits := "", false
	switch v := v.(type) {
	case string:
		kind, fits = "text", s.has("string")
		if fits {
			w.text(s, v, at)
		}
	case bool:
		kind, fits = "true or false", s.has("boolean")
	case json.Number:
		kind, fits = "a number", s.has("number")
		if !strings.ContainsAny(v.String(), ".eE") {
			kind, fits = "a whole number", fits || s.has("integer")
		}
	}
	if !fits {
		w.differs(at, kind, s)
	}
}

func (w walk) text(s shape, v, at string) {
	if !formed(s.format, v) {
		w.changed[whole(at)+" is not written as a "+s.format] = true
	}
	if len(s.words) > 0 && !slices.Contains(s.words, v) {
		w.changed[whole(at)+" holds a word that the contract does not list"] = true
	}
}

// formed reports that a text is what its format says.
func formed(format, v string) bool {
	layout, known := map[string]string{"date": time.DateOnly, "date-time": time.RFC3339}[format]
	_, err := time.Parse(layout, v)
	return !known || err == nil
}

func (w walk) differs(at, kind string, s shape) {
	w.changed[fmt.Sprintf("%s is %s where the contract has %s", whole(at), kind, s.kind())] = true
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
