// Package complete suggests values for an argument while somebody types it:
// names of clients, numbers of invoices, periods. They come from the books of
// whoever asks, and can be used as they are.
//
// People type faster than books change, so what was read is kept for a short
// time, requests that come together share one reading, and no reading takes
// more than a few requests to the API.
package complete

import (
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Most is how many values the protocol lets one answer have.
const Most = 100

// maxTyped is how much of what was typed counts.
const maxTyped = 100

// Values are suggestions.
type Values struct {
	Values []string

	// Total is how many there are in all, shown or not; 0 also when nobody
	// knows.
	Total int

	// More says that there are, or may be, others than those shown.
	More bool
}

// Origin is where the values of an argument come from: a few that are known,
// or the books. The zero value has none.
type Origin struct {
	Choices []string
	Source  Source
}

// Bases are what reports can be on.
func Bases() []string { return []string{"accrual", "cash"} }

// Among suggests from all the values that there are.
func Among(all []string, typed string) Values { return among(list{values: all, whole: true}, typed) }

// list is what can be suggested from.
type list struct {
	values []string
	whole  bool // that is all there is
}

// among suggests those that begin with what was typed, then those that have it
// elsewhere, whatever the case.
func among(l list, typed string) Values {
	typed = strings.ToLower(schemas.Clean(typed, maxTyped))
	var first, rest []string
	for _, value := range l.values {
		switch i := strings.Index(strings.ToLower(value), typed); {
		case i == 0:
			first = append(first, value)
		case i > 0:
			rest = append(rest, value)
		}
	}
	all := slices.Concat(first, rest)
	v := Values{Values: all[:min(len(all), Most)], More: len(all) > Most || !l.whole}
	if l.whole {
		v.Total = len(all)
	}
	return v
}
