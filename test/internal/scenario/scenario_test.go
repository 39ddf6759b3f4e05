package scenario_test

import (
	"reflect"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/scenario"
)

// answer is what a tool said in the form a client gets it.
func answer() *mcp.CallToolResult {
	return &mcp.CallToolResult{
		Content:           []mcp.Content{&mcp.TextContent{Text: "Acme"}},
		StructuredContent: map[string]any{"rows": []any{map[string]any{"id": float64(100000000), "name": "Acme"}}},
	}
}

func TestAt(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]any{
		"rows.0.name": "Acme", "rows.0.none": nil, "rows.1.name": nil, "rows.-1": nil, "rows.x": nil, "rows.0.name.x": nil,
	} {
		if got := scenario.At(answer(), path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
}

// TestKeepAndFill finds that what one step keeps the next one uses, as text.
func TestKeepAndFill(t *testing.T) {
	t.Parallel()
	captured := map[string]string{}
	scenario.Step{Capture: map[string]string{"id": "rows.0.id"}}.Keep(t, answer(), captured)
	got := scenario.Step{
		Arguments: map[string]any{"client": "$id", "items": []any{map[string]any{"taxes": []any{"$id", "x"}}}, "limit": 2.0},
		Values:    map[string]any{"rows.0.id": "$id"},
	}.Fill(t, captured)
	want := scenario.Step{
		Arguments: map[string]any{"client": "100000000", "items": []any{map[string]any{"taxes": []any{"100000000", "x"}}}, "limit": 2.0},
		Values:    map[string]any{"rows.0.id": "100000000"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	got.Check(t, answer())
}

// recorder counts the complaints of a check.
type recorder struct {
	testing.TB
	complaints int
}

func (r *recorder) Helper()               {}
func (r *recorder) Error(...any)          { r.complaints++ }
func (r *recorder) Errorf(string, ...any) { r.complaints++ }

func TestCheckComplains(t *testing.T) {
	t.Parallel()
	bare := &mcp.CallToolResult{Content: answer().Content}
	for name, c := range map[string]struct {
		step   scenario.Step
		result *mcp.CallToolResult
	}{
		"other text":         {scenario.Step{Text: []string{"Bolt"}}, answer()},
		"other value":        {scenario.Step{Values: map[string]any{"rows.0.name": "Bolt"}}, answer()},
		"no structured part": {scenario.Step{}, bare},
		"no text":            {scenario.Step{}, &mcp.CallToolResult{StructuredContent: map[string]any{}}},
	} {
		r := &recorder{TB: t}
		c.step.Check(r, c.result)
		if r.complaints != 1 {
			t.Errorf("%s: %d complaints", name, r.complaints)
		}
	}
	r := &recorder{TB: t}
	scenario.AssertCovered(r, []scenario.Step{{Tool: "a"}}, []string{"a", "b"})
	scenario.AssertCovered(r, nil, nil)
	if r.complaints != 2 {
		t.Errorf("coverage: %d complaints", r.complaints)
	}
}
