package journal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// TestTorn cuts the last line at every byte: it counts when it is whole, the
// lines before it stay, and the next line stands on its own.
func TestTorn(t *testing.T) {
	t.Parallel()
	path := place(t)
	j := open(t, journal.Options{Path: path})
	id := begin(t, j, "a")
	begin(t, j, "b")
	twoBegins := contents(t, path)
	end(t, j, id, done(1))
	cases := map[string]struct{ whole, with, without string }{
		"begin": {twoBegins, "b a", "a"},
		"end":   {contents(t, path), "b a:done", "b a"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			last := strings.LastIndex(strings.TrimSuffix(c.whole, "\n"), "\n") + 1
			for cut := last; cut <= len(c.whole); cut++ {
				if !slowtest.Asked() && (cut-last)%10 != 0 && cut < len(c.whole)-2 {
					continue
				}
				want := c.without
				if cut >= len(c.whole)-1 { // the end of a line is no part of what it tells
					want = c.with
				}
				wantMended(t, fmt.Sprint("cut at ", cut-last), c.whole[:cut], want)
			}
		})
	}
}

func wantMended(t *testing.T, what, text, want string) {
	t.Helper()
	path := place(t)
	write(t, path, text)
	early, j := open(t, journal.Options{Path: path}), open(t, journal.Options{Path: path})
	wantTold(t, what, entries(t, j), want)
	wantTold(t, what, orphans(t, early), orphaned(want))
	begin(t, j, "next")
	wantTold(t, what+", then begun", entries(t, j), "next "+want)
	// One that had read the torn line goes on where it was.
	_, err := early.Begin(t.Context(), payment("last"), func(all []journal.Entry) error {
		if len(all) != len(strings.Fields(want))+1 {
			t.Errorf("%s: a check saw %s", what, told(all))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantTold(t, what+", then begun twice", entries(t, open(t, journal.Options{Path: path})), "last next "+want)
}

// orphaned are the open entries, oldest first.
func orphaned(newestFirst string) string {
	var open []string
	for word := range strings.FieldsSeq(newestFirst) {
		if !strings.Contains(word, ":") {
			open = append([]string{word}, open...)
		}
	}
	return strings.Join(open, " ")
}

// TestForeign passes over what it does not know, in the midst of what it does.
func TestForeign(t *testing.T) {
	t.Parallel()
	path := place(t)
	j := open(t, journal.Options{Path: path})
	id := begin(t, j, "a")
	known := contents(t, path)
	write(t, path, strings.Join([]string{
		"\x00\x00\x00", "{}", "null", "[]", "no JSON", "\r",
		strings.Replace(known, `"v":1`, `"v":2`, 1),
		strings.Replace(known, `"begin"`, `"dream"`, 1),
		strings.NewReplacer(id, "0123456789abcdef", `{"v"`, `{"later":{"deep":[1]},"v"`, `"a"`, `"b"`).Replace(known),
		strings.NewReplacer(id, "not hexadecimal!").Replace(known),
		strings.NewReplacer(id, "0123456789abcdee", `"12.50"`, `"12,50"`).Replace(known),
		strings.Repeat("x", 1<<20),
		known,
	}, "\n"))
	wantTold(t, "entries", entries(t, open(t, journal.Options{Path: path})), "a b")
	begin(t, j, "c")
	wantTold(t, "entries", entries(t, j), "c a b")
}
