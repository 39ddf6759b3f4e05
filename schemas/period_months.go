package schemas

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// readMonths reads a month, a quarter, a half or a year. It reports false for
// what is none of them.
func readMonths(plain string) (stretchOfTime, bool, error) {
	words := strings.Fields(plain)
	var w monthWords
	for i, word := range words {
		used, err := w.take(word, i, len(words))
		if err != nil {
			return stretchOfTime{}, false, err
		}
		if !used {
			return stretchOfTime{}, false, nil
		}
	}
	return w.stretch(plain)
}

// monthWords are the words of a period of months.
type monthWords struct {
	month, year int
	part        string // q1 to q4, h1, h2
	financial   bool
	calendar    bool
	nth         int // third in "third quarter"
}

// take reads one word, and reports whether it belongs to such a period.
func (w *monthWords) take(word string, at, of int) (bool, error) {
	switch word {
	case "financial", "fiscal", "fy":
		w.financial = true
		return true, nil
	case "calendar":
		w.calendar = true
		return true, nil
	case "year", "month", "the":
		return of > 1, nil
	case "quarter", "half", "of":
		return at > 0, nil
	}
	n, m := nth(word), monthOf(word)
	switch {
	case n != 0 && of > 2:
		w.nth = n
	case m != 0 && w.month == 0:
		w.month = m
	default:
		return w.number(word)
	}
	return true, nil
}

// number reads what has digits.
func (w *monthWords) number(word string) (bool, error) {
	if y := yearOf(word); y != 0 && w.year == 0 {
		w.year = y
		return true, nil
	}
	for _, form := range []func(string) (bool, error){w.ofQuarter, w.ofFinancial, w.ofMonth} {
		if used, err := form(word); used || err != nil {
			return used, err
		}
	}
	return false, nil
}

// ofQuarter reads q3, and 2026-q3.
func (w *monthWords) ofQuarter(word string) (bool, error) {
	m := regexp.MustCompile(`^(?:(\d{4})[-/]?)?(q[1-4]|h[12])(?:[-/]?(\d{4}))?$`).FindStringSubmatch(word)
	if m == nil || w.part != "" || m[1] != "" && m[3] != "" {
		return false, nil
	}
	w.part = m[2]
	if y := m[1] + m[3]; y != "" {
		if w.year != 0 || yearOf(y) == 0 {
			return false, nil
		}
		w.year = yearOf(y)
	}
	return true, nil
}

// ofFinancial reads 2025/26, 2025-2026, fy26 and fy2026.
func (w *monthWords) ofFinancial(word string) (bool, error) {
	digits, said := strings.CutPrefix(word, "fy")
	if said = said || w.financial; said && regexp.MustCompile(`^\d{2}([-/]\d{2})?$`).MatchString(digits) {
		digits = "20" + digits
	}
	if w.year != 0 {
		return false, nil
	}
	if y := yearOf(digits); said && y != 0 {
		w.year, w.financial = y, true
		return true, nil
	}
	year, err := endOfTwoYears(digits, said)
	if year != 0 {
		w.year, w.financial = year, true
	}
	return year != 0, err
}

// endOfTwoYears is the second year of 2025/26; 0 for what is none. Unless it was
// said to be a financial year, it could be a month.
func endOfTwoYears(digits string, said bool) (int, error) {
	m := regexp.MustCompile(`^(\d{4})([-/])(\d{2}|\d{4})$`).FindStringSubmatch(digits)
	if m == nil || yearOf(m[1]) == 0 {
		return 0, nil
	}
	year := yearOf(m[1]) + 1
	if next := strconv.Itoa(year); m[3] != next && m[3] != next[2:] {
		return 0, nil
	}
	switch {
	case said || len(m[3]) > 2 || m[3] > "12":
		return year, nil
	case m[2] == "-":
		return 0, nil // 2011-12 is a month, as in a date
	default:
		return 0, refuse(digits, fmt.Sprintf("can be a month or a financial year; write %s-%s or FY%d", m[1], m[3], year))
	}
}

// ofMonth reads 2026-09, 2026/9 and 09/2026.
func (w *monthWords) ofMonth(word string) (bool, error) {
	m := regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})$`).FindStringSubmatch(word)
	if m == nil {
		if m = regexp.MustCompile(`^(\d{1,2})[-/.](\d{4})$`).FindStringSubmatch(word); m == nil {
			return false, nil
		}
		m[1], m[2] = m[2], m[1]
	}
	month := ordinal(m[2])
	if w.year != 0 || w.month != 0 || yearOf(m[1]) == 0 {
		return false, nil
	}
	if month < 1 || month > 12 {
		return false, refuse(word, "is no month; write it as 2026-09 or September 2026")
	}
	w.year, w.month = yearOf(m[1]), month
	return true, nil
}

// stretch is what the words come to.
func (w *monthWords) stretch(plain string) (stretchOfTime, bool, error) {
	if !w.settlePart(plain) || w.contradict() {
		return stretchOfTime{}, false, nil
	}
	switch {
	case w.part != "" && w.year == 0:
		return stretchOfTime{}, false, refuse(plain, fmt.Sprintf("names no year; write %[1]s 2026 for one of the calendar year, or %[1]s 2025/26 for one of the financial year", strings.ToUpper(w.part)))
	case w.part != "":
		return w.ofPart()
	case w.month != 0:
		return stretchOfTime{year: w.year, first: w.month, months: 1}, true, nil
	case w.year == 0:
		return stretchOfTime{}, false, nil
	}
	s := stretchOfTime{year: w.year, first: 1, months: 12, financial: w.financial}
	if !s.financial {
		s.shown = fmt.Sprintf("Calendar year %d", w.year)
	}
	return s, true, nil
}

// contradict reports words that nobody says together.
func (w *monthWords) contradict() bool {
	return w.calendar && w.financial || w.month != 0 && (w.part != "" || w.financial)
}

// settlePart reads "third quarter" and "first half" as q3 and h1. It reports
// false for an ordinal of neither.
func (w *monthWords) settlePart(plain string) bool {
	if w.part != "" || w.nth == 0 {
		return true
	}
	switch half := strings.Contains(plain, "half"); {
	case half && w.nth <= 2:
		w.part = "h" + strconv.Itoa(w.nth)
	case !half && strings.Contains(plain, "quarter"):
		w.part = "q" + strconv.Itoa(w.nth)
	}
	return w.part != ""
}

// ofPart is a quarter or a half.
func (w *monthWords) ofPart() (stretchOfTime, bool, error) {
	n, months, kind := int(w.part[1]-'0'), 3, "quarter"
	if w.part[0] == 'h' {
		months, kind = 6, "half"
	}
	s := stretchOfTime{year: w.year, first: (n-1)*months + 1, months: months, financial: w.financial, shown: kind + " " + strings.ToUpper(w.part)}
	if !s.financial {
		s.shown = fmt.Sprintf("Calendar %s %d", s.shown, w.year)
	}
	return s, true, nil
}

// nth reads first to fourth.
func nth(word string) int {
	return 1 + slices.Index([]string{"first", "second", "third", "fourth"}, word)
}
