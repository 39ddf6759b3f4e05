package schemas

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// gaps collects what does not add up.
type gaps []string

// sum holds a figure against the amounts that make it up. A figure that is
// absent is held against nothing.
func (g *gaps) sum(what string, is Money, of string, parts ...Money) {
	if is == "" {
		return
	}
	total := decimal.Zero
	for _, p := range parts {
		total = total.Add(p.Decimal())
	}
	g.equal(what, is, of, total)
}

func (g *gaps) equal(what string, is Money, of string, want decimal.Decimal) {
	if d := is.Decimal(); !d.Equal(want) {
		*g = append(*g, fmt.Sprintf("%s is %s where %s %s", what, is, of, want.StringFixed(max(0, -d.Exponent()))))
	}
}

// either holds a figure against a sum or a difference: whether costs are
// written as positive or as negative amounts is a matter of taste.
func (g *gaps) either(what string, is Money, of string, a, b Money) {
	plus, minus := a.Decimal().Add(b.Decimal()), a.Decimal().Sub(b.Decimal())
	if d := is.Decimal(); is != "" && !d.Equal(plus) {
		g.equal(what, is, of, minus)
	}
}

// Gaps finds sections that their rows do not add up to, totals that the
// sections do not, and totals that do not follow from one another.
func (r Report) Gaps() []string {
	var g gaps
	for _, s := range r.Sections {
		for i, name := range r.gapNames() {
			rows := make([]Money, 0, len(s.Rows))
			for _, row := range s.Rows {
				rows = append(rows, column(row.Amount, row.Amounts, i))
			}
			g.sum("total "+Name(s.Name)+name, column(s.Total, s.Amounts, i), "its rows come to", rows...)
		}
	}
	for i, name := range r.gapNames() {
		totals := r.Totals
		if i > 0 {
			totals = r.Columns[i].Totals
		}
		r.totalGaps(&g, i, name, totals)
	}
	return g
}

// gapNames are what to call each column behind a figure: the first, which is
// the period asked for, goes without.
func (r Report) gapNames() []string {
	names := []string{""}
	for i, c := range r.Columns {
		if i > 0 {
			names = append(names, " in "+Name(c.Name))
		}
	}
	return names
}

// column is an amount in a column; absent where there is none.
func column(first Money, all []Money, i int) Money {
	switch {
	case i == 0:
		return first
	case i < len(all):
		return all[i]
	default:
		return ""
	}
}

// totalGaps holds the totals of a column against its sections and against each
// other.
func (r Report) totalGaps(g *gaps, i int, name string, totals Totals) {
	for _, t := range totals {
		if parts := r.partsOf(t.Name, i); len(parts) > 0 {
			g.sum(t.Name+name, t.Amount, "its sections come to", parts...)
		}
	}
	for _, law := range totalLaws() {
		parts, all := totals.each(law.parts)
		switch of := strings.Join(law.parts, " and ") + " make"; {
		case !all:
		case law.costs:
			g.either(law.total+name, totals.Get(law.total), of, parts[0], parts[1])
		default:
			g.sum(law.total+name, totals.Get(law.total), of, parts...)
		}
	}
}

// totalLaw says of a total which others make it up.
type totalLaw struct {
	total string
	parts []string
	costs bool // the last part is taken off
	check bool // the total does not follow from the others, though it equals them
}

func totalLaws() []totalLaw {
	return []totalLaw{
		{"gross_profit", []string{"revenue", "cost_of_sales"}, true, false},
		{"operating_profit", []string{"gross_profit", "operating_expenses"}, true, false},
		{"net_profit", []string{"operating_profit", "non_operating"}, true, false},
		{"assets", []string{"liabilities", "equity"}, false, true},
		{"net_change", []string{"operating", "investing", "financing"}, false, false},
		{"closing_cash", []string{"opening_cash", "net_change"}, false, false},
	}
}

// partsOf are the totals of the sections that make up a total.
func (r Report) partsOf(total string, i int) []Money {
	var parts []Money
	for _, s := range r.sectionsOf(total) {
		parts = append(parts, column(s.Total, s.Amounts, i))
	}
	return parts
}

// sectionsOf are the sections that make up a total: the one of its name, else
// those of which the name ends with it, as Current Assets and Long-term Assets
// do for assets.
func (r Report) sectionsOf(total string) []Section {
	var parts []Section
	for _, s := range r.Sections {
		switch name := sectionKey(s.Name); {
		case name == total:
			return []Section{s}
		case strings.HasSuffix(name, "_"+total):
			parts = append(parts, s)
		}
	}
	return parts
}

// sectionKey writes a section's name as totals are named: Cost of Sales is
// cost_of_sales.
func sectionKey(name string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(name))
}

// each are the figures of these names, and whether all are there.
func (t Totals) each(names []string) (amounts []Money, all bool) {
	for _, name := range names {
		amounts = append(amounts, t.Get(name))
		if t.Get(name) == "" {
			return nil, false
		}
	}
	return amounts, true
}
