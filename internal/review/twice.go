package review

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// near is how many days may lie between two records that are one.
const near = 7

// entry is a record that may be in the books twice.
type entry struct {
	who       string // contact
	amount    schemas.Money
	currency  string
	reference string
	date      schemas.Date
	evidence  schemas.Evidence
	base      schemas.Money // in the base currency; empty where it is not known
}

// same is what two entries must share.
func (e entry) same() [3]string {
	return [3]string{strings.ToLower(e.who), e.amount.Decimal().Abs().String(), e.currency}
}

// plainReference is a reference without what people write differently.
func plainReference(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, s)
}

// pairs finds entries of one contact and amount that are likely one, of which
// the later is dated in the period or after it: those with the same reference,
// and those a few days apart, unless the contact bills that amount so often.
func (b *Books) pairs(entries []entry, days int) (out [][2]entry) {
	groups := make(map[[3]string][]entry)
	var order [][3]string
	for _, e := range entries {
		if e.who == "" || e.amount.Decimal().IsZero() {
			continue
		}
		if groups[e.same()] == nil {
			order = append(order, e.same())
		}
		groups[e.same()] = append(groups[e.same()], e)
	}
	for _, key := range order {
		group := groups[key]
		slices.SortStableFunc(group, func(x, y entry) int { return cmp.Compare(x.date, y.date) })
		often, standing := usualGap(group) <= days+days/2, standingReferences(group)
		for i := 1; i < len(group); i++ {
			if j := earlier(group[:i], group[i], days, often, standing); j >= 0 && b.recent(group[i].date) {
				out = append(out, [2]entry{group[j], group[i]})
			}
		}
	}
	return out
}

// earlier finds the entry before one that is likely the same; -1 when none is.
func earlier(before []entry, e entry, days int, often bool, standing map[string]bool) int {
	reference := plainReference(e.reference)
	if standing[reference] {
		reference = ""
	}
	for i, other := range slices.Backward(before) {
		if reference != "" && plainReference(other.reference) == reference {
			return i
		}
		if !often && apart(other.date, e.date) <= days {
			return i
		}
	}
	return -1
}

// standingReferences are those that three or more of a group carry on days of
// their own, as a customer number is that stands on every bill.
func standingReferences(group []entry) map[string]bool {
	days := make(map[string]map[schemas.Date]bool)
	for _, e := range group {
		reference := plainReference(e.reference)
		if days[reference] == nil {
			days[reference] = make(map[schemas.Date]bool)
		}
		days[reference][e.date] = true
	}
	standing := make(map[string]bool)
	for reference, on := range days {
		standing[reference] = len(on) >= 3
	}
	return standing
}

// fewest is how many equal entries make a habit.
const fewest = 4

// usualGap is the median of the days between equal entries; very large where
// there are too few to tell.
func usualGap(group []entry) int {
	if len(group) < fewest {
		return 1 << 20
	}
	var gaps []int
	for i := 1; i < len(group); i++ {
		gaps = append(gaps, apart(group[i-1].date, group[i].date))
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// twice is the finding of a pair.
func (b *Books) twice(pair [2]entry, severity schemas.Severity, what string) finding {
	f := finding{Finding: schemas.Finding{
		Severity: severity, What: what, Evidence: []schemas.Evidence{pair[0].evidence, pair[1].evidence}, Next: history(pair[1].evidence),
	}}
	f = f.at(pair[1].amount.Decimal().Abs(), pair[1].currency, b.Currency)
	if pair[1].base != "" {
		f.weight = pair[1].base.Decimal().Abs()
	}
	return f
}

// sameReference reports that both of a pair carry one reference.
func sameReference(pair [2]entry) bool {
	r := plainReference(pair[0].reference)
	return r != "" && r == plainReference(pair[1].reference)
}
