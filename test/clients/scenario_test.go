package clients_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// step is one call of scenario.json and what its answer is held to; the
// README of this folder says what the fields mean.
type step struct {
	Tool      string            `json:"tool"`
	Arguments map[string]any    `json:"arguments"`
	Confirm   bool              `json:"confirm"`
	Error     bool              `json:"error"`
	Text      []string          `json:"text"`
	Values    map[string]any    `json:"values"`
	Capture   map[string]string `json:"capture"`
}

func (s step) String() string { return fmt.Sprintf("%s %v", s.Tool, s.Arguments) }

func load(t *testing.T) []step {
	t.Helper()
	data, err := os.ReadFile("scenario.json")
	if err != nil {
		t.Fatal(err)
	}
	var scenario struct {
		Steps []step `json:"steps"`
	}
	if err := json.Unmarshal(data, &scenario); err != nil {
		t.Fatal(err)
	}
	return scenario.Steps
}

// assertCovered fails when the server lists a tool that no step calls.
func assertCovered(t *testing.T, steps []step, listed []string) {
	t.Helper()
	if len(listed) == 0 {
		t.Error("the server lists no tools")
	}
	for _, tool := range listed {
		if !slices.ContainsFunc(steps, func(s step) bool { return s.Tool == tool }) {
			t.Errorf("no step calls %s", tool)
		}
	}
}

func (s step) check(t *testing.T, result *mcp.CallToolResult) {
	t.Helper()
	answer := text(result)
	if got, want := result.IsError, s.Error; got != want {
		t.Fatalf("%s: isError %t, want %t: %s", s, got, want, answer)
	}
	if got, want := result.StructuredContent != nil, !s.Error; got != want {
		t.Errorf("%s: has structuredContent %t, want %t", s, got, want)
	}
	if answer == "" {
		t.Errorf("%s: text is empty", s)
	}
	for _, want := range s.Text {
		if !strings.Contains(answer, want) {
			t.Errorf("%s: text lacks %q: %s", s, want, answer)
		}
	}
	for path, value := range s.Values {
		if got, want := word(at(result.StructuredContent, path)), word(value); got != want {
			t.Errorf("%s: %s is %q, want %q: %s", s, path, got, want, answer)
		}
	}
}

func (s step) capture(t *testing.T, result *mcp.CallToolResult, captured map[string]string) {
	t.Helper()
	for name, path := range s.Capture {
		value := at(result.StructuredContent, path)
		if value == nil {
			t.Fatalf("%s: nothing to capture at %s", s, path)
		}
		captured[name] = word(value)
	}
}

func text(result *mcp.CallToolResult) string {
	var parts []string
	for _, content := range result.Content {
		if part, ok := content.(*mcp.TextContent); ok {
			parts = append(parts, part.Text)
		}
	}
	return strings.Join(parts, "\n")
}

// at is the value at a dotted path such as rows.0.id, nil if there is none.
func at(value any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		switch inner := value.(type) {
		case map[string]any:
			value = inner[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(inner) {
				return nil
			}
			value = inner[i]
		default:
			return nil
		}
	}
	return value
}

// word writes a value as text. Numbers have no exponent, so that a captured id
// can be used as an argument.
func word(value any) string {
	if number, ok := value.(float64); ok {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// fill returns the step with every string "$name" in its arguments and values
// replaced by what an earlier step captured under that name.
func (s step) fill(t *testing.T, captured map[string]string) step {
	t.Helper()
	s.Arguments = fillMap(t, s.Arguments, captured)
	s.Values = fillMap(t, s.Values, captured)
	return s
}

func fillMap(t *testing.T, values map[string]any, captured map[string]string) map[string]any {
	t.Helper()
	filled := make(map[string]any, len(values))
	for key, value := range values {
		filled[key] = fill(t, value, captured)
	}
	return filled
}

func fill(t *testing.T, value any, captured map[string]string) any {
	t.Helper()
	switch v := value.(type) {
	case map[string]any:
		return fillMap(t, v, captured)
	case []any:
		filled := make([]any, len(v))
		for i, inner := range v {
			filled[i] = fill(t, inner, captured)
		}
		return filled
	case string:
		name, isVariable := strings.CutPrefix(v, "$")
		if !isVariable {
			return v
		}
		if _, ok := captured[name]; !ok {
			t.Fatalf("%s was not captured", v)
		}
		return captured[name]
	default:
		return v
	}
}
