package review

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// outOfLine holds costs, account by account, and the gross margin of each month
// against the twelve months before it.
func outOfLine(b *Books) (out []finding) {
	for _, column := range b.judged() {
		earlier := b.before(column)
		if len(earlier) < fewestMonths {
			continue
		}
		for _, s := range b.Months.Sections {
			if kind := kindOf(s.Name); kind != costOfSales && kind != expenses {
				continue
			}
			for _, r := range s.Rows {
				if column < len(r.Amounts) && (kindOf(s.Name) != costOfSales || !b.followsSales(r, column, earlier)) {
					out = append(out, b.cost(r, column, take(r.Amounts, earlier))...)
				}
			}
		}
		out = append(out, b.margin(column, earlier)...)
	}
	return out
}

// Shares of a month's usual sales, in percent, below which a difference is
// nothing to ask about.
func smallDifference() decimal.Decimal { return decimal.New(4, -2) }
func newCost() decimal.Decimal         { return decimal.New(10, -2) }

// cost holds one account in one month against the months before. An account
// that most months have is held against what is usual there, by the median and
// the median distance from it; one that few have, against the most it ever had.
func (b *Books) cost(r schemas.AccountAmount, column int, earlier []decimal.Decimal) []finding {
	now, size := r.Amounts[column].Decimal(), b.size()
	active, highest := 0, decimal.Zero
	for _, d := range earlier {
		if !d.IsZero() {
			active++
		}
		highest = decimal.Max(highest, d)
	}
	if active*3 < len(earlier)*2 {
		if over := now.Sub(highest); len(earlier) >= lookBack && over.GreaterThan(size.Mul(newCost())) && now.GreaterThan(highest.Mul(decimal.NewFromInt(2))) {
			return []finding{b.costFinding(r, column, fmt.Sprintf("a cost that is rare here: at most %s in any of the %d months before", money(highest), len(earlier)), over)}
		}
		return nil
	}
	usual := median(earlier)
	distance := now.Sub(usual)
	allowed := decimal.Max(spread(earlier, usual).Mul(decimal.NewFromInt(6)), usual.Abs().Div(decimal.NewFromInt(2)), size.Mul(smallDifference()))
	switch {
	case distance.Abs().LessThanOrEqual(allowed):
		return nil
	case distance.IsNegative():
		return []finding{b.costFinding(r, column, fmt.Sprintf("a cost is far below what is usual: %s, where half of the %d months before had %s or more", money(now), len(earlier), money(usual)), distance)}
	default:
		return []finding{b.costFinding(r, column, fmt.Sprintf("a cost is far above what is usual: %s, where half of the %d months before had %s or less", money(now), len(earlier), money(usual)), distance)}
	}
}

// followsSales reports a cost of sales that is about as large a part of the
// month's sales as it usually is, whatever it comes to.
func (b *Books) followsSales(r schemas.AccountAmount, column int, earlier []int) bool {
	sales := b.total(revenue, column)
	var shares []decimal.Decimal
	for _, i := range earlier {
		if of := b.total(revenue, i); of.IsPositive() && i < len(r.Amounts) {
			shares = append(shares, r.Amounts[i].Decimal().DivRound(of, places))
		}
	}
	if len(shares) < fewestMonths || !sales.IsPositive() {
		return false
	}
	usual := median(shares)
	share := r.Amounts[column].Decimal().DivRound(sales, places)
	return share.Sub(usual).Abs().LessThanOrEqual(decimal.Max(spread(shares, usual).Mul(decimal.NewFromInt(4)), smallDifference()))
}

func (b *Books) costFinding(r schemas.AccountAmount, column int, what string, distance decimal.Decimal) finding {
	c := b.Months.Columns[column]
	f := finding{Finding: schemas.Finding{
		Severity: schemas.SeverityMedium, What: what, Next: b.trace(r.AccountID, schemas.Range{Start: c.Start, End: c.End}),
		Evidence: []schemas.Evidence{{
			RecordType: "account", RecordID: r.AccountID, Number: r.Code, Name: r.Account, Date: c.End, Amount: r.Amounts[column], Currency: b.Currency, Note: b.when(c),
		}},
	}}
	return f.at(distance.Abs(), b.Currency, b.Currency)
}

// when says which month a finding is of, and whether it is of the period.
func (b *Books) when(c schemas.Column) string {
	if b.covers(c.Start) {
		return "month to " + string(c.End)
	}
	return "month to " + string(c.End) + ", before the period"
}

// marginPoints is by how much of sales a gross margin may differ.
func marginPoints() decimal.Decimal { return decimal.New(10, -2) }

// places is to how many places a share is worked out.
const places = 4

// margin holds the gross margin of a month against the months before.
func (b *Books) margin(column int, earlier []int) []finding {
	share := func(i int) (decimal.Decimal, bool) {
		sales := b.total(revenue, i)
		if !sales.IsPositive() || sales.LessThan(b.size().Div(decimal.NewFromInt(3))) {
			return decimal.Zero, false
		}
		return sales.Sub(b.total(costOfSales, i)).DivRound(sales, places), true
	}
	now, ok := share(column)
	var before []decimal.Decimal
	for _, i := range earlier {
		if m, ok := share(i); ok {
			before = append(before, m)
		}
	}
	if !ok || len(before) < fewestMonths {
		return nil
	}
	usual := median(before)
	allowed := decimal.Max(spread(before, usual).Mul(decimal.NewFromInt(5)), marginPoints())
	distance := now.Sub(usual)
	if distance.Abs().LessThanOrEqual(allowed) {
		return nil
	}
	c := b.Months.Columns[column]
	f := finding{Finding: schemas.Finding{
		Severity: schemas.SeverityMedium,
		What:     fmt.Sprintf("the gross margin is %s %%, where %s %% is usual", now.Shift(2).StringFixed(1), usual.Shift(2).StringFixed(1)),
		Next:     next("get_profit_and_loss", "start", string(c.Start), "end", string(c.End)),
		Evidence: []schemas.Evidence{
			{RecordType: "profit and loss", Date: c.End, Amount: money(b.total(revenue, column)), Currency: b.Currency, Note: "sales, " + b.when(c)},
			{RecordType: "profit and loss", Date: c.End, Amount: money(b.total(costOfSales, column)), Currency: b.Currency, Note: "cost of sales"},
		},
	}}
	return []finding{f.at(distance.Abs().Mul(b.total(revenue, column)).Round(2), b.Currency, b.Currency)}
}
