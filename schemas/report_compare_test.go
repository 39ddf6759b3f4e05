package schemas_test

import (
	"encoding/json"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ after, before, change, percent schemas.Money }{
		"more":                     {"150.00", "100.00", "50.00", "50"},
		"less":                     {"66.67", "100.00", "-33.33", "-33.3"},
		"the same":                 {"100.00", "100.00", "0.00", "0"},
		"rounded half up":          {"100.05", "100.00", "0.05", "0.1"},
		"rounded half away":        {"99.95", "100.00", "-0.05", "-0.1"},
		"rounded down":             {"100.04", "100.00", "0.04", "0"},
		"nothing before":           {"100.00", "0.00", "100.00", ""},
		"nothing after":            {"0.00", "100.00", "-100.00", "-100"},
		"nothing at all":           {"0.00", "0.00", "0.00", ""},
		"from a loss to a profit":  {"50.00", "-100.00", "150.00", "150"},
		"from a profit to a loss":  {"-100.00", "50.00", "-150.00", "-300"},
		"a larger loss":            {"-150.00", "-100.00", "-50.00", "-50"},
		"a smaller loss":           {"-50.00", "-100.00", "50.00", "50"},
		"more than a float holds":  {"90071992547409.93", "90071992547409.92", "0.01", "0"},
		"a currency without cents": {"1500", "1000", "500", "50"},
		"decimals of both":         {"1.5", "1.250", "0.250", "20"},
		"no amount before":         {"5.00", "", "5.00", ""},
		"no amount after":          {"", "5.00", "-5.00", "-100"},
	} {
		want := schemas.Change{Change: test.change, Percent: string(test.percent)}
		if got := schemas.Compare(test.after, test.before); got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

func TestTotals(t *testing.T) {
	t.Parallel()
	totals := schemas.Totals{{"zebra", "1.00"}, {"aardvark", "-2.00"}, {`the "net" & <more>`, ""}}
	got, err := json.Marshal(map[string]any{"totals": totals, "none": schemas.Totals(nil)})
	want, wrong := json.Marshal(map[string]any{
		"totals": json.RawMessage(`{"zebra":"1.00","aardvark":"-2.00","the \"net\" & <more>":""}`),
		"none":   json.RawMessage(`{}`),
	})
	if err != nil || wrong != nil || string(got) != string(want) {
		t.Errorf("got %s and error %v, want %s", got, err, want)
	}
	if totals.Get("aardvark") != "-2.00" || totals.Get("lion") != "" {
		t.Errorf("got %q and %q", totals.Get("aardvark"), totals.Get("lion"))
	}
	schema, err := json.Marshal(schemas.Totals{}.JSONSchema())
	if err != nil || string(schema) != `{"additionalProperties":{"type":"string"},"type":"object"}` {
		t.Errorf("got schema %s and error %v", schema, err)
	}
}

// TestChangeOnlyWhenComparing finds that a report without columns has no changes, not even empty ones.
func TestChangeOnlyWhenComparing(t *testing.T) {
	t.Parallel()
	row := schemas.AccountAmount{Account: "Sales", Amount: "5.00"}
	got, err := json.Marshal(schemas.Report{Sections: []schemas.Section{{Name: "Revenue", Rows: []schemas.AccountAmount{row}, Total: "5.00"}}})
	const want = `{"report":"","currency":"","sections":[{"name":"Revenue","rows":[{"account":"Sales","amount":"5.00"}],"total":"5.00"}],"totals":{}}`
	if err != nil || string(got) != want {
		t.Errorf("got %s and error %v, want %s", got, err, want)
	}
	row.Amounts, row.Change = []schemas.Money{"5.00", "5.00"}, schemas.Compare("5.00", "5.00")
	got, err = json.Marshal(row)
	if err != nil || string(got) != `{"account":"Sales","amount":"5.00","amounts":["5.00","5.00"],"change":"0.00","change_percent":"0"}` {
		t.Errorf("got %s and error %v", got, err)
	}
}

func TestPositions(t *testing.T) {
	t.Parallel()
	for _, good := range []schemas.Position{{}, {AsOf: "2026-01-01"}, {Period: "last month"}} {
		if err := good.Validate(); err != nil {
			t.Errorf("%+v: %v", good, err)
		}
	}
	if err := (schemas.Position{AsOf: "2026-01-01", Period: "last month"}).Validate(); err == nil {
		t.Error("a day with a period is let through")
	}
}

func TestRangesInCells(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]schemas.Range{
		"Last Month 2026-10-01 to 2026-10-31": {Period: "Last Month", Start: "2026-10-01", End: "2026-10-31"},
		"2026-10-01 to 2026-10-31":            {Start: "2026-10-01", End: "2026-10-31"},
		"2026-10-31":                          {End: "2026-10-31"}, // the day of a position
	} {
		if got := r.Cell(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDaysAfter(t *testing.T) {
	t.Parallel()
	for day, want := range map[schemas.Date]schemas.Date{
		"2026-02-28": "2026-03-01", "2028-02-28": "2028-02-29", "2026-12-31": "2027-01-01", "": "", "soon": "",
	} {
		if got := day.Next(); got != want {
			t.Errorf("%q is followed by %q, want %q", day, got, want)
		}
	}
}
