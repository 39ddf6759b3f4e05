package fisklapi

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Periods reads the periods that Fiskl computes from the company's fiscal
// year. Nobody should compute one by hand (documented).
type Periods struct{ c *Client }

type wirePeriod struct {
	Name    text `json:"name" form:"required"`
	Start   day  `json:"start" form:"required"`
	End     day  `json:"end" form:"required"`
	Default bool `json:"isDefault" form:"soft"`
}

// periodsTTL is how long the periods are remembered on one day.
const periodsTTL = 10 * time.Minute

// List returns every period that Fiskl names.
//
//	GET /v1/date-periods
func (s Periods) List(ctx context.Context, _ schemas.None) (schemas.DatePeriods, error) {
	all, err := s.all(ctx)
	if err != nil {
		return schemas.DatePeriods{}, err
	}
	rows := make([]schemas.DatePeriod, 0, len(all))
	for _, p := range all {
		rows = append(rows, schemas.DatePeriod{Name: string(p.Name), Start: schemas.Date(p.Start), End: schemas.Date(p.End), Default: p.Default})
	}
	return schemas.DatePeriods{Page: schemas.NewPage(rows, make([]string, len(rows)), "")}, nil
}

func (s Periods) all(ctx context.Context) ([]wirePeriod, error) {
	return s.c.periods.get(ctx, s.c.now(), s.ttl(), func(ctx context.Context) ([]wirePeriod, error) {
		return do[[]wirePeriod](ctx, s.c, request{op: OpListDatePeriods})
	})
}

// ttl is how long the periods count: they move at the company's midnight. Where
// its time zone is not known yet, midnight may be any minute.
func (s Periods) ttl() time.Duration {
	company, known := s.c.company.kept(s.c.now())
	if !known {
		return time.Minute
	}
	now := s.c.now().In(company.zone)
	midnight := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, company.zone)
	return min(periodsTTL, midnight.Sub(now))
}

// Resolve turns a period by name or by dates into the days it covers. Names
// are matched loosely: case, spaces and punctuation do not count. In place of a
// name it may be written in any form of [schemas.ReadPeriod].
func (s Periods) Resolve(ctx context.Context, p schemas.Period) (schemas.Range, error) {
	if err := p.Validate(); err != nil {
		return schemas.Range{}, err
	}
	if p.Period == "" {
		return schemas.Range{Start: p.Start, End: p.End}, nil
	}
	covered, ok, err := schemas.ReadPeriod(p.Period, s.calendar(ctx))
	if err != nil {
		return schemas.Range{}, about("period", err)
	}
	if ok {
		return covered, nil
	}
	all, err := s.all(ctx)
	if err != nil {
		return schemas.Range{}, err
	}
	return match(all, p.Period)
}

// OrDefault resolves a period, or takes Fiskl's default one when none is
// given.
func (s Periods) OrDefault(ctx context.Context, p schemas.Period) (schemas.Range, error) {
	if !p.IsZero() {
		return s.Resolve(ctx, p)
	}
	all, err := s.all(ctx)
	if err != nil {
		return schemas.Range{}, err
	}
	for _, d := range all {
		if d.Default {
			return d.covers(), nil
		}
	}
	return schemas.Range{}, &schemas.ArgumentError{Argument: "period", Problem: "is missing, and Fiskl names no default; " + names(all)}
}

func (p wirePeriod) covers() schemas.Range {
	return schemas.Range{Period: string(p.Name), Start: schemas.Date(p.Start), End: schemas.Date(p.End)}
}

func match(all []wirePeriod, name string) (schemas.Range, error) {
	var near []wirePeriod
	want := fold(name)
	for _, p := range all {
		switch have := fold(string(p.Name)); {
		case have == want:
			return p.covers(), nil
		case want != "" && strings.Contains(have, want):
			near = append(near, p)
		}
	}
	if len(near) == 1 {
		return near[0].covers(), nil
	}
	problem := fmt.Sprintf("%q is not a period of Fiskl's; ", schemas.Clean(name, 60))
	if len(near) > 1 {
		problem = fmt.Sprintf("%q can mean several periods; ", schemas.Clean(name, 60))
		all = near
	}
	return schemas.Range{}, &schemas.ArgumentError{Argument: "period", Problem: problem + names(all)}
}

func names(all []wirePeriod) string {
	list := make([]string, 0, len(all))
	for _, p := range all {
		list = append(list, string(p.Name))
	}
	return "choose one of: " + cmp.Or(strings.Join(list, ", "), "none (Fiskl lists no periods)") + "; or write it as 2026-09, Q3 2026, 2025/26, since March, or two dates"
}

// fold keeps the letters and digits of a name in lower case, and reads "year
// to date", "ytd" and "fiscal" as Fiskl writes them.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
	s = strings.ReplaceAll(s, "fiscal", "financial")
	if start, ok := strings.CutSuffix(s, "ytd"); ok {
		s = start + "yeartodate"
	}
	if s == "yeartodate" {
		s = "thisyeartodate"
	}
	return s
}
