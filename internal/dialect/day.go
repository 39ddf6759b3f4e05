package dialect

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Days is how an API writes dates: one of the words below, or "midnight +01:00"
// for timestamps in UTC of the moment at which the day begins at that offset.
type Days string

// The ways of writing dates. Fiskl documents ISODays.
const (
	ISODays     Days = "YYYY-MM-DD"
	TimedDays   Days = "YYYY-MM-DDT00:00:00"
	UTCDays     Days = "YYYY-MM-DDT00:00:00Z"
	SlashedDMY  Days = "DD/MM/YYYY"
	SlashedMDY  Days = "MM/DD/YYYY"
	DashedDMY   Days = "DD-MM-YYYY"
	DottedDMY   Days = "DD.MM.YYYY"
	SlashedYMD  Days = "YYYY/MM/DD"
	CompactDays Days = "YYYYMMDD"
	ListedDays  Days = "[YYYY,MM,DD]"
	EpochMillis Days = "milliseconds"
	EpochSecs   Days = "seconds"
	midnight         = "midnight "
)

const iso = time.DateOnly

// layouts are the forms that are texts, as package time writes them.
var layouts = []struct {
	days   Days
	layout string
}{
	{ISODays, iso},
	{TimedDays, "2006-01-02T15:04:05"},
	{SlashedDMY, "02/01/2006"},
	{SlashedMDY, "01/02/2006"},
	{DashedDMY, "02-01-2006"},
	{DottedDMY, "02.01.2006"},
	{SlashedYMD, "2006/01/02"},
	{CompactDays, "20060102"},
}

func (d Days) valid() bool {
	if offset, ok := strings.CutPrefix(string(d), midnight); ok {
		_, err := time.Parse("-07:00", offset)
		return err == nil
	}
	return d == "" || slices.Contains([]Days{UTCDays, ListedDays, EpochMillis, EpochSecs}, d) || d.layout() != ""
}

// layout is what package time calls a form; empty where it has no name for it.
func (d Days) layout() string {
	for _, l := range layouts {
		if l.days == d {
			return l.layout
		}
	}
	return ""
}

// day is a date as it may have been meant.
type day struct {
	readings []Days    // the forms under which it is a date
	instant  time.Time // of a timestamp
	local    bool      // the timestamp has no zone, or is at midnight of its own
}

// readDay finds the forms under which a value is a date.
func readDay(n *Node) (day, bool) {
	switch n.Type {
	case Array:
		_, ok := listed(n)
		return day{readings: []Days{ListedDays}}, ok
	case Number:
		return epoch(string(n.Raw))
	case String:
		return textDay(n.String())
	default:
		return day{}, false
	}
}

// listed reads [2026,10,31], as Jackson writes dates unless told otherwise.
func listed(n *Node) (string, bool) {
	if len(n.Items) < 3 || len(n.Items) > 7 {
		return "", false
	}
	var parts [3]int
	for i := range n.Items {
		v, err := strconv.Atoi(string(n.Items[i].Raw))
		if err != nil || i > 2 && v != 0 {
			return "", false
		}
		if i < 3 {
			parts[i] = v
		}
	}
	s := fmt.Sprintf("%04d-%02d-%02d", parts[0], parts[1], parts[2])
	_, err := time.Parse(iso, s)
	return s, err == nil
}

// epoch reads seconds or milliseconds since 1970, and 20261031.
func epoch(s string) (day, bool) {
	v, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil:
		return day{}, false
	case len(s) == 8:
		return textDay(s)
	case v%1000 == 0 && v > 1e11 && v < 1e13:
		return day{readings: []Days{EpochMillis}, instant: time.UnixMilli(v).UTC()}, true
	case v > 1e8 && v < 1e10:
		return day{readings: []Days{EpochSecs}, instant: time.Unix(v, 0).UTC()}, true
	default:
		return day{}, false
	}
}

func textDay(s string) (day, bool) {
	var d day
	for _, l := range layouts {
		if !resembles(s, l.layout) {
			continue // time.Parse would make an error of it, which is most of its cost
		}
		if t, err := time.Parse(l.layout, s); err == nil {
			d.readings = append(d.readings, l.days)
			if l.days == TimedDays {
				d.instant, d.local = t, true
			}
		}
	}
	if d.readings != nil {
		return d, true
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999Z0700", "2006-01-02 15:04:05", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			hour, minute, second := t.Clock()
			ofItsOwn := hour+minute+second == 0 && t.Nanosecond() == 0
			return day{readings: []Days{TimedDays}, instant: t, local: ofItsOwn || !strings.HasSuffix(s, "Z")}, true
		}
	}
	return day{}, false
}

