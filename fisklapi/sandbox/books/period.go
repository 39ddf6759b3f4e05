package books

import (
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Period is a named range of days, both ends included.
type Period struct {
	Name    string `json:"name"`
	Start   Date   `json:"start"`
	End     Date   `json:"end"`
	Default bool   `json:"isDefault,omitempty"`
}

// DatePeriods are the periods Fiskl offers by name, as they lie today. Weeks begin on Monday; financial quarters and
// years follow the company's fiscal year end.
func (b *Books) DatePeriods() []Period {
	today := b.Today()
	week := today.AddDays(-(int(today.Time().Weekday()) + 6) % 7)
	month := today.MonthStart(0)
	quarter := today.MonthStart(-(int(today.Time().Month()) - 1) % 3)
	year := ledger.Day(today.Time().Year(), time.January, 1)
	fiscal := FiscalYearStart(today, b.company.FiscalYearEnd)
	fiscalQuarter := fiscal
	for monthsOn(fiscalQuarter, 3) <= today {
		fiscalQuarter = monthsOn(fiscalQuarter, 3)
	}
	until := func(next Date) Date { return next.AddDays(-1) }
	return []Period{
		{Name: "Today", Start: today, End: today},
		{Name: "This Week", Start: week, End: week.AddDays(6)},
		{Name: "This Week-to-date", Start: week, End: today},
		{Name: "Last Week", Start: week.AddDays(-7), End: until(week)},
		{Name: "This Month", Start: month, End: until(monthsOn(month, 1))},
		{Name: "This Month-to-date", Start: month, End: today},
		{Name: "Last Month", Start: monthsOn(month, -1), End: until(month)},
		{Name: "This Quarter", Start: quarter, End: until(monthsOn(quarter, 3))},
		{Name: "This Quarter-to-date", Start: quarter, End: today},
		{Name: "Last Quarter", Start: monthsOn(quarter, -3), End: until(quarter)},
		{Name: "This Year", Start: year, End: until(monthsOn(year, 12))},
		{Name: "This Year-to-date", Start: year, End: today},
		{Name: "Last Year", Start: monthsOn(year, -12), End: until(year)},
		{Name: "This Financial Quarter", Start: fiscalQuarter, End: until(monthsOn(fiscalQuarter, 3))},
		{Name: "This Financial Quarter-to-date", Start: fiscalQuarter, End: today},
		{Name: "Last Financial Quarter", Start: monthsOn(fiscalQuarter, -3), End: until(fiscalQuarter)},
		{Name: "This Financial Year", Start: fiscal, End: until(monthsOn(fiscal, 12))},
		{Name: "This Financial Year-to-date", Start: fiscal, End: today, Default: true},
		{Name: "Last Financial Year", Start: monthsOn(fiscal, -12), End: until(fiscal)},
	}
}

// FiscalYearStart is the first day of the fiscal year that day lies in, for a fiscal year that ends on end, given as
// month and day such as 03-31. A year that ends in February ends on that month's last day.
func FiscalYearStart(day Date, end string) Date {
	last, err := time.Parse("01-02", end)
	if err != nil {
		last = time.Date(0, time.December, 31, 0, 0, 0, 0, time.UTC)
	}
	for year := day.Time().Year(); ; year-- {
		start := ledger.Day(year, last.Month(), last.Day()+1)
		if last.Month() == time.February {
			start = ledger.Day(year, time.March, 1)
		}
		if start <= day {
			return start
		}
	}
}

// monthsOn is the same day n months on. Starts of months, quarters and years exist in every month.
func monthsOn(d Date, n int) Date {
	t := d.Time()
	return ledger.Day(t.Year(), t.Month()+time.Month(n), t.Day())
}
