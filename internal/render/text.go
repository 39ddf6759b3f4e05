package render

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Text writes an answer as text: one heading line, then its values, then its
// lists as tables, tab-separated. It walks the same struct that the structured
// part is made of, so that neither can hold what the other lacks. Texts stand
// in it fenced, so that none can pass for the server's own words.
func (l *Layouts) Text(answer any, company string) string {
	whole := reflect.Indirect(reflect.ValueOf(answer))
	shown := l.fenced(whole)
	var b strings.Builder
	b.Grow(likely)
	b.WriteString(l.headline(l.named(whole), schemas.Name(company)))
	above := inHeading(shown.Interface())
	for _, f := range l.values(shown) {
		if !slices.Contains(above, f.Name) {
			b.WriteString("\n" + f.Name + "\t" + f.Value)
		}
	}
	for _, t := range l.tables(shown) {
		t.text(&b)
	}
	return b.String()
}

// likely is room for a text of some rows.
const likely = 1 << 10

// inHeading are the fields that the heading line says: those that every
// answer's does, and those that this answer's own heading holds.
func inHeading(answer any) []string {
	names := []string{"period", "start", "end", "as_of", "count", "complete"}
	if head, ok := answer.(schemas.Summed); ok {
		names = append(names, head.InHeading()...)
	}
	return names
}

func (l *Layouts) headline(answer reflect.Value, company string) string {
	parts := []string{company}
	if title := title(answer); title != "" {
		parts = []string{title, company}
	}
	if days := l.covered(answer); days != "" {
		parts = append(parts, days)
	}
	if day := l.said(answer, "as_of"); day != "" {
		parts = append(parts, "as of "+day)
	}
	rows := counted(l.said(answer, "count"))
	if c, ok := reflect.TypeAssert[schemas.Counting](answer); ok {
		rows = cmp.Or(c.Counted(), rows)
	}
	switch l.said(answer, "complete") {
	case "true":
		parts = append(parts, rows+", complete")
	case "false":
		parts = append(parts, rows+", NOT complete")
		if l.said(answer, "next_cursor") != "" {
			parts[len(parts)-1] += ": more with next_cursor"
		}
	}
	return strings.Join(parts, " · ")
}

func counted(n string) string {
	if n == "1" {
		return "1 row"
	}
	return n + " rows"
}

// text writes the table with its title above it. Columns that rows may leave
// out are left out where all do, for each character costs a model context.
func (t Table) text(b *strings.Builder) {
	if len(t.Rows) == 0 {
		return
	}
	if t.Title != "" {
		b.WriteString("\n" + t.Title)
	}
	shown, gap := make([]int, 0, len(t.Columns)), "\n"
	for i, c := range t.Columns {
		if !c.optional || slices.ContainsFunc(t.Rows, func(row []string) bool { return row[i] != "" }) {
			shown = append(shown, i)
			b.WriteString(gap + c.Name)
			gap = "\t"
		}
	}
	for _, row := range t.Rows {
		b.WriteByte('\n')
		pending := 0 // cells before, which are only written if another follows
		for _, i := range shown {
			if i < len(row) && row[i] != "" {
				b.WriteString(strings.Repeat("\t", pending) + row[i])
				pending = 0
			}
			pending++
		}
	}
}
