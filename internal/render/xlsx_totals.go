package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// totals writes a sheet of totals: as formulas, with the value that they have,
// where they follow from the tables, and else as Fiskl has them.
func (x *XLSX) totals(all []schemas.FileSum) {
	x.open(sheet{name: x.sheetName("totals"), columns: []Column{{Name: "name"}, {Name: "amount", Kind: Money}, {Name: "currency"}}})
	tables := x.sheets[:len(x.sheets)-1]
	for i, t := range all {
		amount := styledCell{text: string(t.Amount), kind: Column{Kind: Money}.kindOf(string(t.Amount))}.styled()
		if amount.kind == Number {
			amount.formula = formula(t, all[:i], tables)
		}
		x.line([]styledCell{{text: t.Name, kind: Text, style: styleText}, amount, {text: t.Currency, kind: Text, style: styleText}})
	}
}

// formula is how a total follows from tables and from totals before it; empty
// where it does not. It is rounded to the decimals of the total: spreadsheets add
// in binary.
func formula(of schemas.FileSum, before []schemas.FileSum, tables []sheet) string {
	var sum strings.Builder
	for i, p := range of.Parts {
		term := rowsTerm(p, tables)
		if p.Total != "" {
			term = totalTerm(p, before)
		}
		switch {
		case term == "":
			return ""
		case p.Minus:
			_, _ = sum.WriteString("-")
		case i > 0:
			_, _ = sum.WriteString("+")
		}
		_, _ = sum.WriteString(term)
	}
	if sum.Len() == 0 {
		return ""
	}
	_, fraction, _ := strings.Cut(string(of.Amount), ".")
	return fmt.Sprintf("ROUND(%s,%d)", sum.String(), len(fraction))
}

// totalTerm is the cell of a total on the same sheet.
func totalTerm(p schemas.SumPart, before []schemas.FileSum) string {
	i := slices.IndexFunc(before, func(t schemas.FileSum) bool { return t.Name == p.Total })
	if i < 0 {
		return ""
	}
	return fmt.Sprintf("B%d", i+2)
}

// rowsTerm adds up a column of a table.
func rowsTerm(p schemas.SumPart, tables []sheet) string {
	i := slices.IndexFunc(tables, func(s sheet) bool { return s.title == p.Table })
	if i < 0 || tables[i].last < 2 {
		return ""
	}
	s := tables[i]
	amounts := s.column(p.Column)
	if amounts < 0 || slices.Contains(s.texts, amounts) {
		return ""
	}
	if len(p.Where) == 0 {
		return "SUM(" + s.cells(amounts) + ")"
	}
	term := []string{s.cells(amounts)}
	for _, w := range p.Where {
		at := s.column(w[0])
		if at < 0 || !isPlain(w[1]) {
			return ""
		}
		term = append(term, s.cells(at), `"`+w[1]+`"`)
	}
	return "SUMIFS(" + strings.Join(term, ",") + ")"
}

func (s sheet) column(name string) int {
	return slices.IndexFunc(s.columns, func(c Column) bool { return c.Name == name })
}

// cells are those of a column below its name. A sheet's name has no quotes.
func (s sheet) cells(column int) string {
	return fmt.Sprintf("'%s'!$%s$2:$%s$%d", s.name, columnName(column), columnName(column), s.last)
}

// isPlain reports a text that as a condition of SUMIFS means itself: no
// comparison, no pattern, no number, and nothing that XML or a formula escapes.
func isPlain(text string) bool {
	letter := strings.ContainsFunc(text[:min(1, len(text))], func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' })
	return letter && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,-()/") == ""
}
