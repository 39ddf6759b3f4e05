package controls

import (
	"fmt"
	"maps"
	"slices"
	"strings"
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

	// Ceilings are the most that one payment or one sent invoice may come to,
	// by currency. None means no ceiling; once there is one, other currencies
	// are refused.
	Ceilings map[string]schemas.Money
}

// Unlimited allows everything.
func Unlimited() Limits { return Limits{SendsPerDay: -1, PaymentsPerDay: -1} }

// allow holds a write against the limits.
func (l Limits) allow(entries []journal.Entry, w fisklapi.Write, now time.Time, company Company) error {
	switch {
	case sends(w):
		if err := l.ceiling(w); err != nil {
			return err
		}
		return perDay(entries, sends, l.SendsPerDay, "sent invoices", "FISKL_MAX_SENDS_PER_DAY", now, company)
	case pays(w):
		if err := l.ceiling(w); err != nil {
			return err
		}
		return perDay(entries, pays, l.PaymentsPerDay, "payments", "FISKL_MAX_PAYMENTS_PER_DAY", now, company)
	default:
		return nil
	}
}

func (l Limits) ceiling(w fisklapi.Write) error {
	if len(l.Ceilings) == 0 {
		return nil
	}
	most, ok := l.Ceilings[strings.ToUpper(w.Currency)]
	if !ok {
		return &Error{fmt.Sprintf("this server has a ceiling for amounts in %s and none for %s (FISKL_MAX_AMOUNT), so it does not act on amounts in %s",
			strings.Join(slices.Sorted(maps.Keys(l.Ceilings)), ", "), w.Currency, w.Currency)}
	}
	if w.Amount.Decimal().GreaterThan(most.Decimal()) {
		return &Error{fmt.Sprintf("%s %s is above this server's ceiling of %s %s for one payment or sent invoice (FISKL_MAX_AMOUNT). A person can do it in the Fiskl app",
			w.Amount, w.Currency, most, w.Currency)}
	}
	return nil
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
		if may(e) && counts(e.Write) && !schemas.NewDate(e.Begun.In(company.Zone)).Before(today) {
			done++
		}
	}
	if done < most {
		return nil
	}
	if most == 0 {
		return &Error{fmt.Sprintf("this server allows no %s (%s is 0)", what, setting)}
	}
	return &Error{fmt.Sprintf("this server's limit of %d %s a day is reached for this company (%s). It starts anew at midnight, %s",
		most, what, setting, midnight(now, company.Zone).Format("2006-01-02 15:04 MST"))}
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
