package demo

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
)

// startAge is how many days ago the company moved its books to Fiskl.
const startAge = 605

// Company opens the books of the demo company with all its history. The seed varies small details.
func Company(now func() time.Time, seed uint64) (*books.Books, error) {
	b, err := open(now)
	if err != nil {
		return nil, err
	}
	h := &history{
		books: b, today: b.Today(), present: now(), seed: seed, age: startAge,
		clients: map[string]int64{}, vendors: map[string]int64{}, products: map[string]int64{},
	}
	return h.carriedOut(plans(), now)
}

// carriedOut are the books after the history that some plans make.
func (h *history) carriedOut(plans []func(*history), now func() time.Time) (*books.Books, error) {
	for _, plan := range plans {
		plan(h)
	}
	if err := h.play(); err != nil {
		return nil, err
	}
	h.books.SetClock(now)
	return h.books, nil
}

// plans are the parts of the history. What falls on one moment happens in this order.
func plans() []func(*history) {
	return []func(*history){
		planOpening, planPeople, planCatalogue, planSelfBilling, planSales, planQuotes, planPurchases, planStories, planCard,
		planPayroll, planEquipment, planInsurance, planLoan, planBanking, planFreelancers, planSettlements, planCorrections,
		planLock, planCompanyTax,
	}
}

// history collects what happened, and then plays it in order of time.
type history struct {
	books    *books.Books
	today    books.Date
	present  time.Time
	seed     uint64
	age      int // Days since the company moved its books to Fiskl.
	events   []event
	clients  map[string]int64
	vendors  map[string]int64
	products map[string]int64
}

// event is one thing that happened at one moment.
type event struct {
	at time.Time
	do func() error
}

// ago plans an event so many days ago at a time of day, in minutes after midnight. What would lie in the future never
// happens; what lies later today happens now.
func (h *history) ago(days, minute int, do func() error) {
	if days >= 0 {
		h.on(h.today.AddDays(-days), minute, do)
	}
}

// on plans an event on a day, which must not lie after today.
func (h *history) on(day books.Date, minute int, do func() error) {
	t := day.Time()
	at := time.Date(t.Year(), t.Month(), t.Day(), 0, minute, 0, 0, h.books.Zone())
	if at.After(h.present) {
		at = h.present
	}
	h.events = append(h.events, event{at, do})
}

// due plans an event on the morning of a day, unless that day is still to come.
func (h *history) due(day books.Date, do func() error) {
	if day <= h.today {
		h.on(day, 10*60, do)
	}
}

// play lets everything happen in order of time, each at its own moment.
func (h *history) play() error {
	slices.SortStableFunc(h.events, func(a, b event) int { return a.at.Compare(b.at) })
	for _, e := range h.events {
		h.books.SetClock(func() time.Time { return e.at })
		if err := e.do(); err != nil {
			return fmt.Errorf("demo history on %s: %w", e.at.Format(time.DateOnly), err)
		}
	}
	return nil
}

// monthly is the days of a series on the same day of every month, from the company's start up to today.
func (h *history) monthly(day int) []books.Date {
	var out []books.Date
	for month := h.start().MonthStart(0); month <= h.today; month = month.MonthStart(1) {
		if at := month.AddDays(day - 1); at > h.start() && at <= h.today {
			out = append(out, at)
		}
	}
	return out
}

// monthEnds is the last day of every month, from the company's start up to today.
func (h *history) monthEnds() []books.Date {
	var out []books.Date
	for month := h.start().MonthStart(0); month <= h.today; month = month.MonthStart(1) {
		if end := month.MonthStart(1).AddDays(-1); end > h.start() && end <= h.today {
			out = append(out, end)
		}
	}
	return out
}

// quarterEnds is the last day of every quarter of the calendar, which VAT and the fiscal year follow too.
func (h *history) quarterEnds() []books.Date {
	return slices.DeleteFunc(h.monthEnds(), func(day books.Date) bool { return day.Time().Month()%3 != 0 })
}

// start is the day the company moved its books to Fiskl.
func (h *history) start() books.Date { return h.today.AddDays(-h.age) }

// vary picks a number from 0 to most. The same seed, name and turn always pick the same.
func (h *history) vary(most int, name string, turn int) int {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(name))
	_, _ = sum.Write(binary.BigEndian.AppendUint64(nil, h.seed))
	_, _ = sum.Write(binary.BigEndian.AppendUint64(nil, uint64(turn))) //nolint:gosec // A turn is a small count.
	return int(sum.Sum64() % uint64(most+1))                           //nolint:gosec // The remainder is at most most.
}
