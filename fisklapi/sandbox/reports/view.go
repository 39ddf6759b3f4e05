package reports

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// line is one posting as a basis sees it.
type line struct {
	ledger.Posting
	date        Date
	transaction int32 // Its place in the ledger.
	place       int32 // The posting's place in its transaction or, on the cash basis, in the document it is a share of.
}

// view is the ledger as one basis sees it, indexed by account and date.
type view struct {
	length   int    // Of the ledger when the view was made.
	lines    []line // By transaction.
	first    []int32
	accounts map[ledger.Code]*account
	foreign  []holding
}

// newView reads a whole ledger.
func newView(l *ledger.Ledger, basis Basis, yearEnd string) *view {
	v := &view{
		length: l.Len(), accounts: map[ledger.Code]*account{},
		lines: make([]line, 0, countPostings(l)), first: make([]int32, 0, l.Len()+1),
	}
	recognise := v.asPosted
	if basis == Cash {
		recognise = newRecogniser(v).asPaid
	}
	n := int32(0)
	for t := range l.Transactions() {
		v.first = append(v.first, int32(len(v.lines))) //nolint:gosec // A ledger in memory is far smaller.
		recognise(n, t)
		n++
	}
	v.first = append(v.first, int32(len(v.lines))) //nolint:gosec // As above.
	v.index()
	v.holdForeign(l)
	v.closeYears(l.Chart(), yearEnd)
	return v
}

// countPostings sizes a view: the cash basis has about as many lines as were posted.
func countPostings(l *ledger.Ledger) int {
	n := 0
	for t := range l.Transactions() {
		for range t.Postings() {
			n++
		}
	}
	return n
}

// asPosted takes a transaction as it is.
func (v *view) asPosted(n int32, t ledger.Transaction) {
	place := int32(0)
	for p := range t.Postings() {
		v.add(line{p, t.Date(), n, place})
		place++
	}
}

func (v *view) add(l line) { v.lines = append(v.lines, l) }

// of are all lines of a transaction.
func (v *view) of(transaction int32) []line {
	return v.lines[v.first[transaction]:v.first[transaction+1]]
}

// index sorts every account's lines by date and adds them up.
func (v *view) index() {
	counts := map[ledger.Code]int{}
	for i := range v.lines {
		counts[v.lines[i].Account]++
	}
	for code, n := range counts {
		v.accounts[code] = &account{entries: make([]entry, 0, n)}
	}
	for i, l := range v.lines {
		a := v.accounts[l.Account]
		a.entries = append(a.entries, entry{date: l.date, line: int32(i), amount: l.Base})
	}
	for _, a := range v.accounts {
		a.order()
	}
}

// closeYears carries the results of every fiscal year to Retained Earnings at the start of the next.
func (v *view) closeYears(chart *ledger.Chart, yearEnd string) {
	closings := map[ledger.Code][]entry{}
	add := func(code ledger.Code, day Date, amount Minor) {
		if amount != 0 {
			closings[code] = append(closings[code], entry{date: day, line: closing, amount: amount})
		}
	}
	for _, year := range v.years(yearEnd) {
		next := year.End.AddDays(1)
		var result Minor
		for code, a := range v.accounts {
			if kept, _ := chart.ByCode(code); ofResult(kept) {
				moved := a.moved(year)
				add(code, next, -moved)
				result += moved
			}
		}
		add(ledger.RetainedEarnings, next, result)
	}
	for code, entries := range closings {
		a := v.account(code)
		a.entries = append(a.entries, entries...)
		a.order()
		v.accounts[code] = a
	}
}

// years are the fiscal years that have lines. The last year of the calendar has no next one to be carried to.
func (v *view) years(yearEnd string) []Period {
	var out []Period
	day, some := v.earliest("")
	for some {
		start := books.FiscalYearStart(day, yearEnd)
		next := books.FiscalYearStart(start.AddDays(daysBeyondAYear), yearEnd)
		if next <= day {
			break
		}
		out = append(out, Period{start, next.AddDays(-1)})
		day, some = v.earliest(next)
	}
	return out
}

// daysBeyondAYear lead from the start of any year into the next year.
const daysBeyondAYear = 370

// earliest is the first day from a day on that has a line.
func (v *view) earliest(from Date) (day Date, some bool) {
	for _, a := range v.accounts {
		if n := a.before(from); n < len(a.entries) && (!some || a.entries[n].date < day) {
			day, some = a.entries[n].date, true
		}
	}
	return day, some
}

// balance is what an account holds at the end of a day, results of earlier fiscal years carried over.
func (v *view) balance(code ledger.Code, day Date) Minor { return v.account(code).balance(day) }

// moved is what a period's transactions moved an account by.
func (v *view) moved(code ledger.Code, p Period) Minor { return v.account(code).moved(p) }

func (v *view) account(code ledger.Code) *account {
	if a := v.accounts[code]; a != nil {
		return a
	}
	return &account{}
}

// ofResult tells the accounts whose balance is carried to equity at the end of a year.
func ofResult(a ledger.Account) bool { return a.Type == ledger.Income || a.Type == ledger.Expenses }
