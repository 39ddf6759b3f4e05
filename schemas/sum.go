package schemas

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Sum is what the rows of one currency come to.
type Sum struct {
	Currency string `json:"currency" jsonschema_description:"ISO 4217 code"`
	Total    Money  `json:"total" jsonschema_description:"Sum of the rows' totals"`
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
		sums[i].Total = sums[i].Total.plus(m.Total)
		if m.Owed != "" {
			sums[i].Owed = sums[i].Owed.plus(m.Owed)
		}
	}
	slices.SortFunc(sums, func(a, b Sum) int { return strings.Compare(a.Currency, b.Currency) })
	return sums
}

// plus is the sum of two amounts, with the decimals of the one that has more.
func (m Money) plus(other Money) Money {
	a, b := m.Decimal(), other.Decimal()
	return Money(a.Add(b).StringFixed(max(0, -min(a.Exponent(), b.Exponent()))))
}

// summer adds amounts up, each currency for itself: amounts of different
// currencies have no sum.
type summer struct {
	order []string
	total map[string]*[2]decimal.Decimal
	scale map[string]int32
}

func (s *summer) add(currency string, total, owed Money) {
	if s.total == nil {
		s.total, s.scale = map[string]*[2]decimal.Decimal{}, map[string]int32{}
	}
	sum, ok := s.total[currency]
	if !ok {
		sum = &[2]decimal.Decimal{}
		s.total[currency] = sum
		s.order = append(s.order, currency)
	}
	t, o := total.Decimal(), owed.Decimal()
	sum[0], sum[1] = sum[0].Add(t), sum[1].Add(o)
	s.scale[currency] = max(s.scale[currency], -t.Exponent(), -o.Exponent())
}

func (s *summer) sums() []Sum {
	slices.Sort(s.order)
	sums := make([]Sum, 0, len(s.order))
	for _, currency := range s.order {
		sum, scale := s.total[currency], s.scale[currency]
		sums = append(sums, Sum{
			Currency: currency,
			Total:    Money(sum[0].StringFixed(scale)),
			Owed:     Money(sum[1].StringFixed(scale)),
		})
	}
	return sums
}
