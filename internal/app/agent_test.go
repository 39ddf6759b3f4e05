package app

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// agent does a job as it is written: it knows the text and nothing else, and
// makes the calls that stand there, in that order. Values that a person or an
// earlier answer has to give are found by what the text calls them.
type agent struct {
	t     *testing.T
	call  func(tool, args string) answer
	knows map[string]func(*agent) []any // a value each, and a call for each of them

	calls   int
	seen    strings.Builder             // all answers as they are read
	answers map[string]map[string]any   // the last of each tool
	rows    map[string][]map[string]any // those of the last of each tool
}

// callsWritten finds calls as they stand in the text of a job.
func callsWritten() *regexp.Regexp { return regexp.MustCompile(`(?m)^\d+\. ([a-z_]+) (\{.*\})$`) }

// do follows the text of a job.
func (a *agent) do(text string) {
	a.t.Helper()
	a.answers, a.rows = make(map[string]map[string]any), make(map[string][]map[string]any)
	found := callsWritten().FindAllStringSubmatch(text, -1)
	if len(found) == 0 {
		a.t.Fatalf("no calls in\n%s", text)
	}
	for _, call := range found {
		var args map[string]any
		if err := json.Unmarshal([]byte(call[2]), &args); err != nil {
			a.t.Fatalf("%s: %v", call[0], err)
		}
		most := 1
		for n := 0; n < most; n++ {
			filled, count := a.fill(args, n)
			most = max(most, count)
			a.make(call[1], filled)
		}
	}
}

// make makes a call. When nothing was done yet the person is asked, and agrees.
func (a *agent) make(tool string, args any) {
	a.t.Helper()
	b, err := json.Marshal(args)
	if err != nil {
		a.t.Fatal(err)
	}
	got := a.call(tool, string(b))
	a.calls++
	if got.failed {
		a.t.Fatalf("%s %s: %s", tool, b, got.text)
	}
	a.seen.WriteString(got.text + "\n")
	if token, ok := got.structured["confirm_token"].(string); ok {
		agreed, _ := args.(map[string]any)
		agreed["confirm_token"] = token
		a.make(tool, agreed)
		return
	}
	a.answers[tool], a.rows[tool] = got.structured, nil
	rows, _ := got.structured["rows"].([]any)
	for _, row := range rows {
		if r, ok := row.(map[string]any); ok {
			a.rows[tool] = append(a.rows[tool], r)
		}
	}
}

// fill puts the nth value in the place of what the text only names. A value
// that there is not leaves its argument out. Count is how many there are.
func (a *agent) fill(value any, n int) (filled any, count int) {
	switch v := value.(type) {
	case map[string]any:
		filled := make(map[string]any)
		for name, inner := range v {
			got, c := a.fill(inner, n)
			count = max(count, c)
			if got != nil {
				filled[name] = got
			}
		}
		return filled, count
	case []any:
		filled := []any{}
		for _, inner := range v {
			got, c := a.fill(inner, n)
			count = max(count, c)
			filled = append(filled, got)
		}
		return filled, count
	case string:
		if !strings.HasPrefix(v, "<") {
			return v, 0
		}
		find := a.knows[v]
		if find == nil {
			a.t.Fatalf("nobody knows %s", v)
		}
		all := find(a)
		if len(all) == 0 {
			return nil, 0
		}
		return all[min(n, len(all)-1)], len(all)
	default:
		return value, 0
	}
}

// saw fails unless the agent read all of that.
func (a *agent) saw(facts ...string) {
	a.t.Helper()
	for _, fact := range facts {
		if !strings.Contains(a.seen.String(), fact) {
			a.t.Errorf("it never read %q:\n%s", fact, a.seen.String())
		}
	}
}

// of is a column of the rows of a tool's last answer.
func (a *agent) of(tool, column string) []any {
	var all []any
	for _, row := range a.rows[tool] {
		if v := row[column]; v != nil {
			all = append(all, v)
		}
	}
	return all
}

// first is the first of a column.
func first(tool, column string) func(*agent) []any {
	return func(a *agent) []any {
		all := a.of(tool, column)
		return all[:min(1, len(all))]
	}
}

// each is all that a column has, once each.
func each(tool, column string) func(*agent) []any {
	return func(a *agent) []any {
		var all []any
		for _, v := range a.of(tool, column) {
			if !slices.Contains(all, v) {
				all = append(all, v)
			}
		}
		return all
	}
}

// field is a field of an answer.
func field(tool, name string) func(*agent) []any {
	return func(a *agent) []any {
		v := a.answers[tool][name]
		if number, ok := v.(float64); ok {
			v = fmt.Sprintf("%.0f", number)
		}
		return []any{v}
	}
}

// person is what the person says.
func person(values ...any) func(*agent) []any { return func(*agent) []any { return values } }
