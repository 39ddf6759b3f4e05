package bind

import (
	"encoding/json"
	"strings"
)

// shape is the part of a JSON Schema that coercion follows.
type shape struct {
	Type       string           `json:"type"`
	Properties map[string]shape `json:"properties"`
	Items      *shape           `json:"items"`
	Enum       []string         `json:"enum"`
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
	case "integer", "number":
		if t, ok := v.(string); ok && isNumber(strings.TrimSpace(t)) {
			return json.Number(strings.TrimSpace(t))
		}
	case "boolean":
		return truth(v)
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
		if property, ok := s.Properties[name]; ok {
			members[name] = property.coerce(member)
		}
	}
	return members
}

func (s shape) array(v any) any {
	if t, ok := v.(string); ok && strings.HasPrefix(strings.TrimSpace(t), "[") {
		v = inner(t, v)
	}
	list, ok := v.([]any)
	if !ok {
		if _, isObject := v.(map[string]any); !isObject && v == "" {
			return v
		}
		list = []any{v}
	}
	if s.Items == nil {
		return list
	}
	for i := range list {
		list[i] = s.Items.coerce(list[i])
	}
	return list
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
	if v, err := decode(text); err == nil {
		return v
	}
	return otherwise
}

func isNumber(s string) bool {
	var n json.Number
	return s != "" && s[0] != '"' && json.Unmarshal([]byte(s), &n) == nil
}
