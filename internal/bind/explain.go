package bind

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// explain turns the first failure of a validation into a sentence.
func (s shape) explain(err error) error {
	var v *jsonschema.ValidationError
	if !errors.As(err, &v) {
		return fmt.Errorf("bind: validate: %w", err)
	}
	v = worst(v)
	path := v.InstanceLocation
	at := s.at(path)
	switch k := v.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		return unknown(join(path, k.Properties[0]), k.Properties[0], at)
	case *kind.Required:
		return refusal("%s is missing", join(path, k.Missing[0]))
	case *kind.Type:
		return refusal("%s must be %s", join(path, ""), article(k.Want[0]))
	case *kind.Enum:
		return refusal("%s must be one of: %s", join(path, ""), strings.Join(at.Enum, ", "))
	default:
		return refusal("%s %s", join(path, ""), bound(v.ErrorKind))
	}
}

// worst returns the failure to tell of: the first one, but for an argument that
// does not exist, because a mistyped name is why another one is missing.
func worst(v *jsonschema.ValidationError) *jsonschema.ValidationError {
	if len(v.Causes) == 0 {
		return v
	}
	first := worst(v.Causes[0])
	for _, cause := range v.Causes {
		if w := worst(cause); isUnknown(w) {
			return w
		}
	}
	return first
}

func isUnknown(v *jsonschema.ValidationError) bool {
	_, ok := v.ErrorKind.(*kind.AdditionalProperties)
	return ok
}

// bound says which limit a value is beyond.
func bound(limit jsonschema.ErrorKind) string {
	switch k := limit.(type) {
	case *kind.MinItems:
		return fmt.Sprintf("needs at least %d (%d given)", k.Want, k.Got)
	case *kind.MaxItems:
		return fmt.Sprintf("takes at most %d (%d given)", k.Want, k.Got)
	case *kind.MinLength:
		return "is empty"
	case *kind.MaxLength:
		return fmt.Sprintf("is too long: %d characters, at most %d", k.Got, k.Want)
	case *kind.Minimum:
		return "must be at least " + k.Want.RatString()
	case *kind.Maximum:
		return "must be at most " + k.Want.RatString()
	default:
		return "cannot be used"
	}
}

func refusal(format string, args ...any) error { return &Error{fmt.Sprintf(format, args...)} }

// unknown refuses an argument that is none, and says which one is meant where
// that can be told.
func unknown(path, name string, of shape) error {
	if argument, ok := called(name, slices.Sorted(maps.Keys(of.Properties))); ok {
		return refusal("%s is not an argument here; it is called %s; the valid ones are: %s", path, argument, of.names())
	}
	return refusal("%s is not an argument here; the valid ones are: %s", path, of.names())
}

// at returns the part of the schema that a path leads to.
func (s shape) at(path []string) shape {
	for _, step := range path {
		if s.Type == "array" && s.Items != nil {
			s = *s.Items
			continue
		}
		s = s.Properties[step]
	}
	return s
}

func (s shape) names() string {
	if len(s.Properties) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(s.Properties)), ", ")
}

// join writes a path as a caller would: items[2].price.
func join(path []string, last string) string {
	var b strings.Builder
	if last != "" {
		path = append(slices.Clone(path), last)
	}
	for _, step := range path {
		if _, err := strconv.Atoi(step); err == nil && b.Len() > 0 {
			b.WriteString("[" + step + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteString(".")
		}
		b.WriteString(quoteStrange(step))
	}
	if b.Len() == 0 {
		return "the arguments"
	}
	return b.String()
}

// quoteStrange keeps a made-up argument name from reading as part of the
// sentence.
func quoteStrange(name string) string {
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return strconv.QuoteToASCII(shorten(name))
		}
	}
	return shorten(name)
}

func shorten(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func article(jsonType string) string {
	switch jsonType {
	case "array":
		return "a list"
	case "object":
		return "an object"
	case "integer":
		return "a whole number"
	case "boolean":
		return "true or false"
	case "string":
		return "text"
	default:
		return "a " + jsonType
	}
}
