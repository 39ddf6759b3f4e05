package review

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// lookBack is how many months a month is held against.
const lookBack = 12

// fewestMonths is how many are needed to say anything.
const fewestMonths = 6

// alsoRecent is how many of the newest months are looked at in any case, the
// period's own included: what is wrong in one shows best beside the next.
const alsoRecent = 3

// whole are the columns of the report that are whole months, the newest first.
func (b *Books) whole() (columns []int) {
	for i, c := range b.Months.Columns {
		if (schemas.Range{Start: c.Start, End: c.End}).MonthsBefore() != (schemas.Range{}) && c.End.Before(b.Today) && apart(c.Start, c.End) < 31 {
			columns = append(columns, i)
		}
	}
	return columns
}

// judged are the columns of months that are looked at.
func (b *Books) judged() (columns []int) {
	for n, i := range b.whole() {
		if c := b.Months.Columns[i]; n < alsoRecent || b.covers(c.Start) {
			columns = append(columns, i)
		}
	}
	return columns
}

// before are up to twelve whole months before a column. Those before anything
// was booked are none: the company was not there, or not with Fiskl.
func (b *Books) before(column int) (columns []int) {
	for _, i := range b.whole() {
		if i > column && len(columns) < lookBack {
			columns = append(columns, i)
		}
	}
	for len(columns) > 0 && b.idle(columns[len(columns)-1]) {
		columns = columns[:len(columns)-1]
	}
	return columns
}

// idle reports a month in which nothing was booked.
func (b *Books) idle(column int) bool {
	for _, s := range b.Months.Sections {
		if column < len(s.Amounts) && !s.Amounts[column].Decimal().IsZero() {
			return false
		}
	}
	return true
}

// take are the amounts in some columns.
func take(amounts []schemas.Money, columns []int) (out []decimal.Decimal) {
	for _, i := range columns {
		if i < len(amounts) {
			out = append(out, amounts[i].Decimal())
		}
	}
	return out
}

// median of some amounts; zero where there are none.
func median(of []decimal.Decimal) decimal.Decimal {
	if len(of) == 0 {
		return decimal.Zero
	}
	sorted := slices.SortedFunc(slices.Values(of), decimal.Decimal.Cmp)
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	sum := sorted[half-1].Add(sorted[half])
	return sum.DivRound(decimal.NewFromInt(2), max(0, -sum.Exponent()))
}

// spread is the median distance from the median, which a single outlier does not
// move.
func spread(of []decimal.Decimal, middle decimal.Decimal) decimal.Decimal {
	var distances []decimal.Decimal
	for _, d := range of {
		distances = append(distances, d.Sub(middle).Abs())
	}
	return median(distances)
}

// Kinds of section of a profit and loss.
const (
	revenue     = "revenue"
	costOfSales = "cost of sales"
	expenses    = "expenses"
)

// kindOf tells the sections of a profit and loss apart by their names; empty for
// the rest.
func kindOf(section string) string {
	s := strings.ToLower(section)
	switch {
	case strings.Contains(s, "cost"):
		return costOfSales
	case strings.Contains(s, "operating expense") || s == "expenses" || s == "overheads":
		return expenses
	case strings.Contains(s, "other") || strings.Contains(s, "non-operating"):
		return ""
	case strings.Contains(s, "revenue"), strings.Contains(s, "income"), strings.Contains(s, "sales"), strings.Contains(s, "turnover"):
		return revenue
	default:
		return ""
	}
}

// total is what the sections of one kind come to in a column.
func (b *Books) total(kind string, column int) (sum decimal.Decimal) {
	for _, s := range b.Months.Sections {
		if kindOf(s.Name) == kind && column < len(s.Amounts) {
			sum = sum.Add(s.Amounts[column].Decimal())
		}
	}
	return sum
}

// size is what the company usually sells in a month, or spends where it sells
// nothing: what other amounts are large or small beside. Zero where it is not
// known.
func (b *Books) size() decimal.Decimal {
	for _, kind := range []string{revenue, expenses} {
		var months []decimal.Decimal
		for _, i := range b.whole() {
			if amount := b.total(kind, i).Abs(); !amount.IsZero() {
				months = append(months, amount)
			}
		}
		if usual := median(months); !usual.IsZero() {
			return usual
		}
	}
	return decimal.Zero
}
