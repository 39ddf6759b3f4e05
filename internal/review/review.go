package review

import (
	"context"
	"errors"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// mostFindings is how many findings one answer shows.
const mostFindings = 25

// Reviewer reviews the books that a client reads.
type Reviewer struct{ API *fisklapi.Client }

// Review reads the books once, for all checks, and ranks what they find.
func (r Reviewer) Review(ctx context.Context, in schemas.ReviewArgs) (schemas.Review, error) {
	books, err := r.books(ctx, in)
	if err != nil {
		return schemas.Review{}, err
	}
	found, made, skipped := run(books)
	out := schemas.Review{
		Range: books.Period, AsOf: books.Today, Currency: books.Currency, Findings: found, Count: len(found), Checks: made, Skipped: skipped,
		Complete: complete(in, skipped),
	}
	if out.Findings == nil {
		out.Findings = []schemas.Finding{}
	}
	out.Cut(mostFindings)
	return out, nil
}

// complete reports that every check was made that was asked for. Changes after
// sign-off are not, without its day.
func complete(in schemas.ReviewArgs, skipped []schemas.SkippedCheck) bool {
	return len(skipped) == 0 || in.SignedOff == "" && len(skipped) == 1
}

// Thresholds of a review.
const (
	overdueForLong = 60
	mostOverdue    = 3650
	longest        = 366 // days of a period
)

// limits reads the thresholds, which have to make sense.
func limits(in schemas.ReviewArgs) (Limits, error) {
	l := Limits{OverdueDays: in.OverdueDays, Minimum: in.Minimum.Decimal()}
	if l.OverdueDays == 0 {
		l.OverdueDays = overdueForLong
	}
	switch {
	case l.OverdueDays < 0 || l.OverdueDays > mostOverdue:
		return l, &schemas.ArgumentError{Argument: "overdue_days", Problem: "is not a number of days from 1 to 3650"}
	case l.Minimum.IsNegative():
		return l, &schemas.ArgumentError{Argument: "minimum", Problem: "is negative; give the smallest amount that matters, in the base currency"}
	default:
		return l, nil
	}
}

// period is the period of a review: by default the month before today's. One
// that has not ended is looked at up to today.
func (r Reviewer) period(ctx context.Context, in schemas.Period, today schemas.Date) (schemas.Range, error) {
	if in.IsZero() {
		end := shift(today[:len("2006-01-")]+"01", -1)
		return schemas.Range{Start: end[:len("2006-01-")] + "01", End: end}, nil
	}
	covered, err := r.API.Periods.Resolve(ctx, in)
	if err != nil {
		return covered, err
	}
	if today.Before(covered.Start) {
		argument := "period"
		if in.Period == "" {
			argument = "start"
		}
		return covered, &schemas.ArgumentError{Argument: argument, Problem: "begins on " + string(covered.Start) + ", after today, " + string(today) + ": there is nothing to review yet"}
	}
	if covered.Start == "" || covered.End == "" {
		return covered, &schemas.ArgumentError{Argument: "period", Problem: "has no first and last day; give a period of Fiskl's, or start and end"}
	}
	covered.End = min(covered.End, today)
	if covered.Start.DaysUntil(covered.End) > longest {
		return covered, &schemas.ArgumentError{Argument: "period", Problem: "is longer than a year; review a month, a quarter or a year, one after the other"}
	}
	return covered, nil
}

// closed reads the day on which the period was signed off.
func closed(in schemas.ReviewArgs, covered schemas.Range, today schemas.Date) error {
	switch {
	case in.SignedOff == "":
		return nil
	case in.SignedOff.Before(covered.End):
		return &schemas.ArgumentError{Argument: "signed_off", Problem: "is before the period ends, " + string(covered.End)}
	case today.Before(in.SignedOff):
		return &schemas.ArgumentError{Argument: "signed_off", Problem: "is after today, " + string(today)}
	default:
		return nil
	}
}

// clause is an error as a reason that follows a colon.
func clause(err error) string {
	var e *fisklapi.Error
	if errors.As(err, &e) && errors.Is(err, fisklapi.Forbidden) && e.Endpoint.Permission != "" {
		return "this credential lacks the permission " + e.Endpoint.Permission
	}
	return strings.TrimSuffix(schemas.Clean(err.Error(), longestReason), ".")
}

// longestReason is how much of an error is repeated.
const longestReason = 200
