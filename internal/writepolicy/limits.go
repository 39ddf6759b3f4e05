package writepolicy

import (
	"fmt"
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Limits bound what an agent may do to one company's books. They are counted
// in its journal, and so hold across restarts and processes.
type Limits struct {
	SendsPerDay    int // negative means no limit
	PaymentsPerDay int // negative means no limit
	WritesPerHour  int // of every kind, drafts and clients too; negative means no limit

	// Ceilings are the most that one sent invoice, or what is paid on one
	// invoice in a day, may come to, by currency. None means no ceiling; once
	// there is one, other currencies are refused.
	Ceilings map[string]schemas.Money

	// DayCeilings are the most that all sent invoices of a day, and all payments
	// of a day, may come to, likewise.
	DayCeilings map[string]schemas.Money
}

// Unlimited allows everything.
func Unlimited() Limits { return Limits{SendsPerDay: -1, PaymentsPerDay: -1, WritesPerHour: -1} }

// allow holds a write against the limits.
func (l Limits) allow(entries []journal.Entry, w fisklapi.Write, now time.Time, company Company) error {
	kind, most, what, setting := sends, l.SendsPerDay, "sent invoices", "FISKL_MAX_SENDS_PER_DAY"
	if pays(w) {
		kind, most, what, setting = pays, l.PaymentsPerDay, "payments", "FISKL_MAX_PAYMENTS_PER_DAY"
	}
	if !kind(w) {
		return l.perHour(entries, now, company)
	}
	if err := l.ceiling(entries, w, now, company); err != nil {
		return err
	}
	if err := l.dayCeiling(entries, w, kind, what, now, company); err != nil {
		return err
	}
	if err := perDay(entries, kind, most, what, setting, now, company); err != nil {
		return err
	}
	return l.perHour(entries, now, company)
}

// perHour counts every write of the last sixty minutes. What lies in the future
// counts too, so that a clock set back frees nothing.
func (l Limits) perHour(entries []journal.Entry, now time.Time, company Company) error {
	most := l.WritesPerHour
	if most < 0 {
		return nil
	}
	if most == 0 {
		return &Error{"this server allows no changes (FISKL_MAX_WRITES_PER_HOUR is 0)"}
	}
	var begun []time.Time
	for _, e := range entries {
		if possiblyApplied(e) && now.Sub(e.Begun) < time.Hour {
			begun = append(begun, e.Begun)
		}
	}
	if len(begun) < most {
		return nil
	}
	slices.SortFunc(begun, time.Time.Compare)
	return &Error{fmt.Sprintf("this server's limit of %d changes an hour, of any kind, is reached %s (FISKL_MAX_WRITES_PER_HOUR). The next is possible at %s UTC. If this many were not asked for, stop and tell the person",
		most, company.whose(), clock(begun[len(begun)-most].Add(time.Hour)))}
}

// perDay counts what was or may have been done since the company's midnight.
// What lies in the future counts too, so that a clock set back frees nothing.
func perDay(entries []journal.Entry, counts func(fisklapi.Write) bool, most int, what, setting string, now time.Time, company Company) error {
	if most < 0 {
		return nil
	}
	today := schemas.NewDate(now.In(company.Zone))
	done := 0
	for _, e := range entries {
		if possiblyApplied(e) && counts(e.Write) && !schemas.NewDate(e.Begun.In(company.Zone)).Before(today) {
			done++
		}
	}
	if done < most {
		return nil
	}
	if most == 0 {
		return &Error{fmt.Sprintf("this server allows no %s (%s is 0)", what, setting)}
	}
	return &Error{fmt.Sprintf("this server's limit of %d %s a day is reached %s (%s). It starts anew at midnight, %s",
		most, what, company.whose(), setting, midnight(now, company.Zone).Format("2006-01-02 15:04 MST"))}
}

// midnight is when the next day begins. Where summer time begins at midnight,
// that is at one o'clock.
func midnight(now time.Time, zone *time.Location) time.Time {
	y, m, d := now.In(zone).Date()
	t := time.Date(y, m, d+1, 0, 0, 0, 0, zone)
	if t.Hour() == 23 {
		return t.Add(time.Hour)
	}
	return t
}
