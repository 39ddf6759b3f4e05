package tools

import (
	"embed"
	"encoding/json"
)

// The golden files hold each tool exactly as clients are told of it. They are
// embedded, so that nothing is reflected when the program starts; a test holds
// them equal to the structs, and "go test ./tools -update" writes them.
//
//go:embed golden
var goldenFiles embed.FS

// golden is the part of a golden file that the program needs.
type golden struct {
	InputSchema  json.RawMessage `json:"inputSchema"`
	OutputSchema json.RawMessage `json:"outputSchema"`
}

// readGolden returns a tool's schemas. A tool that is new has none until the
// files are written anew; the test that compares them says so.
func readGolden(name string) golden {
	var g golden
	b, err := goldenFiles.ReadFile("golden/" + name + ".json")
	if err != nil || json.Unmarshal(b, &g) != nil {
		return golden{InputSchema: json.RawMessage(`{"type":"object"}`)}
	}
	return g
}

// Tokens is what the tool costs a model's context: name, description and input
// schema in tokens of o200k_base.
func (t Tool) Tokens() int {
	var cost map[string]int
	b, err := goldenFiles.ReadFile("golden/cost.json")
	if err != nil || json.Unmarshal(b, &cost) != nil {
		return 0
	}
	return cost[t.Name]
}
