package reports

import (
	"fmt"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

const (
	longestYears  = 10
	maxComparison = 20
	firstDay      = Date("1900-01-01")
	lastDay       = Date("2199-12-31")
	months        = 12
)

// Period is a range of days, both ends included.
type Period struct {
	Start, End Date
}

// period is the period a query asks for: by default the fiscal year up to the end, and the end today.
func (r *Reports) period(q Query) (Period, error) {
	p := Period{q.Start, q.End}
	if p.End == "" {
		p.End = r.books.Today()
		if p.Start > p.End {
			return Period{}, refuse("start: %s lies after today, %s; give an end as well", p.Start, p.End)
		}
	}
	if p.Start == "" {
		p.Start = r.yearStart(max(p.End, firstDay))
	}
	return p, p.check()
}

func (p Period) check() error {
	switch {
	case p.Start < firstDay || p.End > lastDay:
		return refuse("start, end: give days between %s and %s", firstDay, lastDay)
	case p.Start > p.End:
		return refuse("start: %s is after end %s; give the earlier day as start", p.Start, p.End)
	case p.End >= yearsOn(p.Start, longestYears):
		return refuse("start, end: %s to %s is longer than %d years; ask for shorter periods, one after the other",
			p.Start, p.End, longestYears)
	default:
		return nil
	}
}

// checkOpen checks a range that may be open at either end.
func (p Period) checkOpen() error {
	if p.Start != "" && p.End != "" {
		return p.check()
	}
	return nil
}

// holds tells whether a day lies in a range that may be open at either end.
func (p Period) holds(day Date) bool {
	return (p.Start == "" || day >= p.Start) && (p.End == "" || day <= p.End)
}

// columns are the period asked for and the earlier ones to compare it with.
func (r *Reports) columns(q Query) ([]Period, error) {
	p, err := r.period(q)
	if err != nil {
		return nil, err
	}
	if q.Compare < 0 || q.Compare > maxComparison {
		return nil, refuse("compare: %d is not a number of earlier periods; give 0 to %d", q.Compare, maxComparison)
	}
	all := []Period{p}
	for n := range q.Compare {
		all = append(all, p.earlier(n+1))
	}
	return all, nil
}

// earlier is the n-th period before p. Whole months step by as many months, so that a quarter follows a quarter however
// many days they have; everything else steps by its number of days.
func (p Period) earlier(n int) Period {
	if whole := p.wholeMonths(); whole > 0 {
		return Period{p.Start.MonthStart(-n * whole), p.Start.MonthStart((1 - n) * whole).AddDays(-1)}
	}
	days := p.End.DaysSince(p.Start) + 1
	return Period{p.Start.AddDays(-n * days), p.End.AddDays(-n * days)}
}

// wholeMonths counts the calendar months p consists of; 0 when it does not consist of whole ones.
func (p Period) wholeMonths() int {
	next := p.End.AddDays(1)
	if p.Start.MonthStart(0) != p.Start || next.MonthStart(0) != next {
		return 0
	}
	from, to := p.Start.Time(), next.Time()
	return (to.Year()-from.Year())*months + int(to.Month()) - int(from.Month())
}

// name is what a column is called.
func (p Period) name() string {
	from := p.Start.Time()
	month := int(from.Month()) - 1
	switch whole := p.wholeMonths(); {
	case whole == 1:
		return from.Format("January 2006")
	case whole == 3 && month%3 == 0:
		return fmt.Sprintf("Q%d %d", month/3+1, from.Year())
	case whole == months && month == 0:
		return from.Format("2006")
	default:
		return string(p.Start + " to " + p.End)
	}
}

// position is the day a report of a position is for.
func (r *Reports) position(q Query) (Date, error) {
	p, err := r.period(q)
	return p.End, err
}

func yearsOn(day Date, n int) Date { return ledger.DateOf(day.Time().AddDate(n, 0, 0)) }
