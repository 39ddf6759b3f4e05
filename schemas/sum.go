package schemas

import (
	"slices"
	"strings"
)

// Sum is what the rows of one currency come to.
type Sum struct {
	Currency string `json:"currency" jsonschema_description:"ISO 4217 code"`
	Total    Money  `json:"total" jsonschema_description:"Sum of the rows' totals"`
	Billed   Money  `json:"billed,omitempty" jsonschema_description:"The total without drafts and rejected ones; absent when no row is either"`
	Owed     Money  `json:"owed,omitempty" jsonschema_description:"What clients owe on these rows; drafts and rejected ones do not count"`
}

// AddSums adds what more rows come to, a currency each.
func AddSums(sums, more []Sum) []Sum {
	for _, m := range more {
		i := slices.IndexFunc(sums, func(s Sum) bool { return s.Currency == m.Currency })
		if i < 0 {
			sums = append(sums, m)
			continue
		}
		if sums[i].Billed != "" || m.Billed != "" {
			sums[i].Billed = sums[i].billed().plus(m.billed())
		}
		sums[i].Total = sums[i].Total.plus(m.Total)
		if m.Owed != "" {
			sums[i].Owed = sums[i].Owed.plus(m.Owed)
		}
	}
	slices.SortFunc(sums, func(a, b Sum) int { return strings.Compare(a.Currency, b.Currency) })
	return allBilled(sums)
}

// allBilled has what was billed in every currency when it has it in any: an
// empty cell beside an amount would be read as nothing.
func allBilled(sums []Sum) []Sum {
	if slices.ContainsFunc(sums, func(s Sum) bool { return s.Billed != "" }) {
		for i := range sums {
			sums[i].Billed = sums[i].billed()
		}
	}
	return sums
}

func (s Sum) billed() Money {
	if s.Billed == "" {
		return s.Total
	}
	return s.Billed
}

// plus is the sum of two amounts, with the decimals of the one that has more.
func (m Money) plus(other Money) Money {
	a, b := m.Decimal(), other.Decimal()
	return Money(a.Add(b).StringFixed(max(0, -min(a.Exponent(), b.Exponent()))))
}

// summer adds amounts up, each currency for itself: amounts of different
// currencies have no sum.
type summer []inCurrency

// inCurrency is what the rows of one currency come to.
type inCurrency struct {
	currency            string
	total, billed, owed exact
}

func (s *summer) add(currency string, total, billed, owed Money) {
	i := slices.IndexFunc(*s, func(c inCurrency) bool { return c.currency == currency })
	if i < 0 {
		i = len(*s)
		*s = append(*s, inCurrency{currency: currency})
	}
	(*s)[i].total.add(total)
	(*s)[i].billed.add(billed)
	(*s)[i].owed.add(owed)
}

func (s *summer) sums() []Sum {
	slices.SortFunc(*s, func(a, b inCurrency) int { return strings.Compare(a.currency, b.currency) })
	sums := make([]Sum, 0, len(*s))
	for _, c := range *s {
		scale := max(c.total.most, c.owed.most)
		one := Sum{
			Currency: c.currency,
			Total:    Money(c.total.sum().StringFixed(scale)),
			Owed:     Money(c.owed.sum().StringFixed(scale)),
		}
		if billed := Money(c.billed.sum().StringFixed(scale)); billed != one.Total {
			one.Billed = billed
		}
		sums = append(sums, one)
	}
	return allBilled(sums)
}
