package books_test

import (
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
)

func TestDatePeriods(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	for _, tt := range []struct {
		now   time.Time
		spans map[string]string
	}{
		{time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC), map[string]string{
			"Today": "2026-11-22 2026-11-22", "This Week": "2026-11-16 2026-11-22", "This Week-to-date": "2026-11-16 2026-11-22",
			"Last Week": "2026-11-09 2026-11-15", "This Month": "2026-11-01 2026-11-30", "This Month-to-date": "2026-11-01 2026-11-22",
			"Last Month": "2026-10-01 2026-10-31", "This Quarter": "2026-10-01 2026-12-31",
			"This Quarter-to-date": "2026-10-01 2026-11-22", "Last Quarter": "2026-07-01 2026-09-30",
			"This Year": "2026-01-01 2026-12-31", "This Year-to-date": "2026-01-01 2026-11-22", "Last Year": "2025-01-01 2025-12-31",
			"This Financial Quarter": "2026-10-01 2026-12-31", "This Financial Quarter-to-date": "2026-10-01 2026-11-22",
			"Last Financial Quarter": "2026-07-01 2026-09-30", "This Financial Year": "2026-04-01 2027-03-31",
			"This Financial Year-to-date": "2026-04-01 2026-11-22", "Last Financial Year": "2025-04-01 2026-03-31",
		}},
		{time.Date(2028, 2, 29, 23, 59, 0, 0, time.UTC), map[string]string{
			"This Month": "2028-02-01 2028-02-29", "Last Month": "2028-01-01 2028-01-31", "This Week": "2028-02-28 2028-03-05",
			"This Quarter": "2028-01-01 2028-03-31", "Last Quarter": "2027-10-01 2027-12-31",
			"This Financial Year": "2027-04-01 2028-03-31", "Last Financial Quarter": "2027-10-01 2027-12-31",
		}},
		// London is an hour ahead of UTC: the first of July has begun there.
		{time.Date(2026, 6, 30, 23, 30, 0, 0, time.UTC), map[string]string{
			"Today": "2026-07-01 2026-07-01", "This Quarter": "2026-07-01 2026-09-30", "Last Month": "2026-06-01 2026-06-30",
		}},
	} {
		s.now = tt.now
		got, defaults := map[string]string{}, 0
		for _, p := range s.DatePeriods() {
			got[p.Name] = string(p.Start) + " " + string(p.End)
			if p.Default {
				defaults++
			}
		}
		for name, want := range tt.spans {
			if got[name] != want {
				t.Errorf("%s: %s: got %q, want %q", tt.now, name, got[name], want)
			}
		}
		if len(got) != 19 || defaults != 1 {
			t.Errorf("got %d periods and %d defaults, want 19 and 1", len(got), defaults)
		}
	}
}

func TestFiscalYearStart(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day  books.Date
		end  string
		want books.Date
	}{
		{"2026-03-31", "03-31", "2025-04-01"},
		{"2026-04-01", "03-31", "2026-04-01"},
		{"2026-12-31", "12-31", "2026-01-01"},
		{"2027-01-01", "12-31", "2027-01-01"},
		{"2028-02-29", "02-28", "2027-03-01"},
		{"2028-03-01", "02-29", "2028-03-01"},
		{"2026-04-05", "04-05", "2025-04-06"},
	} {
		if got := books.FiscalYearStart(tt.day, tt.end); got != tt.want {
			t.Errorf("%s of a year ending %s: got %s, want %s", tt.day, tt.end, got, tt.want)
		}
	}
}
