package schemas

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Sum is what the rows of one currency come to.
type Sum struct {
	Currency string `json:"currency" jsonschema_description:"ISO 4217 code"`
	Total    Money  `json:"total" jsonschema_description:"Sum of the rows' totals"`
	Owed     Money  `json:"owed,omitempty" jsonschema_description:"What clients owe on these rows; drafts and rejected ones do not count"`
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
