package schemas

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A period is written in one of these forms, in any case:
//
//	2026-09, 09/2026, September 2026    a month
//	Q3 2026, H1 2026, 2026              of the calendar year
//	2025/26, FY2026, Q3 2025/26         of the company's financial year
//	March                               the last one that has begun
//	1 Sep 2026                          a day, see ReadDate
//	ONE..ANOTHER, ONE to ANOTHER        from the first day of one to the last of the other
//	since ONE, ONE to today             from its first day until today
//	all time                            until today
//
// All else may be a name of Fiskl's. A quarter without its financial year is one
// of the calendar: so people write it, and the answer says which days it was
// taken for.

// Calendar is what a period depends on besides its words.
type Calendar struct {
	// Today is the company's date.
	Today func() Date

	// Year is the company's financial year that ends in a calendar year.
	Year func(ending int) (Range, error)
}

// writtenPeriod is a period as it was written.
type writtenPeriod struct {
	from, to stretchOfTime // both included
	since    bool          // until today, whatever to says
	always   bool
}

// stretchOfTime is a day, or some months of a year.
type stretchOfTime struct {
	day            Date // set, the rest is not
	year           int  // 0 for the last such month
	first, months  int  // the first month, from 1, and how many
	financial      bool // counted from the start of the financial year that ends in year
	shown, written string
}

// AllTime is the name of the period that has no beginning. It is as long as one
// question to Fiskl may be, which is ten years (inferred).
const AllTime = "All time, ten years at most"

// LongestUntil is all time until a day.
func LongestUntil(today Date) Range {
	t, err := time.Parse(time.DateOnly, string(today))
	if err != nil {
		return Range{}
	}
	return Range{Period: AllTime, Start: NewDate(t.AddDate(-10, 0, 1)), End: today}
}

// CheckPeriod refuses what is written in one of the forms above and can be no
// period. It reports false for what may be a name of Fiskl's.
func CheckPeriod(written string) (bool, error) {
	_, ok, err := readPeriod(written)
	return ok, err
}

// ReadPeriod reads a period that is written in one of the forms above. It
// reports false for what may be a name of Fiskl's.
func ReadPeriod(written string, c Calendar) (Range, bool, error) {
	p, ok, err := readPeriod(written)
	if !ok || err != nil {
		return Range{}, ok, err
	}
	covered, err := p.place(written, c)
	return covered, true, err
}

// WrittenDays reads a period that is one day, or two with ".." or "to" between,
// and reports false for all else.
func WrittenDays(written string) (Period, bool) {
	p, ok, err := readPeriod(written)
	if !ok || err != nil || p.since || p.always || p.from.day == "" || p.to.day == "" {
		return Period{}, false
	}
	return Period{Start: p.from.day, End: p.to.day}, true
}

// readPeriod reads the words alone.
func readPeriod(written string) (writtenPeriod, bool, error) {
	plain := strings.Join(strings.Fields(strings.NewReplacer("–", "-", "—", "-", ",", " ").Replace(strings.ToLower(written))), " ")
	switch plain {
	case "all time", "all time ten years at most", "all", "all dates", "ever", "since the beginning", "everything":
		return writtenPeriod{always: true}, true, nil
	}
	if rest, ok := strings.CutPrefix(plain, "since "); ok {
		from, ok, err := readStretch(rest)
		return writtenPeriod{from: from, to: from, since: true}, ok, err
	}
	if p, ok, err := readTwo(strings.TrimPrefix(plain, "from ")); ok || err != nil {
		return p, ok, err
	}
	one, ok, err := readStretch(plain)
	return writtenPeriod{from: one, to: one}, ok, err
}

// readTwo reads a period from one stretch of time to another.
func readTwo(plain string) (writtenPeriod, bool, error) {
	for _, between := range []string{"..", " to ", " until ", " till ", " through ", " - "} {
		left, right, ok := strings.Cut(plain, between)
		if !ok {
			continue
		}
		from, okFrom, err := readStretch(left)
		if err != nil {
			return writtenPeriod{}, false, err
		}
		if right = strings.TrimSpace(right); right == "today" || right == "now" {
			return writtenPeriod{from: from, to: from, since: true}, okFrom, nil
		}
		to, okTo, err := readStretch(right)
		switch {
		case err != nil:
			return writtenPeriod{}, false, err
		case okFrom && okTo:
			return sameYear(from, to).ordered()
		case between == "..":
			return writtenPeriod{}, false, notADate(strings.TrimSpace(map[bool]string{true: right, false: left}[okFrom]))
		}
	}
	return writtenPeriod{}, false, nil // "year to date" is a name
}

