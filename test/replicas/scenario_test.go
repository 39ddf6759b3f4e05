package replicas_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// step is one call of the scenario that test/clients plays; its README says
// what the fields mean.
type step struct {
	Tool      string            `json:"tool"`
	Arguments map[string]any    `json:"arguments"`
	Confirm   bool              `json:"confirm"`
	Error     bool              `json:"error"`
	Text      []string          `json:"text"`
	Values    map[string]any    `json:"values"`
	Capture   map[string]string `json:"capture"`
}

func load(t *testing.T) []step {
	t.Helper()
	data, err := os.ReadFile("../clients/scenario.json")
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

// judge holds an answer against a step.
func (s step) judge(t *testing.T, result *mcp.CallToolResult) {
	t.Helper()
	said := text(result)
	if result.IsError != s.Error {
		t.Fatalf("%s %v: %s", s.Tool, s.Arguments, said)
	}
	for _, want := range s.Text {
		if want == "sandbox" {
			continue // here it is a live API, as far as the program knows
		}
		if !strings.Contains(said, want) {
			t.Errorf("%s: the text lacks %q: %s", s.Tool, want, said)
		}
	}
	for path, want := range s.Values {
		if got := word(at(result, path)); got != word(want) {
			t.Errorf("%s: %s is %q, want %q: %s", s.Tool, path, got, word(want), said)
		}
	}
}

// filled is a step with what was captured before.
func (s step) filled(captured map[string]string) step {
	s.Arguments, _ = filled(s.Arguments, captured).(map[string]any) // a map stays one
	s.Values, _ = filled(s.Values, captured).(map[string]any)
	return s
}

func filled(value any, captured map[string]string) any {
	switch v := value.(type) {
	case map[string]any:
		all := maps.Clone(v)
		for name := range all {
			all[name] = filled(all[name], captured)
		}
		return all
	case []any:
		var all []any
		for _, one := range v {
			all = append(all, filled(one, captured))
		}
		return all
	case string:
		if name, ok := strings.CutPrefix(v, "$"); ok {
			return captured[name]
		}
	}
	return value
}

func text(result *mcp.CallToolResult) string {
	var all []string
	for _, content := range result.Content {
		if part, ok := content.(*mcp.TextContent); ok {
			all = append(all, part.Text)
		}
	}
	return strings.Join(all, "\n")
}

// at is the value at a dotted path of the structured part.
func at(result *mcp.CallToolResult, path string) any {
	value := result.StructuredContent
	for name := range strings.SplitSeq(path, ".") {
		switch inner := value.(type) {
		case map[string]any:
			value = inner[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(inner) {
				return nil
			}
			value = inner[i]
		default:
			return nil
		}
	}
	return value
}

// word writes a value as text, numbers without an exponent.
func word(value any) string {
	if number, ok := value.(float64); ok {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}
