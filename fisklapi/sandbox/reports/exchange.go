package reports

import (
	"cmp"
	"slices"
	"sort"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// holding is what an account holds of one foreign currency, day by day.
type holding struct {
	account  ledger.Code
	currency string
	days     []held
}

// held is what is held at the end of a day, in the foreign currency and at the rates it was booked at.
type held struct {
	date         Date
	amount, base Minor
}

// holdForeign follows what is owed or kept in foreign currency: receivables, payables and the accounts that are kept in
// a currency of their own. A payment in dollars to an account in pounds is pounds from that day on.
func (v *view) holdForeign(l *ledger.Ledger) {
	for code, a := range v.accounts {
		kept, _ := l.Chart().ByCode(code)
		if !control(code) && (kept.Currency == l.BaseCurrency() || ofResult(kept)) {
			continue
		}
		byCurrency := map[string]*holding{}
		for _, e := range a.entries {
			p := v.lines[e.line].Posting
			if p.Currency == l.BaseCurrency() {
				continue
			}
			h := byCurrency[p.Currency]
			if h == nil {
				h = &holding{account: code, currency: p.Currency}
				byCurrency[p.Currency] = h
			}
			h.add(e.date, p)
		}
		for _, h := range byCurrency {
			v.foreign = append(v.foreign, *h)
		}
	}
	slices.SortFunc(v.foreign, func(a, b holding) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.currency, b.currency))
	})
}

func (h *holding) add(day Date, p ledger.Posting) {
	now := held{date: day, amount: p.Amount, base: p.Base}
	if n := len(h.days); n > 0 {
		now.amount += h.days[n-1].amount
		now.base += h.days[n-1].base
	}
	h.days = append(h.days, now)
}

// at is what is held at the end of a day.
func (h *holding) at(day Date) held {
	n := sort.Search(len(h.days), func(i int) bool { return h.days[i].date > day })
	if n == 0 {
		return held{}
	}
	return h.days[n-1]
}

// gain is what one account's foreign holdings are worth beyond what they are booked at.
type gain struct {
	account ledger.Code
	amount  Minor // Positive is a gain, on assets and on liabilities alike.
}

// unrealised revalues what is held at the end of a day at the day's rates.
func (r *Reports) unrealised(v *view, day Date) []gain {
	var out []gain
	for i := range v.foreign {
		h := &v.foreign[i]
		held := h.at(day)
		if worth := held.amount.Times(r.books.Rate(h.currency, min(day, r.books.Today()))); worth != held.base {
			out = append(out, gain{h.account, worth - held.base})
		}
	}
	return out
}

// unrealisedTotal is the unrealised gain that a day's position holds.
func (r *Reports) unrealisedTotal(v *view, day Date) Minor {
	var sum Minor
	for _, g := range r.unrealised(v, day) {
		sum += g.amount
	}
	return sum
}

// unrealisedOver is how much the unrealised gain grew in a period.
func (r *Reports) unrealisedOver(v *view, p Period) Minor {
	return r.unrealisedTotal(v, p.End) - r.unrealisedTotal(v, p.Start.AddDays(-1))
}
