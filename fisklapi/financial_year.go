package fisklapi

import (
	"context"
	"errors"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// calendar is what periods depend on that are written in words: the company's
// date and its financial years.
func (s Periods) calendar(ctx context.Context) schemas.Calendar {
	return schemas.Calendar{
		Today: func() schemas.Date { return s.c.Companies.Today(ctx) },
		Year:  func(ending int) (schemas.Range, error) { return s.financialYear(ctx, ending) },
	}
}

// financialYear is the company's financial year that ends in a calendar year.
// Fiskl names this one and the last (documented); the others begin on the same
// day of the year (inferred).
func (s Periods) financialYear(ctx context.Context, ending int) (schemas.Range, error) {
	all, err := s.all(ctx)
	if err != nil {
		return schemas.Range{}, err
	}
	var this schemas.Range
	for _, p := range all {
		switch fold(string(p.Name)) {
		case "thisfinancialyear":
			this = p.covers()
		case "lastfinancialyear":
		default:
			continue
		}
		if end, err := time.Parse(time.DateOnly, string(p.End)); err == nil && end.Year() == ending {
			return p.covers(), nil
		}
	}
	start, startErr := time.Parse(time.DateOnly, string(this.Start))
	end, endErr := time.Parse(time.DateOnly, string(this.End))
	if startErr != nil || endErr != nil {
		return schemas.Range{}, &schemas.ArgumentError{Argument: "period", Problem: "needs the company's financial year, which Fiskl does not tell; give two dates"}
	}
	start = start.AddDate(ending-end.Year(), 0, 0)
	return schemas.Range{Start: schemas.NewDate(start), End: schemas.NewDate(start.AddDate(1, 0, -1))}, nil
}

// about says which argument a value was refused of.
func about(argument string, err error) error {
	if value, ok := errors.AsType[*schemas.ValueError](err); ok {
		return &schemas.ArgumentError{Argument: argument, Problem: value.Error()}
	}
	return err
}
