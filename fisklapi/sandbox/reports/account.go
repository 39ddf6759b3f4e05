package reports

import (
	"cmp"
	"slices"
	"sort"
)

// closing stands in for the line of an entry that carries a year's result over. Nothing was posted for it.
const closing = -1

// entry is one line on an account, with the account's sums after it.
type entry struct {
	date    Date
	line    int32 // In the view, or closing.
	amount  Minor
	moved   Minor // All lines so far, closings left out.
	balance Minor // All entries so far.
}

// account is one account's entries by date; on one day closings come first, then lines as they were posted.
type account struct{ entries []entry }

func (a *account) order() {
	slices.SortFunc(a.entries, func(x, y entry) int {
		return cmp.Or(cmp.Compare(x.date, y.date), cmp.Compare(x.line, y.line))
	})
	var moved, balance Minor
	for i := range a.entries {
		e := &a.entries[i]
		balance += e.amount
		if e.line != closing {
			moved += e.amount
		}
		e.moved, e.balance = moved, balance
	}
}

// until counts the entries up to the end of a day.
func (a *account) until(day Date) int {
	return sort.Search(len(a.entries), func(i int) bool { return a.entries[i].date > day })
}

// before counts the entries before a day. What is carried over at the start of the day counts as before it.
func (a *account) before(day Date) int {
	return sort.Search(len(a.entries), func(i int) bool {
		e := a.entries[i]
		return e.date > day || e.date == day && e.line != closing
	})
}

// balance is what the account holds at the end of a day.
func (a *account) balance(day Date) Minor {
	if n := a.until(day); n > 0 {
		return a.entries[n-1].balance
	}
	return 0
}

// opening is what the account holds at the start of a day.
func (a *account) opening(day Date) Minor {
	if n := a.before(day); n > 0 {
		return a.entries[n-1].balance
	}
	return 0
}

// moved is what a period's lines come to.
func (a *account) moved(p Period) Minor {
	var sum Minor
	if n := a.until(p.End); n > 0 {
		sum = a.entries[n-1].moved
	}
	if n := a.before(p.Start); n > 0 {
		sum -= a.entries[n-1].moved
	}
	return sum
}

// within are the entries of a period. What is carried over at its very start belongs to the opening balance.
func (a *account) within(p Period) []entry { return a.entries[a.before(p.Start):a.until(p.End)] }
