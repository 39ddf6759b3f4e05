package tools

import (
	"context"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fiskl-mcp/fiskl-mcp/internal/bind"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// extras are tools that are made of what a dialect adds: reads that the API has
// and this version does not know. Nobody has seen their answers.
func extras(c *Catalog) []Tool {
	var all []Tool
	for _, name := range slices.Sorted(maps.Keys(c.options.Extras)) {
		all = append(all, c.extra(name, c.options.Extras[name]))
	}
	return all
}

func (c *Catalog) extra(name string, e dialect.Extra) Tool {
	g := golden{input: extraInput(e), output: json.RawMessage(extraOutput)}
	t := Tool{Name: name, Description: extraDescription(e), Effect: Read, golden: g, arguments: bind.New(g.input)}
	t.golden.tokens = roughly(t.Name + t.Description + string(g.input))
	t.run = func(ctx context.Context, _ Tool, req Request) (any, error) {
		given := make(map[string]json.RawMessage)
		if err := t.arguments.Into(req.Args, &given); err != nil {
			return nil, err
		}
		ids, query := extraRequest(e, given)
		answer, err := c.api.Extra(ctx, name, ids, query)
		if err != nil {
			return nil, err
		}
		return &extraAnswer{Note: extraNote, Answer: answer}, nil
	}
	return t
}

// extraAnswer is the API's own answer.
type extraAnswer struct {
	Note   string `json:"note"`
	Answer any    `json:"answer"`
}

// extraNote is said of every such answer.
const extraNote = "unchecked: as the API gave it; this server does not know its form. Amounts may be in minor units (hundredths), and a list may have further pages."

// extraOutput is the schema of such an answer.
const extraOutput = `{"type":"object","properties":{"company":{"type":"string"},"note":{"type":"string"},"answer":{}},"required":["company","note","answer"]}`

// extraDescription quotes what the document calls the read, and says that it is
// not this program's word.
func extraDescription(e dialect.Extra) string {
	return "Unchecked read of the API, which calls it " + cited(e.Summary, e.Path) + ". The answer is the API's JSON; amounts may be in minor units."
}

// cited is a text of the document, which cannot end its own quotes.
func cited(texts ...string) string {
	for _, s := range texts {
		if s = strings.ReplaceAll(schemas.Clean(s, dialect.MaxExtraText), `"`, "'"); s != "" {
			return `"` + s + `"`
		}
	}
	return `""`
}

// extraInput is the schema of the arguments.
func extraInput(e dialect.Extra) json.RawMessage {
	properties, required := make(map[string]any), []string{}
	for _, p := range e.Parameters {
		one := map[string]string{"type": p.Type}
		if p.Description != "" {
			one["description"] = schemas.Clean(p.Description, dialect.MaxExtraText)
		}
		properties[p.Name] = one
		if p.Required || slices.Contains(e.InPath(), p.Name) {
			required = append(required, p.Name)
		}
	}
	schema := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		schema["required"] = required
	}
	b, err := plainJSON(schema)
	if err != nil {
		return json.RawMessage(`{"type":"object"}`) // it cannot be: these are texts and lists
	}
	return b
}

// extraRequest are the ids of the path and the query of a call.
func extraRequest(e dialect.Extra, given map[string]json.RawMessage) (ids []string, query url.Values) {
	query = make(url.Values)
	for _, name := range e.InPath() {
		ids = append(ids, written(given[name]))
	}
	for _, p := range e.Parameters {
		if v := written(given[p.Name]); v != "" && !slices.Contains(e.InPath(), p.Name) {
			query.Set(p.Name, v)
		}
	}
	return ids, query
}

// written is a value as it stands in an address.
func written(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// roughly is about how many tokens a text costs: the tokenizer is not part of
// the program.
func roughly(s string) int { return (utf8.RuneCountInString(s) + 3) / 4 }