// sameYear has a month without a year be the one before a month that has one:
// March to May 2026.
func sameYear(from, to stretchOfTime) writtenPeriod {
	if from.day == "" && from.year == 0 && to.day == "" && to.year != 0 && !to.financial {
		from.year = to.year
		if from.first > to.first {
			from.year--
		}
	}
	return writtenPeriod{from: from, to: to}
}

func (p writtenPeriod) ordered() (writtenPeriod, bool, error) {
	if p.from.day != "" && p.to.day != "" && p.to.day.Before(p.from.day) {
		return writtenPeriod{}, false, &ValueError{Value: p.from.written + ".." + p.to.written, Problem: string("ends on " + p.to.day + ", before it starts on " + p.from.day)}
	}
	return p, true, nil
}

// readStretch reads a day, or months of a year.
func readStretch(plain string) (stretchOfTime, bool, error) {
	plain = strings.TrimSpace(plain)
	s, ok, err := readMonths(plain)
	if ok || err != nil {
		s.written = plain
		return s, ok, err
	}
	d, err := ReadDate(plain)
	switch {
	case err == nil:
		return stretchOfTime{day: d, written: plain}, true, nil
	case looksLikeDate(plain):
		return stretchOfTime{}, false, err
	default:
		return stretchOfTime{}, false, nil
	}
}

// looksLikeDate reports numbers and marks alone, which no name consists of.
func looksLikeDate(s string) bool {
	return strings.ContainsFunc(s, unicode.IsDigit) && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune("-/.", r)
	})
}

// place finds the days of a period. Its errors name no argument.
func (p writtenPeriod) place(written string, c Calendar) (Range, error) {
	if p.always {
		return LongestUntil(c.Today()), nil
	}
	from, err := p.from.place(c)
	if err != nil {
		return Range{}, err
	}
	if p.since {
		if today := c.Today(); !today.Before(from.Start) {
			return Range{Start: from.Start, End: today}, nil
		}
		return Range{}, refuse(written, string("starts on "+from.Start+", which is in the future"))
	}
	if p.from == p.to {
		return from, nil
	}
	to, err := p.to.place(c)
	if err != nil {
		return Range{}, err
	}
	if to.End.Before(from.Start) {
		return Range{}, refuse(written, string("ends on "+to.End+", before it starts on "+from.Start))
	}
	return Range{Start: from.Start, End: to.End}, nil
}

// place finds the days, and the name that the answer has for them.
func (s stretchOfTime) place(c Calendar) (Range, error) {
	if s.day != "" {
		return Range{Start: s.day, End: s.day}, nil
	}
	if s.financial {
		return s.ofFinancialYear(c)
	}
	year := s.year
	if year == 0 {
		today, err := time.Parse(time.DateOnly, string(c.Today()))
		if err != nil {
			return Range{}, refuse(s.written, "needs a year")
		}
		if year = today.Year(); s.first > int(today.Month()) {
			year--
		}
	}
	first := time.Date(year, time.Month(s.first), 1, 0, 0, 0, 0, time.UTC)
	name := strings.TrimSpace(s.shown)
	if s.months == 1 {
		name = first.Format("January 2006")
	}
	return Range{Period: name, Start: NewDate(first), End: NewDate(first.AddDate(0, s.months, -1))}, nil
}

func (s stretchOfTime) ofFinancialYear(c Calendar) (Range, error) {
	year, err := c.Year(s.year)
	if err != nil {
		return Range{}, err
	}
	start, startErr := time.Parse(time.DateOnly, string(year.Start))
	end, endErr := time.Parse(time.DateOnly, string(year.End))
	if startErr != nil || endErr != nil {
		return Range{}, refuse(s.written, "needs the company's financial year, which is not known")
	}
	named := strconv.Itoa(end.Year())
	if start.Year() != end.Year() {
		named = fmt.Sprintf("%d/%02d", start.Year(), end.Year()%100)
	}
	if strings.Contains(s.written, "/") && start.Year() == end.Year() {
		return Range{}, refuse(s.written, fmt.Sprintf("is no financial year of this company, whose years are those of the calendar; write %d or %d", s.year-1, s.year))
	}
	out := Range{Period: "Financial " + strings.TrimSpace(s.shown+" "+named), Start: year.Start, End: year.End}
	if s.shown == "" {
		out.Period = "Financial year " + named
	}
	if s.months < 12 {
		out.Start = NewDate(start.AddDate(0, s.first-1, 0))
	}
	if s.first-1+s.months < 12 {
		out.End = NewDate(start.AddDate(0, s.first-1+s.months, -1))
	}
	return out, nil
}
