package schemas

import (
	"strings"
	"time"
)

// Period is a stretch of time by Fiskl's own name for it or by two dates.
type Period struct {
	Period string `json:"period,omitempty" jsonschema_description:"Such as last quarter"`
	Start  Date   `json:"start,omitempty" jsonschema_description:"Or first day"`
	End    Date   `json:"end,omitempty" jsonschema_description:"and last day"`
}

// IsZero reports that no period was given.
func (p Period) IsZero() bool { return p == Period{} }

// Validate refuses a name together with dates, one date without the other and
// an end before the start.
func (p Period) Validate() error {
	switch {
	case p.Period != "" && (p.Start != "" || p.End != ""):
		return &ArgumentError{Argument: "period", Problem: "is given together with start or end; give a period or two dates, not both"}
	case p.Start != "" && p.End == "":
		return &ArgumentError{Argument: "end", Problem: "is missing; start and end go together"}
	case p.End != "" && p.Start == "":
		return &ArgumentError{Argument: "start", Problem: "is missing; start and end go together"}
	case p.End.Before(p.Start):
		return &ArgumentError{Argument: "end", Problem: string("is " + p.End + ", before start " + p.Start)}
	default:
		return nil
	}
}

// Range is the stretch of time an answer covers, both days included.
type Range struct {
	Period string `json:"period,omitempty" jsonschema_description:"Name of the period"`
	Start  Date   `json:"start,omitempty" jsonschema_description:"First day covered"`
	End    Date   `json:"end,omitempty" jsonschema_description:"Last day covered"`
}

// MonthsBefore is as many whole months before the range as it has; the zero value
// for a range that is not of whole months.
func (r Range) MonthsBefore() Range {
	start, err := time.Parse(time.DateOnly, string(r.Start))
	end, endErr := time.Parse(time.DateOnly, string(r.End))
	next := end.AddDate(0, 0, 1)
	if err != nil || endErr != nil || start.Day() != 1 || next.Day() != 1 || !start.Before(next) {
		return Range{}
	}
	months := 12*(next.Year()-start.Year()) + int(next.Month()-start.Month())
	return Range{Start: NewDate(start.AddDate(0, -months, 0)), End: NewDate(start.AddDate(0, 0, -1))}
}

// Cell writes the range in one cell of a table. A range without a first day is
// the day of a position.
func (r Range) Cell() string {
	if r.Start == "" {
		return string(r.End)
	}
	return strings.TrimSpace(r.Period + " " + string(r.Start) + " to " + string(r.End))
}

// DatePeriod is one of the periods that Fiskl computes from the company's
// fiscal year.
type DatePeriod struct {
	Name    string `json:"name" jsonschema_description:"Name, usable as period"`
	Start   Date   `json:"start" jsonschema_description:"First day"`
	End     Date   `json:"end" jsonschema_description:"Last day"`
	Default bool   `json:"default,omitempty" jsonschema_description:"Used when no period is given"`
}

// DatePeriods is the answer to list_date_periods.
type DatePeriods struct {
	Page[DatePeriod]
}

var (
	_ Headed   = DatePeriods{}
	_ Cuttable = (*DatePeriods)(nil)
)

// Heading names the answer.
func (DatePeriods) Heading() string { return "Date periods" }
