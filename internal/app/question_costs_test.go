package app

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/tiktoken-go/tokenizer"
)

var costs = flag.Bool("costs", false, "measure anew what the questions cost")

const costsPage = "../../docs/question-costs.md"

// TestQuestionCosts finds every question with its number of calls in the table
// of what they cost. With -costs it asks them and writes the table. The tokens
// are measured and not held: addresses and times differ from run to run.
func TestQuestionCosts(t *testing.T) {
	t.Parallel()
	if *costs {
		measureQuestions(t)
	}
	page, err := os.ReadFile(costsPage)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range questions(t) {
		if row := fmt.Sprintf("| %s | %d | ", q.title, len(q.calls)); !bytes.Contains(page, []byte(row)) {
			t.Errorf("%q is not in %s with %d calls: run go test ./internal/app -run TestQuestionCosts -costs", q.title, costsPage, len(q.calls))
		}
	}
}

func measureQuestions(t *testing.T) {
	t.Helper()
	enc, err := tokenizer.Get(tokenizer.O200kBase)
	if err != nil {
		t.Fatal(err)
	}
	var rows strings.Builder
	calls, tokens, count := 0, 0, 0
	for _, q := range questions(t) {
		size := "–"
		if len(q.calls) > 0 {
			n, err := enc.Count(hear(t, q.calls))
			if err != nil {
				t.Fatal(err)
			}
			size, tokens = strconv.Itoa(n), tokens+n
		}
		calls, count = calls+len(q.calls), count+1
		fmt.Fprintf(&rows, "| %s | %d | %s |\n", q.title, len(q.calls), size)
	}
	page := fmt.Sprintf(`# What the questions cost

Each question of [questions.md](questions.md) with its calls and the tokens (o200k_base) of their answers as text, on the demo company of 22
November 2026. Measured by `+"`go test ./internal/app -run TestQuestionCosts -costs`"+`; addresses and times move the tokens by a few.

| question | calls | tokens of the answers |
|---|---:|---:|
%s| **all %d** | **%d** | **%d** |
`, rows.String(), count, calls, tokens)
	if err := os.WriteFile(costsPage, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
}
