package fisklapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Bounds of what is repeated of an error body.
const (
	maxSaid   = 300 // characters in all
	maxFaults = 5   // fields that are named
	maxDeep   = 4   // objects within objects
)

// The shape of Fiskl's error bodies is not documented. These are the names that
// RFC 9457, Spring, OAuth and the usual validators use, the telling ones first.
func sayingNames() []string {
	return []string{"message", "detail", "error_description", "msg", "description", "errorMessage", "error_message", "reason"}
}

func faultNames() []string {
	return []string{"errors", "violations", "fieldErrors", "details", "invalid-params"}
}

// said finds the sentence in an error body. plain says that text which is not
// JSON may be meant for whoever asked.
func said(body []byte, plain bool) string {
	var v any
	if json.Unmarshal(body, &v) == nil {
		return schemas.Clean(words(v, 0), maxSaid)
	}
	text := strings.TrimSpace(string(body[:min(len(body), maxSaid*utf8.UTFMax)]))
	if !plain || strings.ContainsAny(text[:min(len(text), 1)], "<{[") { // markup, or JSON that broke off
		return ""
	}
	return schemas.Clean(text, maxSaid)
}

// words is what a value of an error body says: a sentence of its own, and which
// fields are wrong.
func words(v any, depth int) string {
	if depth > maxDeep {
		return ""
	}
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case []any:
		return listed(faults(v, depth))
	case map[string]any:
		return objectWords(v, depth)
	default:
		return ""
	}
}

func objectWords(o map[string]any, depth int) string {
	own := first(o, depth, sayingNames()...)
	if own == "" { // Spring's "error" is only the reason phrase, so it comes after what stands within
		own = first(o, depth, "error", "data", "title", "code")
	}
	var wrong []string
	for _, name := range faultNames() {
		wrong = append(wrong, faults(o[name], depth)...)
	}
	if within, ok := o["error"].(map[string]any); ok && len(wrong) == 0 && first(o, depth, sayingNames()...) != "" {
		wrong = faults(within, depth)
	}
	wrong = slices.DeleteFunc(wrong, func(f string) bool { return f == "" || strings.Contains(own, f) })
	if own == "" || len(wrong) == 0 {
		return own + listed(wrong)
	}
	return strings.TrimRight(own, ".: ") + ": " + listed(wrong)
}

// first is what the first of some members says that says anything.
func first(o map[string]any, depth int, names ...string) string {
	for _, name := range names {
		if s := words(o[name], depth+1); s != "" {
			return s
		}
	}
	return ""
}

// faults are the fields that are wrong, each with why, from a list or from a
// map by field.
func faults(v any, depth int) []string {
	if depth > maxDeep {
		return nil
	}
	var all []string
	switch v := v.(type) {
	case string:
		all = append(all, strings.TrimSpace(v))
	case []any:
		for _, one := range v {
			all = append(all, fault(one, depth+1))
		}
	case map[string]any:
		if first(v, depth, sayingNames()...) != "" {
			return append(all, fault(v, depth+1))
		}
		for _, field := range slices.Sorted(maps.Keys(v)) {
			all = append(all, onField(field, words(v[field], depth+1)))
		}
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// fault is one thing that is wrong.
func fault(v any, depth int) string {
	o, ok := v.(map[string]any)
	if !ok {
		return words(v, depth)
	}
	field := text1(o, "field", "name", "path", "pointer", "property", "propertyPath", "param")
	why := first(o, depth, "message", "defaultMessage", "detail", "reason", "msg", "description", "title", "code")
	if why == "" {
		return words(v, depth)
	}
	return onField(field, why)
}

// text1 is the first of some members that is a text.
func text1(o map[string]any, names ...string) string {
	for _, name := range names {
		if s, ok := o[name].(string); ok && strings.TrimSpace(s) != "" {
			return strings.TrimSpace(s)
		}
	}
	return ""
}

func onField(field, why string) string {
	if field == "" || why == "" {
		return why
	}
	return field + ": " + strings.TrimSuffix(why, ".")
}

// listed names the first faults and counts the others.
func listed(all []string) string {
	if len(all) <= maxFaults {
		return strings.Join(all, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(all[:maxFaults], "; "), len(all)-maxFaults)
}
