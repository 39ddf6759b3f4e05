package doctor

import (
	"fmt"
	"net/http"
	"time"
)

// clock compares this machine's clock, before and after a request, with that of
// whoever answered it.
func clock(before, after time.Time, date string) Finding {
	const (
		most = 5 * time.Minute
		near = time.Minute
	)
	f := Finding{Check: "clock", Verdict: OK}
	theirs, err := http.ParseTime(date)
	if err != nil {
		f.Says = "Not compared: the answer does not say what time it is."
		return f
	}
	skew := before.Add(after.Sub(before) / 2).Sub(theirs)
	which := "ahead of"
	if skew < 0 {
		which = "behind"
	}
	switch apart := skew.Abs(); {
	case apart <= near:
		f.Says = "This machine's clock and the host's agree."
	case apart <= most:
		f.Verdict, f.Says = Note, fmt.Sprintf("This machine's clock is %s %s the host's.", rounded(apart), which)
	default:
		f.Verdict, f.Says = Problem, fmt.Sprintf("This machine's clock is %s %s the host's. Tokens and certificates would be taken for expired, and days for others.", rounded(apart), which)
		f.Do = "Set this machine's date, time and time zone by the network. If they are right, the host's clock is wrong: tell who runs it."
	}
	return f
}

// rounded is a span of time as a person would say it.
func rounded(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return numbered(int(d/day), "day")
	case d >= 2*time.Hour:
		return numbered(int(d.Round(time.Hour)/time.Hour), "hour")
	default:
		return numbered(int(d.Round(time.Minute)/time.Minute), "minute")
	}
}
