package review

import (
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// repeatedPayments finds payments received, payments of bills and direct
// payments that look twice entered, and bills that were paid a second time as a
// direct payment.
func repeatedPayments(b *Books) (out []finding) {
	var received []entry
	for _, p := range b.Payments {
		if p.Invoice == "" {
			continue
		}
		received = append(received, entry{p.Client + "\n" + p.Invoice, p.Amount, p.Currency, "", p.Date, ofPayment(p, ""), ""})
	}
	for _, pair := range b.pairs(received, near) {
		out = append(out, b.twice(pair, schemas.SeverityMedium, "two payments of one amount on one invoice, "+daysApart(pair)))
	}
	for _, pair := range b.pairs(b.billPayments(), 1) {
		if sameReference(pair) {
			out = append(out, b.twice(pair, schemas.SeverityHigh, "one bill paid twice with the same amount, "+daysApart(pair)))
		}
	}
	spent := b.spent()
	for _, pair := range b.pairs(spent, fewDays) {
		out = append(out, b.twice(pair, schemas.SeverityMedium, "two direct payments of one amount to one payee, "+daysApart(pair)))
	}
	return append(out, b.paidAsWell(spent)...)
}

func daysApart(pair [2]entry) string {
	return plural(apart(pair[0].date, pair[1].date), "day", "days") + " apart"
}

// fewDays is how many days a bank feed and a person may be apart.
const fewDays = 3

// spent is what was paid directly from a bank, cash or card account, without a
// bill. Amounts that are nothing beside the company's sales are left out: two
// equal fares a day are no mistake.
func (b *Books) spent() (out []entry) {
	floor := b.size().Shift(-2)
	if floor.IsZero() {
		return nil
	}
	for _, l := range b.Cash {
		amount := l.Amount.Decimal()
		if !amount.IsNegative() || journal(l) || l.Number != "" || l.Contact == "" || amount.Abs().LessThan(floor) || transfer(l) {
			continue
		}
		out = append(out, b.lineEntry(l))
	}
	return out
}

func transfer(l schemas.LedgerLine) bool {
	kind := strings.ToLower(l.Type)
	return strings.Contains(kind, "transfer") || strings.Contains(kind, "bill") || strings.Contains(kind, "invoice")
}

// paidAsWell finds bills whose vendor was also paid the same amount directly. A
// payment is held against the nearest bill only.
func (b *Books) paidAsWell(spent []entry) (out []finding) {
	bills := b.bills()
	for _, s := range spent {
		nearest := -1
		for i, bill := range bills {
			if bill.same() == s.same() && apart(bill.date, s.date) <= Around && (nearest < 0 || apart(bill.date, s.date) < apart(bills[nearest].date, s.date)) {
				nearest = i
			}
		}
		if nearest >= 0 {
			out = append(out, b.twice([2]entry{bills[nearest], s}, schemas.SeverityMedium, "a bill, and a direct payment of the same amount to its vendor: the cost may count twice"))
		}
	}
	return out
}
