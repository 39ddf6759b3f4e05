package adopt

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// moneySeen is how the document has one amount written.
type moneySeen struct {
	op   fisklapi.Operation
	part string
	form dialect.Money
	sure bool
}

// daysSeen is how it has one date written.
type daysSeen struct {
	op   fisklapi.Operation
	part string
	form dialect.Days
	sure bool
}

// settleMoney decides how amounts are written: as most are, and otherwise in the
// operations that differ. Two ways in one operation are never reconciled.
func (a *adoption) settleMoney() {
	byOp, count, sure := make(map[fisklapi.Operation]map[dialect.Money]string), make(map[dialect.Money]int), make(map[dialect.Money]bool)
	for _, m := range a.money {
		if byOp[m.op] == nil {
			byOp[m.op] = make(map[dialect.Money]string)
		}
		byOp[m.op][m.form] = cmp.Or(byOp[m.op][m.form], m.part)
		count[m.form]++
		sure[m.form] = sure[m.form] || m.sure
	}
	general := most(count, dialect.MinorUnits)
	if general != dialect.MinorUnits {
		a.dialect.Amounts = general
	}
	if len(a.money) > 0 && (general != dialect.MinorUnits || !sure[general]) {
		a.note(Finding{Grade: graded(sure[general]), Part: "amounts", Theirs: string(general), Why: fmt.Sprintf("of %d amounts %d are %s", len(a.money), count[general], described(sure[general]))})
	}
	for _, op := range slices.Sorted(maps.Keys(byOp)) {
		a.settleMoneyOf(op, byOp[op], general, sure)
	}
}

// settleMoneyOf does so for one operation. at has the forms that it has, each
// with a place where it does.
func (a *adoption) settleMoneyOf(op fisklapi.Operation, at map[dialect.Money]string, general dialect.Money, sure map[dialect.Money]bool) {
	forms := slices.Sorted(maps.Keys(at))
	switch {
	case len(forms) > 1:
		a.note(Finding{
			Grade: Missing, Required: true, Operation: op, Part: "amounts", Theirs: string(forms[0]) + ", " + string(forms[1]),
			Why: fmt.Sprintf("written in two ways: see %s and %s", at[forms[0]], at[forms[1]]),
		})
	case forms[0] != general:
		a.change(op, func(o *dialect.Operation) { o.Amounts = forms[0] })
		a.note(Finding{Grade: graded(sure[forms[0]]), Operation: op, Part: "amounts", Theirs: string(forms[0]), Why: "written otherwise than elsewhere"})
	}
}

// settleDays does so for dates. Dates with and without a time in one operation
// are read as they come.
func (a *adoption) settleDays() {
	byOp, count, sure := make(map[fisklapi.Operation]map[dialect.Days]bool), make(map[dialect.Days]int), make(map[dialect.Days]bool)
	for _, d := range a.days {
		if byOp[d.op] == nil {
			byOp[d.op] = make(map[dialect.Days]bool)
		}
		byOp[d.op][d.form] = true
		count[d.form]++
		sure[d.form] = sure[d.form] || d.sure
	}
	general := most(count, dialect.ISODays)
	if general != dialect.ISODays {
		a.dialect.Dates = general
		a.note(Finding{Grade: graded(sure[general]), Part: "dates", Theirs: string(general), Why: fmt.Sprintf("of %d dates %d are %s", len(a.days), count[general], described(sure[general]))})
	}
	for _, op := range slices.Sorted(maps.Keys(byOp)) {
		forms := slices.Sorted(maps.Keys(byOp[op]))
		switch {
		case len(forms) > 1:
			if general != dialect.ISODays {
				a.change(op, func(o *dialect.Operation) { o.Dates = dialect.ISODays })
			}
			a.note(Finding{Grade: Guessed, Operation: op, Part: "dates", Theirs: string(forms[0]) + ", " + string(forms[1]), Why: "written in two ways: a time that is not midnight will be refused"})
		case forms[0] != general:
			a.change(op, func(o *dialect.Operation) { o.Dates = forms[0] })
			a.note(Finding{Grade: graded(sure[forms[0]]), Operation: op, Part: "dates", Theirs: string(forms[0]), Why: "written otherwise than elsewhere"})
		}
	}
}

// most is what was counted most often; ours where that is as often.
func most[T ~string](count map[T]int, ours T) T {
	best := ours
	for _, one := range slices.Sorted(maps.Keys(count)) {
		if count[one] > count[best] {
			best = one
		}
	}
	return best
}

func graded(sure bool) Grade {
	if sure {
		return Certain
	}
	return Guessed
}

func described(sure bool) string {
	if sure {
		return "so by their description"
	}
	return "so by their type alone: the document does not say what their unit is"
}
