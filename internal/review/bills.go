package review

import (
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// lineEntry is a line of the ledger as something that may be there twice.
func (b *Books) lineEntry(l schemas.LedgerLine) entry {
	amount, currency := b.paper(l)
	return entry{l.Contact, amount, currency, l.Number, l.Date, b.ofLine(l), l.Amount}
}

// journal reports a line that somebody posted by hand, whose amounts may repeat.
func journal(l schemas.LedgerLine) bool {
	return strings.Contains(strings.ToLower(l.Type), "journal") || strings.Contains(strings.ToLower(l.Type), "opening")
}

// bills are the bills among the lines of accounts payable: what is owed more.
func (b *Books) bills() (out []entry) {
	for _, l := range b.Payable {
		if l.Amount.Decimal().IsNegative() && !journal(l) {
			out = append(out, b.lineEntry(l))
		}
	}
	return out
}

// billPayments are what was paid of bills.
func (b *Books) billPayments() (out []entry) {
	for _, l := range b.Payable {
		if l.Amount.Decimal().IsPositive() && !journal(l) {
			out = append(out, b.lineEntry(l))
		}
	}
	return out
}

// repeatedBills finds bills of one vendor with the same amount and the same
// reference, or a few days apart.
func repeatedBills(b *Books) (out []finding) {
	for _, pair := range b.pairs(b.bills(), near) {
		days := daysApart(pair)
		if sameReference(pair) {
			out = append(out, b.twice(pair, schemas.SeverityHigh, "two bills of one vendor with the same amount and the same reference, "+days))
			continue
		}
		out = append(out, b.twice(pair, schemas.SeverityMedium, "two bills of one vendor with the same amount, "+days))
	}
	return out
}
