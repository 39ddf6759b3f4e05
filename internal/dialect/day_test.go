package dialect_test

import (
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

func allDays() []dialect.Days {
	return []dialect.Days{
		"", dialect.ISODays, dialect.TimedDays, dialect.UTCDays, dialect.SlashedDMY, dialect.SlashedMDY, dialect.DashedDMY, dialect.DottedDMY, dialect.SlashedYMD,
		dialect.CompactDays, dialect.ListedDays, dialect.EpochMillis, dialect.EpochSecs, "midnight +01:00", "midnight -05:00", "midnight +05:30", "midnight +13:00", "midnight +00:00",
	}
}

// TestDaysRoundTrip writes every day of five years in every form, and reads it
// back.
func TestDaysRoundTrip(t *testing.T) {
	t.Parallel()
	for _, days := range allDays() {
		t.Run(string(days), func(t *testing.T) {
			t.Parallel()
			m := dialect.Mapping{Days: days}
			form := &dialect.Form{Kind: dialect.Day}
			for d := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2028; d = d.AddDate(0, 0, 1) {
				want := d.Format(time.DateOnly)
				n := dialect.Text(want)
				theirs, err := m.Write(form, &n)
				if err != nil {
					t.Fatal(err)
				}
				ours, err := m.Read(form, &theirs)
				if err != nil || ours.String() != want {
					t.Fatalf("%s is written %s and read %s: %v", want, theirs.Append(nil), ours.Append(nil), err)
				}
			}
		})
	}
}

// dayList is the form of a list of records with a day.
func dayList() *dialect.Form {
	return &dialect.Form{Kind: dialect.List, Elem: &dialect.Form{Kind: dialect.Record, Fields: []dialect.Field{
		{Name: "day", Need: dialect.Required, Form: &dialect.Form{Kind: dialect.Day}},
	}}}
}

// TestDaysInferred finds the form that dates are written in, where there is only
// one.
func TestDaysInferred(t *testing.T) {
	t.Parallel()
	for days, want := range map[string]string{
		`"2026-10-31"`:                                  "2026-10-31",
		`"2026-10-31T00:00:00"`:                         "2026-10-31",
		`"2026-10-31T00:00:00Z"`:                        "2026-10-31",
		`"2026-10-31T00:00:00+02:00"`:                   "2026-10-31",
		`"2026-10-31T23:00:00Z"`:                        "2026-11-01", // midnight an hour east
		`"2026-10-31T05:00:00Z"`:                        "2026-10-31", // midnight five hours west
		`"2026-10-31T18:30:00Z"`:                        "2026-11-01",
		`"2026-10-31T12:00:00Z"`:                        "",
		`"2026-10-31T23:00:00Z","2026-07-31T22:00:00Z"`: "", // summer and winter
		`"31/10/2026","01/02/2026"`:                     "2026-10-31 2026-02-01",
		`"10/31/2026","01/02/2026"`:                     "2026-10-31 2026-01-02",
		`"01/02/2026","03/04/2026"`:                     "",
		`"13/02/2026","02/13/2026"`:                     "",
		`"31.10.2026"`:                                  "2026-10-31",
		`"20261031"`:                                    "2026-10-31",
		`[2026,10,31]`:                                  "2026-10-31",
		`1793404800000`:                                 "2026-10-31",
		`1793404800`:                                    "2026-10-31",
		`"2026-02-30"`:                                  "",
		`"soon"`:                                        "",
	} {
		all := splitJSON(days)
		n := parse(t, "["+many(len(all), func(i int) string { return `{"day":` + all[i] + `}` })+"]")
		got := readDays(t, &n)
		if got != want {
			t.Errorf("%s is read as %q, want %q", days, got, want)
		}
	}
}

func splitJSON(s string) []string {
	if strings.HasPrefix(s, "[") {
		return []string{s}
	}
	return strings.Split(s, ",")
}

func readDays(t *testing.T, n *dialect.Node) string {
	t.Helper()
	in, err := dialect.Infer(dayList(), n, dialect.Known{})
	if err != nil || len(in.Missing) > 0 {
		return ""
	}
	out, err := in.Read(dayList(), n)
	if err != nil {
		return ""
	}
	var all []string
	for i := range out.Items {
		all = append(all, out.Items[i].Get("day").String())
	}
	return strings.Join(all, " ")
}

func parse(t interface {
	Helper()
	Fatalf(string, ...any)
}, s string,
) dialect.Node {
	t.Helper()
	n, err := dialect.Parse([]byte(s))
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return n
}
