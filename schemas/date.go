package schemas

import (
	"time"

	"github.com/invopop/jsonschema"
)

// Date is a calendar date without a time, "2026-11-22". The zero value is "no
// date". Fiskl writes business dates the same way (documented).
type Date string

// NewDate returns the date of t in t's own location.
func NewDate(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// ParseDate reads an ISO date and refuses dates that no calendar has.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", refuse(s, "is not a date on the calendar; write YYYY-MM-DD")
	}
	return Date(s), nil
}

// UnmarshalJSON accepts a date as [ReadDate] does, or an empty string, which
// means none.
func (d *Date) UnmarshalJSON(b []byte) error {
	s, err := literal(b)
	if err != nil || s == "" || s == "null" {
		*d = ""
		return err
	}
	*d, err = ReadDate(s)
	return err
}

// JSONSchema describes a date to a model.
func (Date) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Format: "date"}
}

// Before reports whether d is earlier than other.
func (d Date) Before(other Date) bool { return d < other }

// DaysUntil returns the number of days from d to other; 0 when either is not
// a date.
func (d Date) DaysUntil(other Date) int {
	from, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0
	}
	to, err := time.Parse(time.DateOnly, string(other))
	if err != nil {
		return 0
	}
	return int(to.Sub(from).Hours() / 24)
}

// YearBefore returns the same day a year earlier, or "" when d is not a date.
func (d Date) YearBefore() Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return NewDate(t.AddDate(-1, 0, 0))
}

// Next returns the day after d; none when d is not a date.
func (d Date) Next() Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return NewDate(t.AddDate(0, 0, 1))
}

// Previous returns the day before d; none when d is not a date.
func (d Date) Previous() Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return NewDate(t.AddDate(0, 0, -1))
}
