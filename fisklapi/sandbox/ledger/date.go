package ledger

import (
	"fmt"
	"time"
)

// Date is a calendar day written YYYY-MM-DD. Days compare as strings do; the empty Date is no day at all.
type Date string

// ParseDate reads a day and refuses everything that is not exactly YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("%q is not a date of the form YYYY-MM-DD", s)
	}
	return Date(s), nil
}

// DateOf is the calendar day of t in t's own time zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Day is the calendar day of a year, a month and a day, which may overflow as in [time.Date].
func Day(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Time is midnight UTC of the day; the zero time for the empty Date.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// AddDays is the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// MonthStart is the first day of the month n months after d's.
func (d Date) MonthStart(n int) Date {
	t := d.Time()
	return Day(t.Year(), t.Month()+time.Month(n), 1)
}

// DaysSince counts the days from earlier to d; negative when earlier is in fact later.
func (d Date) DaysSince(earlier Date) int {
	return int(d.Time().Sub(earlier.Time()).Hours() / 24)
}
