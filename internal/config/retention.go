package config

import (
	"strconv"
	"strings"
	"time"
)

const (
	day = 24 * time.Hour

	// leastRetention keeps what limits and look-ups need, and a month for
	// whoever looks at it.
	leastRetention = 30 * day
	maxRetention   = 100 * 366 * day
)

// retention reads how long the journal is kept; 0 is for ever. A year has 366
// days: it is kept a day longer rather than a day less.
func (r *reading) retention(name string) time.Duration {
	text := strings.ToLower(strings.TrimSpace(r.set[name].Text))
	if text == off || text == "" {
		return 0
	}
	unit := map[byte]time.Duration{'d': day, 'y': 366 * day}[text[len(text)-1]]
	n, err := strconv.ParseUint(text[:len(text)-1], 10, 16)
	if err != nil || unit == 0 || time.Duration(n) > maxRetention/unit {
		r.refuse(name, "is not a time such as 7y or 90d, nor off")
		return 0
	}
	kept := time.Duration(n) * unit
	if kept < leastRetention {
		r.refuse(name, "is less than 30d, for which the journal is kept at least")
	}
	return kept
}
