package tools_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/tiktoken-go/tokenizer"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/prompts"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// What the tools may cost a model's context, in o200k_base tokens of name,
// description and input schema. Every tool is sent to the model on every
// request, by every user, for ever. To raise a number is a commit that says
// why.
const (
	maxAll      = 6760 // every tool
	maxReadOnly = 4383 // those that change nothing
	maxMean     = 130
	maxOne      = 400
)

// TestCost holds the tools to their budget, and keeps each one's cost for the
// command that lists them.
func TestCost(t *testing.T) {
	t.Parallel()
	enc, err := tokenizer.Get(tokenizer.O200kBase)
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	lines.WriteString("name\ttokens\tinput\toutput\n")
	count, all, readOnly := 0, 0, 0
	for _, tool := range catalog(t, tools.Options{}).All() {
		n := tokens(t, enc, tool)
		d := tool.Reflect()
		fmt.Fprintf(&lines, "%s\t%d\t%s\t%s\n", d.Name, n, d.RawInputSchema, d.RawOutputSchema)
		count++
		all += n
		if tool.Effect == tools.Read {
			readOnly += n
		}
		if n > maxOne {
			t.Errorf("%s costs %d tokens, more than %d", tool.Name, n, maxOne)
		}
	}
	goldenText(t, "golden/schemas.tsv", lines.Bytes())
	mean := all / count
	t.Logf("%d tools, %d tokens in all, %d read-only, %d a tool", count, all, readOnly, mean)
	if *update {
		return // everything is written in one run, and what it costs is for the next
	}
	if all > maxAll || readOnly > maxReadOnly || mean > maxMean {
		t.Errorf("the tools cost %d tokens in all (at most %d), %d read-only (%d), %d a tool (%d)", all, maxAll, readOnly, maxReadOnly, mean, maxMean)
	}
}

func tokens(t *testing.T, enc tokenizer.Codec, tool tools.Tool) int {
	t.Helper()
	d := tool.Reflect()
	b, err := json.Marshal(map[string]any{"name": d.Name, "description": d.Description, "inputSchema": d.RawInputSchema})
	if err != nil {
		t.Fatal(err)
	}
	n, err := enc.Count(string(b))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestInstructionsCost holds the instructions to what every client pays for
// them, and to a length that none cuts.
func TestInstructionsCost(t *testing.T) {
	t.Parallel()
	const maxTokens, maxWords = 350, 250
	enc, err := tokenizer.Get(tokenizer.O200kBase)
	if err != nil {
		t.Fatal(err)
	}
	beside := tools.Beside{Prompts: prompts.Titles(), Resources: true}
	for name, o := range map[string]tools.Options{
		"all": {}, "read-only": {ReadOnly: true}, "unconfirmed": {Confirm: tools.ConfirmOff}, "dry run": {DryRun: true},
	} {
		for _, companies := range [][]string{{""}, {"acme", "harbour"}, numbered("company", 20)} {
			text := practice(t, o, companies...).Instructions(beside)
			n, err := enc.Count(text)
			if err != nil {
				t.Fatal(err)
			}
			words := len(strings.Fields(text))
			t.Logf("%s, %d companies: %d tokens, %d words", name, len(companies), n, words)
			if n > maxTokens || words >= maxWords {
				t.Errorf("%s, %d companies: %d tokens, more than %d, or %d words, not under %d", name, len(companies), n, maxTokens, words, maxWords)
			}
		}
	}
}

// TestInstructionsOfManyModes keeps the length where every company has its own
// way of being changed.
func TestInstructionsOfManyModes(t *testing.T) {
	t.Parallel()
	var all []tools.Named
	for i, name := range numbered("company", 20) {
		o := []tools.Options{{}, {ReadOnly: true}, {DryRun: true}, {Confirm: tools.ConfirmOff}}[i%4]
		all = append(all, tools.Named{Name: name, Catalog: with(t, inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Empty: true})}, sandbox.KeyOwner, o)})
	}
	p, err := tools.NewCompanies(all...)
	if err != nil {
		t.Fatal(err)
	}
	text := p.Instructions(tools.Beside{Prompts: prompts.Titles(), Resources: true})
	if words := len(strings.Fields(text)); words >= 250 {
		t.Errorf("%d words:\n%s", words, text)
	}
	if !strings.Contains(text, "company-1, company-2, company-3 and 17 more.") {
		t.Errorf("got\n%s", text)
	}
}

// numbered are names with a number each.
func numbered(name string, most int) []string {
	all := make([]string, most)
	for i := range all {
		all[i] = fmt.Sprintf("%s-%d", name, i+1)
	}
	return all
}
