package tools

import (
	_ "embed" // for the schemas below
	"encoding/json"
	"strconv"
	"strings"
)

// The golden files hold each tool exactly as clients are told of it, for
// people to review; schemas.tsv holds what the program needs of them, a line
// for each tool: name, tokens, input schema and output schema. It is embedded,
// so that nothing is reflected or parsed when the program starts. A test holds
// all of them equal to the structs, and "go test ./tools -update" writes them.
//
//go:embed golden/schemas.tsv
var goldenSchemas string

// golden is what the program knows of a tool without reflecting on it.
type golden struct {
	tokens        int
	input, output json.RawMessage
}

// readGolden returns a tool's line. A tool that is new has none until the
// files are written anew; the test that compares them says so.
func readGolden(name string) golden {
	_, line, found := strings.Cut(goldenSchemas, "\n"+name+"\t")
	line, _, _ = strings.Cut(line, "\n")
	parts := strings.Split(line, "\t")
	if !found || len(parts) != 3 {
		return golden{input: json.RawMessage(`{"type":"object"}`)}
	}
	tokens, err := strconv.Atoi(parts[0])
	if err != nil {
		tokens = 0 // shown as unknown; the test that compares the files says more
	}
	return golden{tokens, json.RawMessage(parts[1]), json.RawMessage(parts[2])}
}

// Tokens is what the tool costs a model's context: name, description and input
// schema in tokens of o200k_base.
func (t Tool) Tokens() int { return t.golden.tokens }
