package controls

import (
	"fmt"
	"maps"
	"slices"
)

// Limits are the limits in words; none when there are none.
func (c *Controls) Limits() []string {
	l := c.o.Limits
	var words []string
	if l.SendsPerDay >= 0 {
		words = append(words, fmt.Sprintf("%d sent invoices a day", l.SendsPerDay))
	}
	if l.PaymentsPerDay >= 0 {
		words = append(words, fmt.Sprintf("%d payments a day", l.PaymentsPerDay))
	}
	for _, currency := range slices.Sorted(maps.Keys(l.Ceilings)) {
		words = append(words, fmt.Sprintf("%s %s for one payment or sent invoice", l.Ceilings[currency], currency))
	}
	return words
}
