package render

import "strings"

// Markdown writes a document as a page that people read. Its texts are fenced
// already.
func Markdown(d Document) string {
	var b strings.Builder
	b.WriteString("# " + Escape(d.Title) + "\n\n")
	for _, f := range d.Facts {
		b.WriteString("- " + label(f.Name) + ": " + Escape(f.Value) + "\n")
	}
	for _, t := range d.Tables {
		b.WriteString("\n")
		if t.Title != "" {
			b.WriteString("## " + Escape(t.Title) + "\n\n")
		}
		t.markdown(&b)
	}
	return b.String()
}

// label is the name of a fact or a column as a person would write it.
func label(name string) string {
	s := strings.ReplaceAll(name, "_", " ")
	if s == "" {
		return s
	}
	return Escape(strings.ToUpper(s[:1]) + s[1:])
}

func (t Table) markdown(b *strings.Builder) {
	for _, c := range t.Columns {
		b.WriteString("| " + label(c.Name) + " ")
	}
	b.WriteString("|\n")
	for _, c := range t.Columns {
		if c.isNumeric() {
			b.WriteString("|---:")
		} else {
			b.WriteString("|---")
		}
	}
	b.WriteString("|\n")
	for _, row := range t.Rows {
		for i := range t.Columns {
			cell := ""
			if i < len(row) {
				cell = t.shown(i, row[i])
			}
			b.WriteString("| " + cell + " ")
		}
		b.WriteString("|\n")
	}
}

// shown is a cell: numbers and days as they are, words escaped.
func (t Table) shown(column int, cell string) string {
	if t.Columns[column].kindOf(cell) == Text {
		return Escape(cell)
	}
	return cell
}

// Escape writes a text so that Markdown shows it as it is: no markup, no link,
// no picture, no end of a cell.
func Escape(text string) string {
	escaped := strings.NewReplacer(
		`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `[`, `\[`, `]`, `\]`, `<`, `&lt;`, `>`, `&gt;`, `& `, `& `, `&`, `&amp;`,
		`|`, `\|`, `~`, `\~`, `#`, `\#`, `://`, `\://`, `www.`, `www\.`, "\n", " ", "\r", " ",
	).Replace(text)
	if escaped != "" && strings.ContainsAny(escaped[:1], "+-=") {
		return `\` + escaped // would open a list or a line
	}
	return escaped
}
