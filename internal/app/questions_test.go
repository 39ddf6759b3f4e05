package app

import (
	"encoding/json"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// official are the questions that Fiskl itself gives as examples, and those
// that its help pages answer.
func official() []string {
	return []string{
		"Who are my top five clients by revenue last quarter?",
		"Which invoices are overdue, and how late?",
		"Create an invoice for 10 hours at 150, due in 30 days",
		"Record 500 against INV-0042, received today",
		"Profit and loss last month: what changed?",
		"Why did the gross margin fall?",
		"Why is the cash flow worse than the profit?",
		"Which transactions are behind a wrong ledger balance?",
		"Who edited this invoice, and what changed?",
		"Who owes me money?",

		"Why are amounts 100 times too big?",
		"Why is my list incomplete?",
		"Why 401?",
		"Why 403?",
		"Why were duplicate invoices made?",
		"Can you delete, void or un-send an invoice?",
		"Can you edit a sent invoice?",
		"Can you make or convert a quote?",
		"Can you add my hours, mileage or an expense to an invoice?",
		"Can you set up a recurring invoice?",
		"Can you record a part payment or a deposit?",
		"The client paid too much",
		"How do I cancel an invoice?",
		"Can I have a receipt for a paid invoice?",
		"Why is an invoice in the wrong currency?",
		"Can I change the base currency?",
		"Why does my foreign-currency account show odd amounts?",
		"Why do my expenses not show in the profit and loss?",
		"Why do these profit and loss totals differ from mine?",
		"Why does the balance sheet differ between cash and accrual?",
		"Why is profit up but cash down?",
		"Why is an invoice missing from the ageing?",
		"Why is tax in the wrong month?",
		"Why is there nothing in the tax report?",
		"Why is my tax number not on the invoice?",
		"The client says that no e-mail arrived",
		"Who changed this?",
		"Why has a record no history?",
		"Why can I not save: is the period locked?",
		"How do I write off a bad debt?",
		"Compare two years",
		"Can I send a client a statement?",
		"What happens to the purchase of a fixed asset?",
		"How do I enter a supplier's credit note?",
		"How long do clients take to pay?",
		"What if something is missing?",
		"Which plan do I need?",
		"Is it stable?",
	}
}

// question is one entry of the page.
type question struct {
	title, answer string
	calls         []string
}

// questions reads the page: a heading of the third level, calls in a block,
// and an answer.
func questions(t *testing.T) []question {
	t.Helper()
	page, err := os.ReadFile("../../docs/questions.md")
	if err != nil {
		t.Fatal(err)
	}
	group := regexp.MustCompile(`(?m)^## .*$`)
	var all []question
	for _, part := range strings.Split(group.ReplaceAllString(string(page), ""), "\n### ")[1:] {
		title, rest, _ := strings.Cut(part, "\n")
		q := question{title: title, answer: rest}
		if before, block, ok := strings.Cut(rest, "```sh\n"); ok {
			lines, answer, _ := strings.Cut(block, "\n```\n")
			q.calls, q.answer = strings.Split(lines, "\n"), before+answer
		}
		all = append(all, q)
	}
	return all
}

// TestQuestions asks the demo company every question of the page, makes the
// calls that it gives, and looks in their answers for all that the page says
// they hold. What has no call is looked up in the recorded messages.
func TestQuestions(t *testing.T) {
	t.Parallel()
	messages, err := os.ReadFile("testdata/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range questions(t) {
		t.Run(q.title, func(t *testing.T) {
			t.Parallel()
			if len(q.calls) > 4 {
				t.Errorf("it takes %d calls; want at most 4", len(q.calls))
			}
			heard := string(messages)
			if len(q.calls) > 0 {
				heard = hear(t, q.calls)
			}
			q.check(t, heard)
		})
	}
}

// TestOfficialQuestions finds every official question on the page, once.
func TestOfficialQuestions(t *testing.T) {
	t.Parallel()
	var titles []string
	for _, q := range questions(t) {
		if slices.Contains(titles, q.title) {
			t.Errorf("the page answers %q twice", q.title)
		}
		titles = append(titles, q.title)
	}
	for _, want := range official() {
		if !slices.Contains(titles, want) {
			t.Errorf("the page does not answer %q", want)
		}
	}
}

// check holds an answer of the page against what was heard. An amount that is
// neither bold nor in italics would be held against nothing.
func (q question) check(t *testing.T, heard string) {
	t.Helper()
	bold := regexp.MustCompile(`\*\*([^*]+)\*\*`)
	for _, m := range bold.FindAllStringSubmatch(q.answer, -1) {
		if !holds(heard, m[1]) {
			t.Errorf("%q is not in the answers", m[1])
		}
	}
	if len(q.calls) > 0 && !bold.MatchString(q.answer) {
		t.Error("nothing of the answer is in bold")
	}
	plain := regexp.MustCompile(`\*\*[^*]+\*\*|\*[^*]+\*`).ReplaceAllString(q.answer, "")
	for _, amount := range regexp.MustCompile(`\d+\.\d\d\b`).FindAllString(plain, -1) {
		t.Errorf("%s is neither in bold nor in italics", amount)
	}
	if t.Failed() {
		t.Logf("the answers are:\n%s", heard)
	}
}

// holds reports whether a text holds a figure or some words as a whole. People
// write commas in figures and lines of their own length; answers do not. A
// fall of 5 may stand there as -5.
func holds(text, part string) bool {
	part = regexp.MustCompile(`(\d),(\d{3})`).ReplaceAllString(part, "$1$2")
	part = strings.Join(strings.Fields(part), " ")
	text = strings.Join(strings.Fields(text), " ")
	return regexp.MustCompile(`(?:^|[ ("])-?` + regexp.QuoteMeta(part) + `(?:[.,;:)"]*(?: |$))`).MatchString(text)
}

// TestHolds finds that a wrong figure is not taken for a right one.
func TestHolds(t *testing.T) {
	t.Parallel()
	const text = "INV-0119\tNorthwind Bakery\t2026-08-31\t-1200.00\t53\nratio\t0.2046; paid: 0.00 → 41200.00; more in"
	for part, want := range map[string]bool{
		"1,200.00": true, "1200.00": true, "1,200.01": false, "200.00": false, "1,200.0": false, "53": true, "3": false, "31": false,
		"0.2046": true, "2046": false, "0.20": false, "41,200.00": true, "Northwind\nBakery": true, "north": false, "paid: 0.00 → 41200.00": true,
	} {
		if got := holds(text, part); got != want {
			t.Errorf("%q: got %v", part, got)
		}
	}
}

// hear makes calls one after another in the same sandbox and returns what all
// of them answered. It is another day than the one that the calls pin.
func hear(t *testing.T, lines []string) string {
	t.Helper()
	another := func() time.Time { return time.Date(2029, time.February, 28, 23, 30, 0, 0, time.UTC) }
	cfg, err := config.Read(environment{env: []string{"FISKL_SANDBOX=1"}, now: another}.outside(), map[string]string{"today": "2026-11-22"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := company.Open(cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	known := make(map[string]string)
	var heard []string
	for i, line := range lines {
		line, remark, _ := strings.Cut(line, " # ")
		line = os.Expand(line, func(name string) string {
			if known[name] == "" {
				t.Fatalf("%s: nothing before it says what $%s is", line, name)
			}
			return known[name]
		})
		words := pinned(t, line, i == 0)
		tool, ok := p.Find(words[0])
		args, err := pairs(words[1:], argumentsOf(p.Definition(tool)))
		if !ok || err != nil {
			t.Fatalf("%s: tool found %v, %v", line, ok, err)
		}
		answer := p.Call(t.Context(), tool, tools.Request{Args: args, Asks: true})
		if q := answer.Question; q != nil { // the person at the terminal types yes
			answer = p.Call(t.Context(), tool, tools.Request{Args: args, Asks: true, State: q.State, Reply: &tools.Reply{Agreed: true}})
		}
		heard = append(heard, answer.Text)
		for _, m := range regexp.MustCompile(`\$(\w+) is the (\w+) of ([^;]+)`).FindAllStringSubmatch(remark, -1) {
			known[m[1]] = find(t, answer.Structured, m[2], m[3])
		}
	}
	return strings.Join(heard, "\n")
}

// pinned is the tool and the arguments of a call, which pins its day. The first of
// a question begins the sandbox anew.
func pinned(t *testing.T, line string, first bool) []string {
	t.Helper()
	flags := []string{"--sandbox", "--today", "2026-11-22"}
	if first {
		flags = append(flags, "--fresh")
	}
	words := shellWords(line)
	const tool = 3 // after fiskl-mcp call TOOL
	if len(words) < tool+len(flags) || words[0] != "fiskl-mcp" || words[1] != "call" || !slices.Equal(words[tool:tool+len(flags)], flags) || slices.Contains(words[tool+len(flags):], "--fresh") {
		t.Fatalf("%s: want fiskl-mcp call TOOL %s", line, strings.Join(flags, " "))
	}
	return append(words[tool-1:tool:tool], words[tool+len(flags):]...)
}

// shellWords splits a line as a shell does, without escapes.
func shellWords(line string) []string {
	words := regexp.MustCompile(`(?:[^\s'"]|'[^']*'|"[^"]*")+`).FindAllString(line, -1)
	for i, w := range words {
		words[i] = regexp.MustCompile(`'([^']*)'|"([^"]*)"`).ReplaceAllString(w, "$1$2")
	}
	return words
}

// find returns a member of the row of a structured answer that has a value.
func find(t *testing.T, structured json.RawMessage, member, value string) string {
	t.Helper()
	var answer struct {
		Rows []map[string]json.RawMessage `json:"rows"`
	}
	if err := json.Unmarshal(structured, &answer); err != nil {
		t.Fatal(err)
	}
	for _, row := range answer.Rows {
		for _, v := range row {
			if string(v) == `"`+value+`"` {
				return strings.Trim(string(row[member]), `"`)
			}
		}
	}
	t.Fatalf("no row has %q: %s", value, structured)
	return ""
}
