package schemas

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// ReadDate reads a date as people write it: "2026-09-01", "1 Sep 2026",
// "September 1st, 2026", "13/09/2026". The year has four digits. Where day and
// month could change places it refuses, and says both readings.
func ReadDate(s string) (Date, error) {
	if d, err := ParseDate(s); err == nil {
		return d, nil
	}
	parts := dateParts(s)
	if len(parts) != 3 {
		return "", notADate(s)
	}
	if slices.ContainsFunc(parts, func(p string) bool { return monthOf(p) != 0 }) {
		return dateOfWords(s, parts)
	}
	return dateOfNumbers(s, parts)
}

func notADate(s string) error {
	return refuse(s, "is not a date on the calendar; write YYYY-MM-DD")
}

// dateParts splits a date into its day, month and year, in whatever order.
func dateParts(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("/.-,", r)
	})
}

// dateOfWords reads a date whose month has a name.
func dateOfWords(s string, parts []string) (Date, error) {
	var year, month, day int
	for _, p := range parts {
		switch m := monthOf(p); {
		case m != 0 && month == 0:
			month = m
		case len(p) == 4 && year == 0 && yearOf(p) != 0:
			year = yearOf(p)
		case day == 0:
			day = ordinal(p)
		}
	}
	return onCalendar(s, year, month, day)
}

// dateOfNumbers reads a date that is all numbers.
func dateOfNumbers(s string, parts []string) (Date, error) {
	var n [3]int
	for i, p := range parts {
		one, err := strconv.ParseUint(p, 10, 16)
		if err != nil {
			return "", notADate(s)
		}
		n[i] = int(one)
	}
	if len(parts[0]) == 4 {
		return onCalendar(s, n[0], n[1], n[2])
	}
	if len(parts[2]) != 4 {
		return "", notADate(s)
	}
	return eitherFirst(s, n)
}

// eitherFirst reads a date that ends in its year and begins with the day, or
// with the month, but not if it could be both.
func eitherFirst(s string, n [3]int) (Date, error) {
	dayFirst, err := onCalendar(s, n[2], n[1], n[0])
	monthFirst, otherErr := onCalendar(s, n[2], n[0], n[1])
	switch {
	case err == nil && otherErr == nil && dayFirst != monthFirst:
		return "", refuse(s, fmt.Sprintf("can be %s or %s; write %s or %s", inWords(dayFirst), inWords(monthFirst), dayFirst, monthFirst))
	case otherErr == nil:
		return monthFirst, nil
	default:
		return dayFirst, err
	}
}

// onCalendar is a day, unless no calendar has it.
func onCalendar(s string, year, month, day int) (Date, error) {
	d, err := ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	if err != nil || year == 0 {
		return "", notADate(s)
	}
	return d, nil
}

// inWords writes a date in the one way that nobody can misread.
func inWords(d Date) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return t.Format("2 January 2006")
}

// monthOf is the number of a month from its name, of which three letters are
// enough; 0 for anything else.
func monthOf(name string) int {
	const fewest = 3
	name = strings.TrimSuffix(name, ".")
	for m := time.January; m <= time.December; m++ {
		if full := strings.ToLower(m.String()); len(name) >= fewest && strings.HasPrefix(full, name) {
			return int(m)
		}
	}
	return 0
}

// ordinal reads 1, 01 and 1st; 0 for anything else.
func ordinal(s string) int {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		s = strings.TrimSuffix(s, end)
	}
	n, err := strconv.ParseUint(s, 10, 8)
	if err != nil || len(s) > 2 {
		return 0
	}
	return int(n)
}

// yearOf reads a year of four digits; 0 for one that no books are of.
func yearOf(s string) int {
	const first, last = 1900, 2199
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil || len(s) != 4 || n < first || n > last {
		return 0
	}
	return int(n)
}