// resembles reports that a text has a layout's marks where the layout has them.
// It may be longer, for a fraction of a second.
func resembles(s, layout string) bool {
	if len(s) < len(layout) {
		return false
	}
	for i := range len(layout) {
		if mark := layout[i] < '0' || layout[i] > '9'; mark && s[i] != layout[i] {
			return false
		}
	}
	return true
}

var (
	errDays  = errors.New("the dates are written in a form that is not certain")
	errClock = errors.New("the dates carry times that are no beginning of a day")
)

// daysOf finds out how the dates of an answer are written: the one form under
// which all of them are dates.
func daysOf(all []day) (Days, error) {
	if len(all) == 0 {
		return ISODays, nil
	}
	common := slices.Clone(all[0].readings)
	timed, clocks := true, map[int]bool{}
	for _, d := range all {
		common = slices.DeleteFunc(common, func(one Days) bool { return !slices.Contains(d.readings, one) })
		timed = timed && !d.instant.IsZero()
		if !d.instant.IsZero() {
			at := d.instant
			if !d.local {
				at = at.UTC()
			}
			clocks[at.Hour()*60+at.Minute()] = true
		}
	}
	if len(common) == 0 && !slices.ContainsFunc(all, func(d day) bool { return !d.plain() }) {
		return ISODays, nil
	}
	if len(common) != 1 {
		return "", errDays
	}
	if !timed {
		return common[0], nil
	}
	return clocked(common[0], clocks)
}

// plain reports a date as Fiskl documents it, with midnight behind it or not.
func (d day) plain() bool {
	hour, minute, second := d.instant.Clock()
	return slices.Contains(d.readings, ISODays) || d.local && hour+minute+second == 0
}

// clocked is the form of dates that carry these times of the day, in minutes.
// All at midnight are dates as they stand. All at one other full hour are the
// beginning of a day elsewhere: an evening in UTC is midnight east of it.
func clocked(d Days, clocks map[int]bool) (Days, error) {
	if len(clocks) != 1 {
		return "", errClock
	}
	for minutes := range clocks {
		switch {
		case minutes == 0:
			return d, nil
		case d != TimedDays:
			return "", errClock
		case minutes >= 13*60 && minutes%15 == 0:
			return offsetDays(24*60 - minutes), nil
		case minutes <= 9*60 && minutes%15 == 0:
			return offsetDays(-minutes), nil
		}
	}
	return "", errClock
}

func offsetDays(minutes int) Days {
	sign := "+"
	if minutes < 0 {
		sign, minutes = "-", -minutes
	}
	return Days(fmt.Sprintf("%s%s%02d:%02d", midnight, sign, minutes/60, minutes%60))
}

// read turns a date of this form into YYYY-MM-DD.
func (d Days) read(n *Node) (string, bool) {
	if n.Type == Array {
		s, ok := listed(n)
		return s, ok && d == ListedDays
	}
	got, ok := readDay(n)
	if !ok {
		return "", false
	}
	if offset, ok := strings.CutPrefix(string(d), midnight); ok {
		zone, err := time.Parse("-07:00", offset)
		return got.instant.In(zone.Location()).Format(iso), err == nil && !got.instant.IsZero()
	}
	if !got.instant.IsZero() {
		return got.instant.Format(iso), got.is(d)
	}
	if layout := d.layout(); layout != "" {
		t, err := time.Parse(layout, n.String())
		return t.Format(iso), err == nil
	}
	return "", false
}

// is reports a timestamp that stands for its day in a form. Midnight as written
// may be what is left of a plain date.
func (d day) is(form Days) bool {
	return slices.Contains(d.readings, form) || form == UTCDays || form == ISODays && d.plain()
}

// write turns YYYY-MM-DD into this form.
func (d Days) write(s string) (Node, error) {
	t, err := time.Parse(iso, s)
	if err != nil {
		return Node{}, fmt.Errorf("%q is not a date", s)
	}
	if offset, ok := strings.CutPrefix(string(d), midnight); ok {
		zone, err := time.Parse(iso+"-07:00", s+offset)
		return Text(zone.UTC().Format(time.RFC3339)), err
	}
	switch d {
	case "":
		return Text(s), nil
	case UTCDays:
		return Text(s + "T00:00:00Z"), nil
	case ListedDays:
		return Node{Type: Array, Items: []Node{number(t.Year()), number(int(t.Month())), number(t.Day())}}, nil
	case EpochMillis:
		return number(int(t.UnixMilli())), nil
	case EpochSecs:
		return number(int(t.Unix())), nil
	default:
		if layout := d.layout(); layout != "" {
			return Text(t.Format(layout)), nil
		}
		return Node{}, fmt.Errorf("dates are not written as %q", d)
	}
}

func number(n int) Node { return Node{Type: Number, Raw: []byte(strconv.Itoa(n))} }

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && len(s) <= 40
}
