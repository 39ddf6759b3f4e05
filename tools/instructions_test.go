package tools_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// instructions are what a model is told of one company's books.
func instructions(t *testing.T, c *tools.Catalog) string {
	t.Helper()
	p, err := tools.NewCompanies(tools.Named{Catalog: c})
	if err != nil {
		t.Fatal(err)
	}
	return p.Instructions(tools.Beside{})
}

// TestInstructions finds that they speak of what is offered and of nothing
// else.
func TestInstructions(t *testing.T) {
	t.Parallel()
	both := tools.Beside{Prompts: []string{"Who owes me money?"}, Resources: true}
	for name, c := range map[string]struct {
		options   tools.Options
		beside    tools.Beside
		has, lack string // words, by commas
	}{
		"all":            {tools.Options{}, both, "clients,vendors,VAT,audit trail,get_context,compare_periods,preview_invoice,not_done,Who owes me money?,fiskl://", "read-only,Nobody confirms,Dry run"},
		"tools alone":    {tools.Options{}, tools.Beside{}, "quotes,products", "prompts,fiskl://"},
		"some toolsets":  {tools.Options{Toolsets: []string{"contacts", "payments"}}, tools.Beside{}, "clients,payments,not_done", "invoices (,VAT,audit,get_context,trace_figure,preview_invoice"},
		"read-only":      {tools.Options{ReadOnly: true}, both, "read-only,invoices", "not_done,preview_invoice,un-sent"},
		"nobody asked":   {tools.Options{Confirm: tools.ConfirmOff}, both, "Nobody confirms: ask the person before each send and payment", "read-only,not_done"},
		"dry run":        {tools.Options{DryRun: true, Confirm: tools.ConfirmOff}, both, "Dry run", "Nobody confirms,not_done"},
		"by token":       {tools.Options{Confirm: tools.ConfirmToken}, both, "confirm_token", "Nobody confirms"},
		"only the audit": {tools.Options{Toolsets: []string{"audit"}, ReadOnly: true}, tools.Beside{}, "accounting: audit trail.", "vendors,top down"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := practice(t, c.options, "").Instructions(c.beside)
			for word := range strings.SplitSeq(c.has, ",") {
				if !strings.Contains(text, word) {
					t.Errorf("nothing is said of %q:\n%s", word, text)
				}
			}
			for word := range strings.SplitSeq(c.lack, ",") {
				if strings.Contains(text, word) {
					t.Errorf("something is said of %q:\n%s", word, text)
				}
			}
		})
	}
}

// TestInstructionsTools finds that they name no tool that is not offered, and
// speak of no changes where none can be made, whichever toolset is alone.
func TestInstructionsTools(t *testing.T) {
	t.Parallel()
	word := regexp.MustCompile(`\b(get|list|create|update|send|record|mark|preview|compare|trace|request|export)_[a-z_]+\b`)
	changed := []string{"contacts", "invoicing", "payments", "catalog"}
	for _, readOnly := range []bool{false, true} {
		toolsets := make(map[string]bool)
		for _, tool := range catalog(t, tools.Options{}).All() {
			toolsets[tool.Toolset] = true
		}
		for set := range toolsets {
			p := practice(t, tools.Options{Toolsets: []string{set}, ReadOnly: readOnly}, "")
			text := p.Instructions(tools.Beside{})
			for _, name := range word.FindAllString(text, -1) {
				if tool, ok := p.Find(name); name != "preview_token" && (!ok || p.Withheld(tool) != "") {
					t.Errorf("%s, read-only %t: %s is not offered:\n%s", set, readOnly, name, text)
				}
			}
			if changes := strings.Contains(text, "If an outcome is unknown"); changes != (slices.Contains(changed, set) && !readOnly) {
				t.Errorf("%s, read-only %t: it speaks of changes: %t:\n%s", set, readOnly, changes, text)
			}
			if asks := strings.Contains(text, "not_done"); asks != ((set == "invoicing" || set == "payments") && !readOnly) {
				t.Errorf("%s, read-only %t: it speaks of what is agreed to: %t:\n%s", set, readOnly, asks, text)
			}
			if strings.Contains(text, ": .") {
				t.Errorf("%s: there is nothing in the books:\n%s", set, text)
			}
		}
	}
}

// TestInstructionsNouns finds that every toolset but that of the context is in
// the index.
func TestInstructionsNouns(t *testing.T) {
	t.Parallel()
	seen := make(map[string]string)
	for _, tool := range catalog(t, tools.Options{}).All() {
		if tool.Toolset == "context" || seen[tool.Toolset] != "" {
			continue
		}
		first, _, _ := strings.Cut(practice(t, tools.Options{Toolsets: []string{tool.Toolset}}, "").Instructions(tools.Beside{}), "\n")
		_, nouns, _ := strings.Cut(strings.TrimSuffix(first, "."), "accounting: ")
		if nouns == "" {
			t.Errorf("toolset %s has no nouns: %s", tool.Toolset, first)
		}
		seen[tool.Toolset] = nouns
	}
}
