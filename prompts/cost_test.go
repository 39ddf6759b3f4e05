package prompts_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tiktoken-go/tokenizer"

	"github.com/fiskl-mcp/fiskl-mcp/prompts"
)

// What the jobs may cost, in o200k_base tokens. The menu is for people, and few
// clients show it to a model; a job is paid for when it is picked. To raise a
// number is a commit that says why.
const (
	maxMenu = 700
	maxText = 700
	maxMean = 550
)

// TestCost holds the jobs to their budget.
func TestCost(t *testing.T) {
	t.Parallel()
	enc, err := tokenizer.Get(tokenizer.O200kBase)
	if err != nil {
		t.Fatal(err)
	}
	count := func(s string) int {
		n, err := enc.Count(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	var menu []any
	all := 0
	for _, p := range prompts.All() {
		menu = append(menu, p.Definition(nil))
		got := text(t, p.Name, needed(p), prompts.Setting{})
		n := count(got)
		all += n
		t.Logf("%s: %d tokens, %d words", p.Name, n, len(strings.Fields(got)))
		if n > maxText {
			t.Errorf("%s costs %d tokens, more than %d", p.Name, n, maxText)
		}
	}
	b, err := json.Marshal(menu)
	if err != nil {
		t.Fatal(err)
	}
	mean := all / len(menu)
	t.Logf("the menu: %d tokens; a job: %d on average", count(string(b)), mean)
	if n := count(string(b)); n > maxMenu || mean > maxMean {
		t.Errorf("the menu costs %d tokens, not %d, or a job %d on average, not %d", n, maxMenu, mean, maxMean)
	}
}
