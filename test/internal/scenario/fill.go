package scenario

import (
	"strings"
	"testing"
)

// Fill returns the step with every string "$name" in its arguments and values
// replaced by what an earlier step captured under that name.
func (s Step) Fill(tb testing.TB, captured map[string]string) Step {
	tb.Helper()
	s.Arguments = fillMap(tb, s.Arguments, captured)
	s.Values = fillMap(tb, s.Values, captured)
	return s
}

func fillMap(tb testing.TB, values map[string]any, captured map[string]string) map[string]any {
	tb.Helper()
	filled := make(map[string]any, len(values))
	for key, value := range values {
		filled[key] = fill(tb, value, captured)
	}
	return filled
}

func fill(tb testing.TB, value any, captured map[string]string) any {
	tb.Helper()
	switch v := value.(type) {
	case map[string]any:
		return fillMap(tb, v, captured)
	case []any:
		filled := make([]any, len(v))
		for i, inner := range v {
			filled[i] = fill(tb, inner, captured)
		}
		return filled
	case string:
		name, isVariable := strings.CutPrefix(v, "$")
		if !isVariable {
			return v
		}
		if _, ok := captured[name]; !ok {
			tb.Fatalf("%s was not captured", v)
		}
		return captured[name]
	default:
		return v
	}
}
