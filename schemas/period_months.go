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
	case "year", "quarter", "month", "half", "of", "the":
		return of > 1 && (at > 0 || word == "year" || word == "month" || word == "the"), nil
	}
	if n := nth(word); n != 0 && of > 2 {
		w.nth = n
		return true, nil
	}
	if m := monthOf(word); m != 0 && w.month == 0 {
		w.month = m
		return true, nil
	}
	return w.number(word)
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
	if y := yearOf(digits); said && y != 0 && w.year == 0 {
		w.year, w.financial = y, true
		return true, nil
	}
	m := regexp.MustCompile(`^(\d{4})([-/])(\d{2}|\d{4})$`).FindStringSubmatch(digits)
	if m == nil || w.year != 0 || yearOf(m[1]) == 0 {
		return false, nil
	}
	year := yearOf(m[1]) + 1
	if next := strconv.Itoa(year); m[3] != next && m[3] != next[2:] {
		return false, nil
	}
	if n, _ := strconv.Atoi(m[3]); n <= 12 && !said && !w.financial {
		if m[2] == "-" {
			return false, nil // 2011-12 is a month, as in a date
		}
		return false, refuse(word, fmt.Sprintf("can be a month or a financial year; write %s-%s or FY%d", m[1], m[3], year))
	}
	w.year, w.financial = year, true
	return true, nil
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
	month, _ := strconv.Atoi(m[2])
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
	if w.part == "" && w.nth != 0 {
		w.part = map[bool]string{true: "h", false: "q"}[strings.Contains(plain, "half")] + strconv.Itoa(w.nth)
		if !strings.Contains(plain, "half") && !strings.Contains(plain, "quarter") || w.part == "h3" || w.part == "h4" {
			return stretchOfTime{}, false, nil
		}
	}
	switch {
	case w.part != "" && w.month != 0, w.calendar && w.financial, w.financial && w.month != 0:
		return stretchOfTime{}, false, nil
	case w.part != "" && w.year == 0:
		return stretchOfTime{}, false, refuse(plain, "names no year; write "+strings.ToUpper(w.part)+" 2026 for one of the calendar year, or "+strings.ToUpper(w.part)+" 2025/26 for one of the financial year")
	case w.part != "":
		return w.ofPart()
	case w.month != 0:
		return stretchOfTime{year: w.year, first: w.month, months: 1}, true, nil
	case w.year == 0:
		return stretchOfTime{}, false, nil
	case w.financial:
		return stretchOfTime{year: w.year, first: 1, months: 12, financial: true}, true, nil
	default:
		return stretchOfTime{year: w.year, first: 1, months: 12, shown: fmt.Sprintf("Calendar year %d", w.year)}, true, nil
	}
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
