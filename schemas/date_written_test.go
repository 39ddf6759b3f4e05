package schemas_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestReadDate(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"2026-09-01":          "2026-09-01",
		"2026-9-1":            "2026-09-01",
		"2026/09/01":          "2026-09-01",
		"1 Sep 2026":          "2026-09-01",
		"1 September 2026":    "2026-09-01",
		"1st Sept. 2026":      "2026-09-01",
		"Sep 1, 2026":         "2026-09-01",
		"September 22nd 2026": "2026-09-22",
		"01-Sep-2026":         "2026-09-01",
		"2026 Sep 1":          "2026-09-01",
		"13/02/2026":          "2026-02-13",
		"02/13/2026":          "2026-02-13",
		"13.2.2026":           "2026-02-13",
		"02/02/2026":          "2026-02-02",
		"29 Feb 2024":         "2024-02-29",
		"01/02/2026":          "! can be 1 February 2026 or 2 January 2026; write 2026-02-01 or 2026-01-02",
		"3.4.2026":            "! can be 3 April 2026 or 4 March 2026",
		"29 Feb 2026":         "! is not a date on the calendar",
		"1 Sep":               "! is not a date",
		"1 Sep 26":            "! is not a date",
		"01/02/26":            "! is not a date",
		"32 Sep 2026":         "! is not a date",
		"32/13/2026":          "! is not a date",
		"Sep Oct 2026":        "! is not a date",
		"1 1 2026 1":          "! is not a date",
		"2026-09":             "! is not a date",
		"1 Ma 2026":           "! is not a date",
		"0 Sep 2026":          "! is not a date",
		"1 Sep 0000":          "! is not a date",
		"yesterday":           "! is not a date",
		"":                    "! is not a date",
	} {
		got, err := schemas.ReadDate(written)
		problem, wantErr := strings.CutPrefix(want, "! ")
		if wantErr != (err != nil) || wantErr && !strings.Contains(err.Error(), problem) || !wantErr && string(got) != want {
			t.Errorf("%q: got %q and %v, want %q", written, got, err, want)
		}
	}
}

func FuzzReadDate(f *testing.F) {
	for _, seed := range []string{"1 Sep 2026", "01/02/2026", "2026.9.1", "Sep 1st, 2026"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, written string) {
		got, err := schemas.ReadDate(written)
		if err != nil {
			return
		}
		if again, err := schemas.ReadDate(string(got)); err != nil || again != got {
			t.Errorf("%q was read as %q, and that as %q: %v", written, got, again, err)
		}
	})
}
