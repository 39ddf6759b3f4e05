package schemas_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// calendar is that of a company whose year begins in April.
func calendar() schemas.Calendar {
	return schemas.Calendar{
		Today: func() schemas.Date { return "2026-11-22" },
		Year: func(ending int) (schemas.Range, error) {
			return schemas.Range{Start: schemas.Date(fmt.Sprintf("%d-04-01", ending-1)), End: schemas.Date(fmt.Sprintf("%d-03-31", ending))}, nil
		},
	}
}

func TestReadPeriod(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"2026-09":                   "September 2026 2026-09-01 to 2026-09-30",
		"2026/9":                    "September 2026 2026-09-01 to 2026-09-30",
		"09/2026":                   "September 2026 2026-09-01 to 2026-09-30",
		"September 2026":            "September 2026 2026-09-01 to 2026-09-30",
		" SEPT.  2026 ":             "September 2026 2026-09-01 to 2026-09-30",
		"month of September, 2026":  "September 2026 2026-09-01 to 2026-09-30",
		"2024-02":                   "February 2024 2024-02-01 to 2024-02-29",
		"March":                     "March 2026 2026-03-01 to 2026-03-31",
		"December":                  "December 2025 2025-12-01 to 2025-12-31",
		"Q3 2026":                   "Calendar quarter Q3 2026 2026-07-01 to 2026-09-30",
		"2026-Q3":                   "Calendar quarter Q3 2026 2026-07-01 to 2026-09-30",
		"2026 q3":                   "Calendar quarter Q3 2026 2026-07-01 to 2026-09-30",
		"third quarter of 2026":     "Calendar quarter Q3 2026 2026-07-01 to 2026-09-30",
		"Calendar quarter Q3 2026":  "Calendar quarter Q3 2026 2026-07-01 to 2026-09-30",
		"Q3 2025/26":                "Financial quarter Q3 2025/26 2025-10-01 to 2025-12-31",
		"fiscal Q3 2026":            "Financial quarter Q3 2025/26 2025-10-01 to 2025-12-31",
		"FY2026 Q4":                 "Financial quarter Q4 2025/26 2026-01-01 to 2026-03-31",
		"H1 2026":                   "Calendar half H1 2026 2026-01-01 to 2026-06-30",
		"second half of 2026":       "Calendar half H2 2026 2026-07-01 to 2026-12-31",
		"2026":                      "Calendar year 2026 2026-01-01 to 2026-12-31",
		"the year 2026":             "Calendar year 2026 2026-01-01 to 2026-12-31",
		"2025/26":                   "Financial year 2025/26 2025-04-01 to 2026-03-31",
		"2025-26":                   "Financial year 2025/26 2025-04-01 to 2026-03-31",
		"2025–2026":                 "Financial year 2025/26 2025-04-01 to 2026-03-31",
		"FY26":                      "Financial year 2025/26 2025-04-01 to 2026-03-31",
		"FY25/26":                   "Financial year 2025/26 2025-04-01 to 2026-03-31",
		"financial year 2025/26":    "Financial year 2025/26 2025-04-01 to 2026-03-31",
		"FY2012":                    "Financial year 2011/12 2011-04-01 to 2012-03-31",
		"2011-12":                   "December 2011 2011-12-01 to 2011-12-31",
		"since March":               "2026-03-01 to 2026-11-22",
		"since December":            "2025-12-01 to 2026-11-22",
		"since 2025/26":             "2025-04-01 to 2026-11-22",
		"since 1 Sep 2026":          "2026-09-01 to 2026-11-22",
		"since Q1 2026":             "2026-01-01 to 2026-11-22",
		"All time":                  "All time, ten years at most 2016-11-23 to 2026-11-22",
		"2026-09-01..2026-09-30":    "2026-09-01 to 2026-09-30",
		"1 Sep 2026 to 30 Sep 2026": "2026-09-01 to 2026-09-30",
		"from 2026-09 to 2026-10":   "2026-09-01 to 2026-10-31",
		"March to May 2026":         "2026-03-01 to 2026-05-31",
		"Nov - Jan 2026":            "2025-11-01 to 2026-01-31",
		"2024/25..Q1 2025/26":       "2024-04-01 to 2025-06-30",
		"1 Sep 2026 to today":       "2026-09-01 to 2026-11-22",
		"2026-03..now":              "2026-03-01 to 2026-11-22",
		"13/09/2026":                "2026-09-13 to 2026-09-13",
		"Last Quarter":              "",
		"year to date":              "",
		"this quarter":              "",
		"quarter":                   "",
		"march madness":             "",
		"2026 2027":                 "",
		"":                          "",
		"01/02/2026":                `! "01/02/2026" can be 1 February 2026 or 2 January 2026; write 2026-02-01 or 2026-01-02`,
		"01/02/2026..2026-03-01":    `! "01/02/2026" can be`,
		"2011/12":                   `! "2011/12" can be a month or a financial year; write 2011-12 or FY2012`,
		"2026-13":                   "! is no month",
		"Q3":                        "! names no year; write Q3 2026 for one of the calendar year, or Q3 2025/26",
		"2026-02-30":                "! is not a date on the calendar",
		"2026-09-01..":              "! is not a date",
		"2026-09-30..2026-09-01":    "! before it starts on 2026-09-30",
		"2026-09..2026-08":          "! before it starts on 2026-09-01",
		"since 2027":                "! in the future",
	} {
		got, ok, err := schemas.ReadPeriod(written, calendar())
		problem, wantErr := strings.CutPrefix(want, "! ")
		switch {
		case wantErr != (err != nil) || wantErr && !strings.Contains(err.Error(), problem):
			t.Errorf("%q: got error %v, want %q", written, err, want)
		case !wantErr && (ok != (want != "") || got.Cell() != want):
			t.Errorf("%q: got %q, %v; want %q", written, got.Cell(), ok, want)
		}
	}
}

