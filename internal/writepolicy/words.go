package writepolicy

import (
	"fmt"
	"maps"
	"slices"
)

// Limits are the limits in words; none when there are none.
func (c *Policy) Limits() []string {
	l := c.o.Limits
	var words []string
	if l.SendsPerDay >= 0 {
		words = append(words, fmt.Sprintf("%d sent invoices a day", l.SendsPerDay))
	}
	if l.PaymentsPerDay >= 0 {
		words = append(words, fmt.Sprintf("%d payments a day", l.PaymentsPerDay))
	}
	if l.WritesPerHour >= 0 {
		words = append(words, fmt.Sprintf("%d changes of any kind an hour", l.WritesPerHour))
	}
	for _, currency := range slices.Sorted(maps.Keys(l.Ceilings)) {
		words = append(words, fmt.Sprintf("%s %s for one sent invoice, or for what is paid on one invoice in a day", l.Ceilings[currency], currency))
	}
	for _, currency := range slices.Sorted(maps.Keys(l.DayCeilings)) {
		words = append(words, fmt.Sprintf("%s %s for all sent invoices of a day, and for all payments of a day", l.DayCeilings[currency], currency))
	}
	return words
}
