package schemas_test

import (
	"errors"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestPeriodValidate(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		period   schemas.Period
		argument string // refused; empty for none
	}{
		{schemas.Period{}, ""},
		{schemas.Period{Period: "today"}, ""},
		{schemas.Period{Start: "2026-01-01", End: "2026-01-31"}, ""},
		{schemas.Period{Start: "2026-01-01", End: "2026-01-01"}, ""},
		{schemas.Period{Period: "today", Start: "2026-01-01"}, "period"},
		{schemas.Period{Period: "today", End: "2026-01-01"}, "period"},
		{schemas.Period{Period: "today", Start: "2026-01-01", End: "2026-01-31"}, "period"},
		{schemas.Period{Start: "2026-01-01"}, "end"},
		{schemas.Period{End: "2026-01-01"}, "start"},
		{schemas.Period{Start: "2026-01-02", End: "2026-01-01"}, "end"},
	} {
		err := test.period.Validate()
		var refused *schemas.ArgumentError
		if (test.argument == "") != (err == nil) || err != nil && (!errors.As(err, &refused) || refused.Argument != test.argument) {
			t.Errorf("%+v: got %v, want %q refused", test.period, err, test.argument)
		}
		if got := test.period.IsZero(); got != (test.period == schemas.Period{}) {
			t.Errorf("%+v: got zero %t", test.period, got)
		}
	}
}
