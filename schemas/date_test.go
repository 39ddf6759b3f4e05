package schemas_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"2026-11-22", "2024-02-29", "1999-12-31"} {
		if got, err := schemas.ParseDate(in); err != nil || string(got) != in {
			t.Errorf("%q: got %q and error %v", in, got, err)
		}
	}
	for _, in := range []string{"", "2026-02-30", "2025-02-29", "2026-13-01", "2026-1-2", "22/11/2026", "22.11.2026", "2026-11-22T00:00:00Z", " 2026-11-22", "today", "20261122"} {
		got, err := schemas.ParseDate(in)
		var refused *schemas.ValueError
		if got != "" || !errors.As(err, &refused) {
			t.Errorf("%q: got %q and error %v, want a refusal", in, got, err)
		}
	}
}

func TestDateJSON(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]schemas.Date{`"2026-11-22"`: "2026-11-22", `""`: "", `null`: ""} {
		got := schemas.Date("before")
		if err := json.Unmarshal([]byte(in), &got); err != nil || got != want {
			t.Errorf("%s: got %q and error %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{`"2026-02-30"`, `20261122`, `{}`, `true`} {
		var got schemas.Date
		if err := json.Unmarshal([]byte(in), &got); err == nil {
			t.Errorf("%s: got %q, want an error", in, got)
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		from, to schemas.Date
		want     int
	}{
		{"2026-11-22", "2026-11-22", 0},
		{"2026-11-22", "2026-11-23", 1},
		{"2026-03-28", "2026-03-30", 2}, // a night in which clocks change
		{"2024-02-28", "2024-03-01", 2},
		{"2026-01-01", "2025-01-01", -365},
		{"", "2026-01-01", 0},
		{"2026-01-01", "nonsense", 0},
	} {
		if got := test.from.DaysUntil(test.to); got != test.want {
			t.Errorf("%s to %s: got %d days, want %d", test.from, test.to, got, test.want)
		}
	}
	if schemas.Date("2026-01-02").Before("2026-01-02") || !schemas.Date("2025-12-31").Before("2026-01-01") {
		t.Error("dates are out of order")
	}
}

func TestNewDate(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("far east", 14*60*60)
	if got := schemas.NewDate(time.Date(2026, time.November, 22, 23, 0, 0, 0, time.UTC).In(zone)); got != "2026-11-23" {
		t.Errorf("got %s, want the day where the time is", got)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2026-11-22", "2026-02-30", "", "0000-01-01", "9999-12-31", "2026-11-22Z"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := schemas.ParseDate(s)
		if err != nil {
			return
		}
		day, err := time.Parse("2006-01-02", s)
		if err != nil || schemas.NewDate(day) != got || string(got) != s || got.DaysUntil(got) != 0 {
			t.Errorf("%q was read as %q: %v", s, got, err)
		}
	})
}
