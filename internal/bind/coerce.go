package bind

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// shape is the part of a JSON Schema that coercion follows.
type shape struct {
	Type       string           `json:"type"`
	Properties map[string]shape `json:"properties"`
	Items      *shape           `json:"items"`
	Enum       []string         `json:"enum"`
	Required   []string         `json:"required"`
	MinItems   *int             `json:"minItems"`
}

// coerce brings a value into the form its schema asks for where the meaning is
// plain. What it cannot read it leaves for validation to refuse.
func (s shape) coerce(v any) any {
	switch s.Type {
	case "object":
		return s.object(v)
	case "array":
		return s.array(v)
	case "string":
		return s.text(v)
	case "integer":
		return whole(amount(v))
	case "number":
		return amount(v)
	case "boolean":
		return truth(v)
	}
	return v
}

// amount reads a number that was written as text.
func amount(v any) any {
	if t, ok := v.(string); ok && isNumber(strings.TrimSpace(t)) {
		return json.Number(strings.TrimSpace(t))
	}
	return v
}

// whole writes 25.0 and 1e2 out: they are integers to a schema and not to a
// decoder.
func whole(v any) any {
	n, ok := v.(json.Number)
	if !ok {
		return v
	}
	if f, err := n.Float64(); err == nil && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return json.Number(strconv.FormatInt(int64(f), 10))
	}
	return v
}

func truth(v any) any {
	switch v {
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	default:
		return v
	}
}

func (s shape) object(v any) any {
	if t, ok := v.(string); ok {
		v = inner(t, v)
	}
	members, ok := v.(map[string]any)
	if !ok {
		return v
	}
	for name, member := range members {
		if member == nil {
			delete(members, name) // null is how some clients leave an argument out
			continue
		}
		property, ok := s.Properties[name]
		if !ok {
			continue
		}
		members[name] = property.coerce(member)
		if !slices.Contains(s.Required, name) && (property.absent(member) || property.absent(members[name])) {
			delete(members, name)
		}
	}
	return members
}

func (s shape) array(v any) any {
	list, ok := s.list(v)
	if !ok {
		return v
	}
	if s.Items == nil {
		return list
	}
	given := len(list)
	for i := range list {
		list[i] = s.Items.coerce(list[i])
	}
	if s.Items.Type == "string" {
		if list = slices.DeleteFunc(list, blank); len(list) == 0 && given > 0 {
			return nil // only a list that is given as empty can mean none
		}
	}
	return list
}

// list reads a list, one value that stands for a list of it, or the JSON text
// of either. Text is not taken for one of a list of objects.
func (s shape) list(v any) ([]any, bool) {
	ofObjects := s.Items != nil && s.Items.Type == "object"
	if t, ok := v.(string); ok && (ofObjects || strings.HasPrefix(strings.TrimSpace(t), "[")) {
		v = inner(t, v)
	}
	switch v := v.(type) {
	case []any:
		return v, true
	case string:
		return []any{v}, !ofObjects && v != ""
	default:
		return []any{v}, true
	}
}

func (s shape) text(v any) any {
	if n, ok := v.(json.Number); ok {
		v = n.String()
	}
	t, ok := v.(string)
	if !ok {
		return v
	}
	for _, word := range s.Enum {
		if strings.EqualFold(word, strings.TrimSpace(t)) {
			return word
		}
	}
	return t
}

// inner reads a value that a client wrote as the JSON text of itself.
func inner(text string, otherwise any) any {
	if v, err := decode(text); err == nil && twice(text) == "" {
		return v
	}
	return otherwise
}

func isNumber(s string) bool {
	var n json.Number
	return s != "" && s[0] != '"' && json.Unmarshal([]byte(s), &n) == nil
}
