package fisklapi

import (
	"fmt"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// partYear says how long a period is whose ratios would be taken for those of a
// year; empty for a year. Of a period that is not over yet, the days until
// today count.
func partYear(covered schemas.Range, today schemas.Date) string {
	end, so := covered.End, ""
	if today.Before(end) {
		end, so = today, " so far"
	}
	from, err := time.Parse(time.DateOnly, string(covered.Start))
	if err != nil {
		return ""
	}
	until, err := time.Parse(time.DateOnly, string(end))
	if err != nil || until.Before(from) {
		return ""
	}
	const year, leeway = 365, 8 // of 52 or 53 weeks
	days := int(until.Sub(from)/(24*time.Hour)) + 1
	if days >= year-leeway && days <= year+leeway {
		return ""
	}
	long := fmt.Sprintf("%d days", days)
	if after := until.AddDate(0, 0, 1); after.Day() == from.Day() {
		months := (after.Year()-from.Year())*12 + int(after.Month()-from.Month())
		long = fmt.Sprintf("%d months", months)
		if months == 1 {
			long = "one month"
		}
	}
	return fmt.Sprintf("turnover and returns are for %s%s, %s to %s, and not annualised: do not hold them against those of a year", long, so, covered.Start, end)
}
