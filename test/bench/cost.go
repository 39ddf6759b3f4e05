package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/tiktoken-go/tokenizer"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// context counts what the server puts before a model: tokens of o200k_base of
// its instructions, of each tool's name, description and arguments (the rest
// stays with the client), and of a page of rows in both its forms.
func (b *bench) context(ctx context.Context, t *figures.Table) error {
	codec, err := tokenizer.Get(tokenizer.O200kBase)
	if err != nil {
		return err
	}
	c, err := start(ctx, b.ours, legacy, b.warmHome)
	if err != nil {
		return err
	}
	defer c.end()
	k := counter{codec: codec, table: t}
	var hello struct {
		Instructions string `json:"instructions"`
	}
	if err := json.Unmarshal(c.hello, &hello); err != nil {
		return err
	}
	k.count("instructions", hello.Instructions, 1, maxInstructions)
	raw, err := c.spell("tools/list", nil).ask()
	if err != nil {
		return err
	}
	if err := k.tools(raw); err != nil {
		return err
	}
	r, _, err := c.call(b.ours.tool)
	if err != nil {
		return err
	}
	k.count("a row of list_invoices as text", r.Content[0].Text, upstreamRows, 0)
	k.count("a row of list_invoices, structured", string(r.Structured), upstreamRows, 0)
	return k.err
}

// counter counts tokens for the table and keeps the first failure.
type counter struct {
	codec tokenizer.Codec
	table *figures.Table
	err   error
}

func (k *counter) tokens(text string) int {
	n, err := k.codec.Count(text)
	k.err = errors.Join(k.err, err)
	return n
}

func (k *counter) count(what, text string, parts, most int) {
	k.add(what, float64(k.tokens(text))/float64(parts), most)
}

func (k *counter) add(what string, n float64, most int) {
	k.table.Add(figures.Row{What: what, Unit: "tokens", Ours: n, Most: float64(most)})
}

func (k *counter) tools(raw json.RawMessage) error {
	var list toolList
	if err := json.Unmarshal(raw, &list); err != nil {
		return err
	}
	all, reading, dearest, name := 0, 0, 0, ""
	for _, tool := range list.Tools {
		b, err := json.Marshal(map[string]any{"name": tool.Name, "description": tool.Description, "inputSchema": tool.InputSchema})
		if err != nil {
			return err
		}
		n := k.tokens(string(b))
		all += n
		if tool.Annotations.ReadOnly {
			reading += n
		}
		if n > dearest {
			dearest, name = n, tool.Name
		}
	}
	count := float64(len(list.Tools))
	k.table.Add(figures.Row{What: "tools", Ours: count})
	k.table.Add(figures.Row{What: "list of tools as sent", Unit: "kB", Ours: float64(len(raw)) / 1e3})
	k.add("all tools", float64(all), 0)
	k.add("tools that only read", float64(reading), 0)
	k.add("a tool on average", float64(all)/count, 0)
	k.add("the dearest tool, "+name, float64(dearest), 0)
	return nil
}
