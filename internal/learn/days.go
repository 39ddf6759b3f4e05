package learn

import (
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// byDates takes dates by their order: what was issued is due later.
func (s *session) byDates(r *reading, l level, spots []spot) bool {
	var lacking []dialect.Field
	var places []spot
	for _, f := range l.lacking(r.mapping) {
		if f.Form.Kind == dialect.Day && wanted(f) {
			lacking = append(lacking, f)
			places = slices.DeleteFunc(l.free(f, r.mapping, spots), func(c spot) bool { return !c.days() })
		}
	}
	switch {
	case len(lacking) == 1 && len(places) == 1:
		r.put(l, lacking[0], places[0].where, "it is the only date that is left")
		return true
	case len(lacking) == 2 && len(places) == 2:
		return s.ordered(r, l, lacking, places)
	default:
		return false
	}
}

// days reports dates without a time of the day.
func (s spot) days() bool {
	clocks := make(map[string]bool)
	for _, n := range s.there() {
		if _, clock, timed := strings.Cut(n.String(), "T"); timed && n.Type == dialect.String {
			clocks[clock] = true
			if clock > "04" && clock < "20" {
				return false // no beginning of a day anywhere
			}
		}
	}
	return len(clocks) <= 2
}

// ordered places two dates of which one is never after the other.
func (s *session) ordered(r *reading, l level, fields []dialect.Field, places []spot) bool {
	read := func(c spot, i int) string {
		if c.values[i] == nil {
			return ""
		}
		form := &dialect.Form{Kind: dialect.Day}
		out, err := dialect.Mapping{Days: first(r.mapping.Days, s.days)}.Read(form, c.values[i])
		if err != nil {
			return ""
		}
		return out.String()
	}
	before, after := 0, 0
	for i := range l.nodes {
		a, b := read(places[0], i), read(places[1], i)
		switch {
		case a == "" || b == "":
		case a < b:
			before++
		case a > b:
			after++
		}
	}
	if before > 0 == (after > 0) {
		return false
	}
	if after > 0 {
		places[0], places[1] = places[1], places[0]
	}
	r.put(l, fields[0], places[0].where, "it is never after "+places[1].where)
	r.put(l, fields[1], places[1].where, "it is never before "+places[0].where)
	return true
}

func first(own, general dialect.Days) dialect.Days {
	if own != "" {
		return own
	}
	return general
}

// dated reports a place that holds dates.
func (s spot) dated() bool { return s.days() && s.fits(dialect.Day) }
