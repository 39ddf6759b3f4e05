package tools_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// data holds an answer with hostile texts to the same answer with harmless
// ones: they may differ inside of values and nowhere else.
func data(t rapid.TB, want, got tools.Answer) {
	t.Helper()
	if got.Err != nil && strings.Contains(got.Text, "longer than a client takes") {
		return
	}
	if got.Err != nil && strings.HasPrefix(got.Text, "Not done, nothing was changed: the e-mail address ") && strange(got.Text) == "" {
		return // an address that could not be shown as it is
	}
	if want.Err != nil || got.Err != nil {
		t.Fatalf("harmless: %v, hostile: %v: %s", want.Err, got.Err, got.Text)
	}
	if complaint := strange(strings.NewReplacer("\n", "", "\t", "").Replace(got.Text)); complaint != "" {
		t.Errorf("the text holds %s: %q", complaint, got.Text)
	}
	tokens := regexp.MustCompile(`f[pc]_[\w-]{40,}`) // each is another
	want.Text, got.Text = tokens.ReplaceAllString(want.Text, "token"), tokens.ReplaceAllString(got.Text, "token")
	want.Structured, got.Structured = tokens.ReplaceAll(want.Structured, nil), tokens.ReplaceAll(got.Structured, nil)
	var before, after any
	if err := json.Unmarshal(want.Structured, &before); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(got.Structured, &after); err != nil {
		t.Fatalf("%v: %s", err, got.Structured)
	}
	if cut(before) != cut(after) {
		// Long texts leave fewer rows in an answer.
		if size := max(utf8.RuneCountInString(got.Text), utf8.RuneCount(got.Structured)); size > tools.Budget {
			t.Errorf("%d characters", size)
		}
		return
	}
	for _, complaint := range slices.Concat(leaves("", before, after), lines(want.Text, got.Text)) {
		t.Errorf("%s\nwith harmless texts:\n%s\nwith hostile ones:\n%s", complaint, want.Text, got.Text)
	}
}

// cut is how many rows an answer has.
func cut(answer any) string {
	whole, _ := answer.(map[string]any)
	rows, _ := whole["rows"].([]any)
	return fmt.Sprint(len(rows), whole["complete"])
}

// leaves says where two answers differ other than in the words of a text.
func leaves(path string, want, got any) []string {
	var wrong []string
	switch w := want.(type) {
	case map[string]any:
		g, _ := got.(map[string]any)
		if a, b := slices.Sorted(maps.Keys(w)), slices.Sorted(maps.Keys(g)); !slices.Equal(a, b) {
			return []string{fmt.Sprintf("%s has the members %q, want %q", path, b, a)}
		}
		for name := range w {
			wrong = append(wrong, leaves(path+"."+name, w[name], g[name])...)
		}
	case []any:
		g, _ := got.([]any)
		if len(g) != len(w) {
			return []string{fmt.Sprintf("%s has %d items, want %d", path, len(g), len(w))}
		}
		for i := range w {
			wrong = append(wrong, leaves(fmt.Sprintf("%s[%d]", path, i), w[i], g[i])...)
		}
	case string:
		g, ok := got.(string)
		most, shown := schemas.MaxText, g
		if inLines(path) {
			most, shown = schemas.MaxProse, strings.ReplaceAll(g, "\n", "")
		}
		switch complaint := strange(shown); {
		case !ok:
			return []string{fmt.Sprintf("%s is %v, want a text", path, got)}
		case complaint != "":
			return []string{fmt.Sprintf("%s holds %s: %q", path, complaint, g)}
		case utf8.RuneCountInString(g) > most:
			return []string{fmt.Sprintf("%s has %d characters", path, utf8.RuneCountInString(g))}
		case !strings.Contains(w, "Harmless") && w != g:
			return []string{fmt.Sprintf("%s is %q, want %q", path, g, w)}
		}
	default:
		if want != got {
			return []string{fmt.Sprintf("%s is %v, want %v", path, got, want)}
		}
	}
	return wrong
}

// inLines reports the members that people write in several lines, of which
// alone the line breaks are kept.
func inLines(path string) bool {
	return slices.Contains([]string{"address", "after", "before", "description", "note", "notes", "shipping_address"}, path[strings.LastIndex(path, ".")+1:])
}

// lines says where two texts differ other than inside of cells that hold what
// people typed.
func lines(want, got string) []string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	if len(w) != len(g) {
		return []string{fmt.Sprintf("%d lines, want %d", len(g), len(w))}
	}
	if a, b := strings.Split(w[0], " · "), strings.Split(outside(g[0]), " · "); len(a) != len(b) {
		return []string{fmt.Sprintf("the heading %q has %d parts, want %d", g[0], len(b), len(a))}
	}
	var wrong []string
	for i := 1; i < len(w); i++ {
		a, b := strings.Split(w[i], "\t"), strings.Split(g[i], "\t")
		if len(a) != len(b) {
			wrong = append(wrong, fmt.Sprintf("line %d has %d columns, want %d", i+1, len(b), len(a)))
			continue
		}
		for j := range a {
			if !alike(a[j], b[j]) {
				wrong = append(wrong, fmt.Sprintf("line %d, column %d is %q, want one like %q", i+1, j+1, b[j], a[j]))
			}
		}
	}
	return wrong
}

// alike reports a cell with nothing more outside of quotes than there is in
// the same cell with harmless texts, and in it no name of this server's.
func alike(want, got string) bool {
	if !strings.Contains(want, "Harmless") {
		return want == got
	}
	signs, rest, several := "·→;<>[]{}|`\\\t=", got, strings.ContainsAny(want, "→,")
	if several {
		signs += ","
	}
	if several || strings.HasPrefix(got, `"`) {
		rest = outside(got)
	}
	for _, sign := range signs {
		if strings.Count(rest, string(sign)) != strings.Count(want, string(sign)) {
			return false
		}
	}
	word := strings.ToLower(rest)
	return word != "total" && word != "opening" && word != "net_profit" && !strings.Contains(rest, "_token")
}

// outside is what of a sentence does not stand in quotes.
func outside(s string) string {
	parts := strings.Split(strings.ReplaceAll(s, `\"`, ""), `"`)
	var b strings.Builder
	for i := 0; i < len(parts); i += 2 {
		b.WriteString(parts[i])
	}
	return b.String()
}

// strange names the first character that can hide, reorder or restyle others,
// judged by Unicode's own lists.
func strange(s string) string {
	if !utf8.ValidString(s) {
		return "what is not UTF-8"
	}
	marks, last := 0, rune(0)
	for _, r := range s {
		if unicode.Is(unicode.M, r) {
			marks++
		} else {
			marks = 0
		}
		symbol := unicode.Is(unicode.S, last)
		if marks > 5 || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp,
			unicode.Other_Default_Ignorable_Code_Point) || unicode.Is(unicode.Variation_Selector, r) && (r != '\uFE0F' || !symbol) || r == '\u2800' {
			return fmt.Sprintf("%U", r)
		}
		last = r
	}
	return ""
}
