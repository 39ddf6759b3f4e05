package seal

import (
	"strconv"
	"time"
)

// Error tells why a token was not accepted.
type Error struct {
	Problem string // a clause without its subject, such as "is for another company"
}

// Error returns the problem as a clause about the token.
func (e *Error) Error() string { return "the token " + e.Problem }

// broken does not tell a damaged token from a foreign one, because nothing can.
func broken() error {
	return &Error{"was not copied whole, or was made by another installation"}
}

func expired(o Opened, now time.Time) error {
	layout := "15:04:05 UTC"
	if o.Issued.Format(time.DateOnly) != now.UTC().Format(time.DateOnly) {
		layout = time.DateOnly + " " + layout
	}
	return &Error{"has expired: it was made at " + o.Issued.Format(layout) + " and was good for " + words(o.Expires.Sub(o.Issued))}
}

// words gives a length of time in the largest unit that divides it.
func words(d time.Duration) string {
	n, unit := d/time.Second, "second"
	switch {
	case d%time.Hour == 0:
		n, unit = d/time.Hour, "hour"
	case d%time.Minute == 0:
		n, unit = d/time.Minute, "minute"
	}
	if n != 1 {
		unit += "s"
	}
	return strconv.FormatInt(int64(n), 10) + " " + unit
}
