package writepolicy

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// ceiling holds an amount against the ceiling for one of its kind. What is paid
// on one invoice in a day counts as one amount, in however many payments.
func (l Limits) ceiling(entries []journal.Entry, w fisklapi.Write, now time.Time, company Company) error {
	most, has, err := ceilingOf(l.Ceilings, w, "FISKL_MAX_AMOUNT")
	if err != nil || !has {
		return err
	}
	if w.Amount.Decimal().GreaterThan(most.Decimal()) {
		return &Error{fmt.Sprintf("%s %s is above this server's ceiling of %s %s for one payment or sent invoice (FISKL_MAX_AMOUNT). A person can do it in the Fiskl app",
			w.Amount, w.Currency, most, w.Currency)}
	}
	if !pays(w) {
		return nil
	}
	paid := sum(entries, now, company, func(o fisklapi.Write) bool { return pays(o) && o.ID == w.ID })
	if paid.Add(w.Amount.Decimal()).GreaterThan(most.Decimal()) {
		return &Error{fmt.Sprintf("with %s %s this server would have recorded %s %s on invoice %s today, above its ceiling of %s %s for what is paid on one invoice in a day (FISKL_MAX_AMOUNT). A person can do it in the Fiskl app",
			w.Amount, w.Currency, words(paid.Add(w.Amount.Decimal()), w.Amount), w.Currency, schemas.Name(w.Name), most, w.Currency)}
	}
	return nil
}

// dayCeiling holds what is sent or paid in a day against its own ceiling. An
// invoice that is sent again counts once.
func (l Limits) dayCeiling(entries []journal.Entry, w fisklapi.Write, kind func(fisklapi.Write) bool, what string, now time.Time, company Company) error {
	most, has, err := ceilingOf(l.DayCeilings, w, "FISKL_MAX_AMOUNT_PER_DAY")
	if err != nil || !has {
		return err
	}
	done := sum(entries, now, company, func(o fisklapi.Write) bool {
		return kind(o) && strings.EqualFold(o.Currency, w.Currency) && (!sends(o) || o.ID != w.ID)
	})
	if done.Add(w.Amount.Decimal()).GreaterThan(most.Decimal()) {
		return &Error{fmt.Sprintf("with %s %s the %s of today would come to %s %s, above this server's ceiling of %s %s a day %s (FISKL_MAX_AMOUNT_PER_DAY). It starts anew at midnight, %s",
			w.Amount, w.Currency, what, words(done.Add(w.Amount.Decimal()), w.Amount), w.Currency, most, w.Currency, company.whose(), midnight(now, company.Zone).Format("2006-01-02 15:04 MST"))}
	}
	return nil
}

// ceilingOf is the ceiling for the currency of a write. An amount that is not
// known is above any.
func ceilingOf(ceilings map[string]schemas.Money, w fisklapi.Write, setting string) (most schemas.Money, has bool, err error) {
	if len(ceilings) == 0 {
		return "", false, nil
	}
	most, ok := ceilings[strings.ToUpper(w.Currency)]
	switch {
	case !ok:
		return "", false, &Error{fmt.Sprintf("this server has a ceiling for amounts in %s and none for %s (%s), so it does not act on amounts in %s",
			strings.Join(slices.Sorted(maps.Keys(ceilings)), ", "), w.Currency, setting, w.Currency)}
	case w.Amount == "":
		return "", false, &Error{fmt.Sprintf("what this comes to is not known, and this server has a ceiling for amounts (%s)", setting)}
	default:
		return most, true, nil
	}
}

// sum adds up what was or may have been done today; of one invoice that was
// sent several times, once.
func sum(entries []journal.Entry, now time.Time, company Company, counts func(fisklapi.Write) bool) decimal.Decimal {
	today := schemas.NewDate(now.In(company.Zone))
	total, sent := decimal.Zero, make(map[schemas.ID]bool)
	for _, e := range entries {
		if !possiblyApplied(e) || !counts(e.Write) || schemas.NewDate(e.Begun.In(company.Zone)).Before(today) {
			continue
		}
		if sends(e.Write) {
			if sent[e.Write.ID] {
				continue
			}
			sent[e.Write.ID] = true
		}
		total = total.Add(e.Write.Amount.Decimal())
	}
	return total
}

// words writes a sum with as many decimals as an amount of its currency has.
func words(sum decimal.Decimal, like schemas.Money) string {
	_, fraction, _ := strings.Cut(string(like), ".")
	return sum.StringFixed(max(int32(len(fraction)), -sum.Exponent())) //nolint:gosec // a handful of digits
}
