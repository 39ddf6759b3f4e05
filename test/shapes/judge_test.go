package shapes_test

import (
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// verdict is what became of an answer over another shape.
type verdict string

// The verdicts, from best to worst. Only the last must not be.
const (
	same    verdict = "same"
	refused verdict = "refused" // an error says so
	said    verdict = "said"    // rows or amounts differ, and the answer says that something is wrong with it
	texts   verdict = "texts"   // names, words or dates differ, rows and amounts do not
	silent  verdict = "silent"  // rows or amounts differ, and nothing says so
)

// judge compares an answer with the one over the plain shape, and names the
// first difference.
func judge(plain, got told) (v verdict, first string) {
	if got.failed {
		line, _, _ := strings.Cut(got.text, "\n")
		return refused, line
	}
	a, b := flat(unordered(plain.answer)), flat(unordered(got.answer))
	worst, first := same, ""
	for _, path := range keys(a, b) {
		x, y := a[path], b[path]
		switch {
		case x == y || telling(path) || unknown.MatchString(path):
		case counts(path, x) || counts(path, y) || strings.HasSuffix(path, "#"):
			if worst != silent {
				worst, first = silent, fmt.Sprintf("%s: %s, not %s", path, shown(y), shown(x))
			}
		case worst == same:
			worst, first = texts, fmt.Sprintf("%s: %s, not %s", path, shown(y), shown(x))
		}
	}
	if worst == silent && saysSo(a, b) {
		worst = said
	}
	return worst, first
}

// unordered has the rows of a whole list in an order of its own: the order is
// the API's, and in another one it is still the whole list.
func unordered(v any) any {
	m, ok := v.(map[string]any)
	rows, isList := m["rows"].([]any)
	if !ok || !isList || m["complete"] != true || m["report"] != nil {
		return v
	}
	rows = slices.SortedFunc(slices.Values(rows), func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	m = maps.Clone(m)
	m["rows"] = rows
	return m
}

func shown(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

func keys(a, b map[string]string) []string {
	var all []string
	for k := range a {
		all = append(all, k)
	}
	for k := range b {
		if _, ok := a[k]; !ok {
			all = append(all, k)
		}
	}
	slices.Sort(all)
	return all
}

// flat is an answer as values by path. The length of a list has "#" behind it.
func flat(v any) map[string]string {
	all := make(map[string]string)
	var visit func(path string, v any)
	visit = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, inner := range v {
				visit(path+"."+k, inner)
			}
		case []any:
			all[path+"#"] = strconv.Itoa(len(v))
			for i, inner := range v {
				visit(fmt.Sprintf("%s[%d]", path, i), inner)
			}
		default:
			all[path] = fmt.Sprint(v)
		}
	}
	visit("", v)
	return all
}

// amounts look like money. What is written with digits and is none has one of
// these names.
var (
	amountText = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	noAmount   = regexp.MustCompile(`(^|[._])(id|number|code|cursor|year|date|name|reference|status|basis|type|taxes\[\d+\])$`)
	tells      = regexp.MustCompile(`(note|warning|hidden|missing)[^.]*$`)
	unknown    = regexp.MustCompile(`\.other_fields(\.|$)`)
	marks      = regexp.MustCompile(`\.(complete|next_cursor)$`)
)

func counts(path, value string) bool {
	return amountText.MatchString(value) && !noAmount.MatchString(path)
}

// telling reports a member that says something of the answer.
func telling(path string) bool { return tells.MatchString(path) || marks.MatchString(path) }

// saysSo reports an answer that says that something is wrong with it, and that
// the plain one does not say.
func saysSo(plain, got map[string]string) bool {
	known := make(map[string]bool)
	for path, v := range plain {
		if tells.MatchString(path) {
			known[v] = true
		}
	}
	for path, v := range got {
		if tells.MatchString(path) && !strings.HasSuffix(path, "#") && !known[v] || strings.HasSuffix(path, ".complete") && v == "false" && plain[path] != "false" {
			return true
		}
	}
	return false
}

// next is the number after one such as INV-0151.
func next(number string) string {
	at := strings.LastIndexByte(number, '-') + 1
	n, ok := new(big.Int).SetString(number[at:], 10)
	if !ok {
		return number
	}
	return fmt.Sprintf("%s%0*d", number[:at], len(number)-at, n.Add(n, big.NewInt(1)))
}

func firstOf(t *testing.T, list told, key string) string {
	t.Helper()
	v, ok := flat(list.answer)[".rows[0]."+key]
	if !ok {
		t.Fatalf("no first row with %s in %v", key, list)
	}
	return v
}

// TestJudge plants differences.
func TestJudge(t *testing.T) {
	t.Parallel()
	row := func(total string) any { return map[string]any{"total": total, "name": "A"} }
	of := func(rows ...any) map[string]any { return map[string]any{"rows": rows, "complete": true} }
	with := func(m map[string]any, k string, v any) map[string]any { m[k] = v; return m }
	plain := of(row("12.00"), row("3.00"))
	for name, test := range map[string]struct {
		got  told
		want verdict
	}{
		"the same":            {told{answer: of(row("12.00"), row("3.00"))}, same},
		"an error":            {told{failed: true, text: "no"}, refused},
		"an amount":           {told{answer: of(row("12.00"), row("0.00"))}, silent},
		"an amount less":      {told{answer: of(row("12.00"), map[string]any{"name": "A"})}, silent},
		"a row less":          {told{answer: of(row("12.00"))}, silent},
		"no rows":             {told{answer: map[string]any{"complete": true}}, silent},
		"a row less, said":    {told{answer: with(of(row("12.00")), "complete", false)}, said},
		"a row less, warning": {told{answer: with(of(row("12.00")), "warnings", []any{"one row could not be read"})}, said},
		"a name":              {told{answer: of(row("12.00"), map[string]any{"total": "3.00", "name": "B"})}, texts},
	} {
		if got, first := judge(told{answer: plain}, test.got); got != test.want {
			t.Errorf("%s: judged %s (%s), want %s", name, got, first, test.want)
		}
	}
}
