// Package scenario is the calls that clients and replicas make of a server, and
// what each answer is held to.
package scenario

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Step is one call of test/clients/scenario.json and what its answer is held
// to; the README beside that says what the fields mean.
type Step struct {
	Tool      string            `json:"tool"`
	Arguments map[string]any    `json:"arguments"`
	Confirm   bool              `json:"confirm"`
	Error     bool              `json:"error"`
	Text      []string          `json:"text"`
	Values    map[string]any    `json:"values"`
	Capture   map[string]string `json:"capture"`
}

func (s Step) String() string { return fmt.Sprintf("%s %v", s.Tool, s.Arguments) }

// Load reads the steps of a file.
func Load(tb testing.TB, path string) []Step {
	tb.Helper()
	data, err := os.ReadFile(path) //nolint:gosec // a file of this repository
	if err != nil {
		tb.Fatal(err)
	}
	var scenario struct {
		Steps []Step `json:"steps"`
	}
	if err := json.Unmarshal(data, &scenario); err != nil {
		tb.Fatal(err)
	}
	return scenario.Steps
}

// AssertCovered fails when the server lists a tool that no step calls.
func AssertCovered(tb testing.TB, steps []Step, listed []string) {
	tb.Helper()
	if len(listed) == 0 {
		tb.Error("the server lists no tools")
	}
	for _, tool := range listed {
		if !slices.ContainsFunc(steps, func(s Step) bool { return s.Tool == tool }) {
			tb.Errorf("no step calls %s", tool)
		}
	}
}

// Check holds an answer against the step.
func (s Step) Check(tb testing.TB, result *mcp.CallToolResult) {
	tb.Helper()
	answer := Text(result)
	if got, want := result.IsError, s.Error; got != want {
		tb.Fatalf("%s: isError %t, want %t: %s", s, got, want, answer)
	}
	if got, want := result.StructuredContent != nil, !s.Error; got != want {
		tb.Errorf("%s: has structuredContent %t, want %t", s, got, want)
	}
	if answer == "" {
		tb.Errorf("%s: text is empty", s)
	}
	for _, want := range s.Text {
		if !strings.Contains(answer, want) {
			tb.Errorf("%s: text lacks %q: %s", s, want, answer)
		}
	}
	for path, value := range s.Values {
		if got, want := word(At(result, path)), word(value); got != want {
			tb.Errorf("%s: %s is %q, want %q: %s", s, path, got, want, answer)
		}
	}
}

// Keep adds to captured what later steps use of an answer.
func (s Step) Keep(tb testing.TB, result *mcp.CallToolResult, captured map[string]string) {
	tb.Helper()
	for name, path := range s.Capture {
		value := At(result, path)
		if value == nil {
			tb.Fatalf("%s: nothing to capture at %s", s, path)
		}
		captured[name] = word(value)
	}
}
