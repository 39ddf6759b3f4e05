package main

import (
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/prompts"
)

// TestScripts finds that every ready-made job is measured, with every tool that
// its steps name.
func TestScripts(t *testing.T) {
	t.Parallel()
	all, err := scripts()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(prompts.All()) {
		t.Errorf("%d scripts for %d jobs", len(all), len(prompts.All()))
	}
	for _, p := range prompts.All() {
		i := slices.IndexFunc(all, func(s script) bool { return s.Prompt == p.Name })
		if i < 0 {
			t.Errorf("%s has no script", p.Name)
			continue
		}
		var called []string
		for _, c := range all[i].Calls {
			if !slices.Contains(called, c.Tool) {
				called = append(called, c.Tool)
			}
		}
		if !slices.Equal(called, p.Tools()) {
			t.Errorf("%s calls %q, its steps are %q", p.Name, called, p.Tools())
		}
	}
}
