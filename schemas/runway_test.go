package schemas_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestRunway(t *testing.T) {
	t.Parallel()
	totals := func(operating, investing, closing schemas.Money) schemas.Totals {
		return schemas.Totals{{Name: "operating", Amount: operating}, {Name: "investing", Amount: investing}, {Name: "closing_cash", Amount: closing}}
	}
	october := schemas.Range{Start: "2026-10-01", End: "2026-10-31"}
	for name, c := range map[string]struct {
		totals schemas.Totals
		over   schemas.Range
		months string
		says   string
	}{
		"burning":        {totals("-8222.21", "0.00", "50473.87"), october, "6.3", "31 days"},
		"investing too":  {totals("-1000.00", "-500.00", "18000.00"), schemas.Range{Start: "2026-01-01", End: "2026-12-31"}, "144.0", "investing -500.00"},
		"earning":        {totals("100.00", "0.00", "1.00"), october, "", "used no cash"},
		"even":           {totals("0.00", "0.00", "1.00"), october, "", "used no cash"},
		"overdrawn":      {totals("-5.00", "0.00", "-1.00"), october, "", "no cash is left"},
		"still to begin": {totals("-5.00", "0.00", "1.00"), schemas.Range{Start: "2026-10-01", End: "2026-09-30"}, "", ""},
		"no period":      {totals("-5.00", "0.00", "1.00"), schemas.Range{}, "", ""},
		"no totals":      {nil, october, "", ""},
	} {
		if got := schemas.NewRunway(c.totals, c.over); got.Months != c.months || !strings.Contains(got.Runway, c.says) || (c.says == "") != (got.Runway == "") {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}
