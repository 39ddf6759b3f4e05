package app

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/tiktoken-go/tokenizer"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/prompts"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// skillHead is what a client knows of the skill before it loads it.
const skillHead = `---
name: fiskl
description: Works with a company's books in Fiskl accounting through the tools of the Fiskl MCP server (fiskl-mcp). Use it when somebody asks who owes them money, how the business is doing, why profit, margin or cash changed, for a month-end review, VAT or sales tax figures, letters to late payers, or wants a client entered or an invoice made and sent.
---

# Fiskl

Written by ` + "`go test ./internal/app -update`" + ` from what the server itself tells its clients; not to be edited by hand. It needs
the tools of the server, such as get_context. If they are not there, say so: nothing here can be done without them. A tool that a job
names may not be offered to you; get_context says why and what is missing. Do what can be done without it, and say what is not known.

## What holds for all

`

// skill is what the server tells its clients, for clients that load skills.
func skill(t *testing.T) string {
	t.Helper()
	p, err := company.Open(config.Config{Companies: []config.Company{{Sandbox: true}}}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	told := tools.Beside{Resources: true} // the prompts follow whole
	var b strings.Builder
	b.WriteString(skillHead)
	for _, rule := range append(strings.Split(p.Instructions(told), "\n"),
		"Where there are several companies every tool takes company as its first argument: ask which is meant, and carry nothing from one to another.",
		"Where the person gave two days, they are start and end instead of period, and the last is as_of where a tool has that; compare_periods takes both as one, 2026-09-01..2026-09-30.",
	) {
		b.WriteString("- " + rule + "\n")
	}
	for _, rule := range prompts.Rules() {
		b.WriteString("- " + rule + "\n")
	}
	for _, job := range prompts.All() {
		b.WriteString("\n## " + job.Title + "\n\n" + job.Guide())
	}
	return b.String()
}

// TestSkill holds the skill against what the server tells its clients, and to
// what a client may load.
func TestSkill(t *testing.T) {
	t.Parallel()
	const maxLines, maxTokens = 500, 5000
	text := skill(t)
	recorded(t, "../../skills/fiskl/SKILL.md", text)
	_, description, _ := strings.Cut(text, "description: ")
	description, _, _ = strings.Cut(description, "\n")
	if len(description) > 1024 || strings.Contains(description, ": ") {
		t.Errorf("the description has %d characters, or is no plain text of YAML: %s", len(description), description)
	}
	enc, err := tokenizer.Get(tokenizer.O200kBase)
	if err != nil {
		t.Fatal(err)
	}
	n, err := enc.Count(text)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d tokens, %d lines", n, strings.Count(text, "\n"))
	if lines := strings.Count(text, "\n"); n > maxTokens || lines > maxLines {
		t.Errorf("the skill has %d tokens, more than %d, or %d lines, more than %d", n, maxTokens, lines, maxLines)
	}
}

// TestPromptPage holds the table of the ready-made jobs against the code.
func TestPromptPage(t *testing.T) {
	t.Parallel()
	tabled(t, "../../docs/prompts.md", map[string]string{"prompts": promptTable()})
}

// promptTable has a row for each job.
func promptTable() string {
	var b strings.Builder
	b.WriteString("| job | what it does | what it takes | tools it calls |\n|---|---|---|---|\n")
	for _, job := range prompts.All() {
		var takes []string
		for _, a := range job.Arguments {
			name := "`" + a.Name + "`"
			if a.Required {
				name += "\\*"
			}
			takes = append(takes, name)
		}
		fmt.Fprintf(&b, "| %s<br>`%s` | %s | %s | `%s` |\n", job.Title, job.Name, job.Description, strings.Join(takes, " "), strings.Join(job.Tools(), "` `"))
	}
	return b.String()
}
