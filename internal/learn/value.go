package learn

import (
	"strconv"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

const isoDay = time.DateOnly

// text is a member as a text; empty where there is none.
func text(row *dialect.Node, name string) string {
	v := row.Get(name)
	if v == nil || v.Type <= dialect.Null || v.Type >= dialect.Array {
		return ""
	}
	return v.String()
}

// amount is a member in minor units.
func amount(row *dialect.Node, name string) (int64, bool) {
	v := row.Get(name)
	if v == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(string(v.Raw), 10, 64)
	return n, err == nil
}

// decimal is a member that is a number and no money.
func decimal(row *dialect.Node, name string) (float64, bool) {
	f, err := strconv.ParseFloat(text(row, name), 64)
	return f, err == nil
}

// monthsBefore is a day so many months before another.
func monthsBefore(day string, months int) string {
	t, err := time.Parse(isoDay, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, -months, 1).Format(isoDay)
}