// TestYearOfTheCalendar finds that a company whose year is that of the calendar
// is not told of two years.
func TestYearOfTheCalendar(t *testing.T) {
	t.Parallel()
	c := calendar()
	c.Year = func(ending int) (schemas.Range, error) {
		return schemas.Range{Start: schemas.Date(fmt.Sprintf("%d-01-01", ending)), End: schemas.Date(fmt.Sprintf("%d-12-31", ending))}, nil
	}
	if got, _, err := schemas.ReadPeriod("FY2026", c); err != nil || got.Cell() != "Financial year 2026 2026-01-01 to 2026-12-31" {
		t.Errorf("got %+v and %v", got, err)
	}
	if got, _, err := schemas.ReadPeriod("2025/26", c); err == nil || !strings.Contains(err.Error(), "write 2025 or 2026") {
		t.Errorf("got %+v and %v", got, err)
	}
}

// TestPeriodsReadAgain finds that the days, and the name, that a period is told
// back with read as the same days.
func TestPeriodsReadAgain(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	one := func() string {
		day := time.Date(2012+r.IntN(20), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)
		y := day.Year()
		forms := []string{
			day.Format("2006-01"), day.Format("January 2006"), day.Format("Jan 2006"), day.Format("01/2006"), day.Format("2 Jan 2006"),
			day.Format("2006-01-02"), day.Format("January 2, 2006"), day.Format("2006"), day.Format("January"),
			fmt.Sprintf("Q%d %d", 1+r.IntN(4), y), fmt.Sprintf("%d/%02d", y, (y+1)%100), fmt.Sprintf("Q%d %d/%02d", 1+r.IntN(4), y, (y+1)%100), fmt.Sprintf("FY%d", y),
		}
		return forms[r.IntN(len(forms))]
	}
	read := 0
	for range 600 {
		written := one()
		switch r.IntN(4) {
		case 0:
			written += " to " + one()
		case 1:
			written = "since " + written
		}
		got, ok, err := schemas.ReadPeriod(written, calendar())
		if err != nil {
			continue
		}
		read++
		for _, again := range []string{string(got.Start + ".." + got.End), string(got.Start + " to " + got.End), got.Period} {
			if again == "" {
				continue
			}
			same, okAgain, err := schemas.ReadPeriod(again, calendar())
			if !ok || !okAgain || err != nil || same.Start != got.Start || same.End != got.End || got.End.Before(got.Start) {
				t.Fatalf("%q was read as %+v, and %q as %+v, %v", written, got, again, same, err)
			}
		}
	}
	if read < 300 {
		t.Errorf("only %d periods could be read", read)
	}
}

func FuzzReadPeriod(f *testing.F) {
	for _, seed := range []string{"2026-09", "Q3 2026", "since March", "2025/26", "01/02/2026", "1 Sep 2026 to 3 Oct 2026", "all time", "first half of 2026", "fy 26", "2026-09-01.."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, written string) {
		got, ok, err := schemas.ReadPeriod(written, calendar())
		if !ok || err != nil {
			return
		}
		again, _, err := schemas.ReadPeriod(string(got.Start+".."+got.End), calendar())
		if err != nil || again.Start != got.Start || again.End != got.End {
			t.Errorf("%q was read as %+v, and that as %+v: %v", written, got, again, err)
		}
	})
}
