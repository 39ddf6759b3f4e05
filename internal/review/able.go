package review

import (
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// What was read may lack what a check goes by, and the check would find nothing
// and say so. These say why a check cannot be made; empty where it can.

// nameless reports that more than one in five lines name no contact. Journals
// never do.
func nameless(lines []schemas.LedgerLine) bool {
	all, without := 0, 0
	for _, l := range lines {
		if journal(l) {
			continue
		}
		all++
		if l.Contact == "" {
			without++
		}
	}
	return without*5 > all
}

func namelessBills(b *Books) string {
	if nameless(b.Payable) {
		return "the lines of accounts payable do not name the vendor"
	}
	return ""
}

func untoldTax(b *Books) string {
	sale := func(l schemas.LedgerLine) bool { return l.Contact != "" && !journal(l) }
	switch {
	case nameless(b.Sales):
		return "the lines of income accounts do not name the client"
	case slices.ContainsFunc(b.Sales, func(l schemas.LedgerLine) bool { return sale(l) && l.Tax == "" }):
		return "the lines of income accounts do not say their tax"
	default:
		return ""
	}
}

// unlike says why the months cannot be held against one another. A company that
// is new has none to be held against.
func unlike(b *Books) string {
	judged := b.judged()
	switch {
	case !slices.ContainsFunc(b.Months.Sections, func(s schemas.Section) bool { return kindOf(s.Name) == revenue || kindOf(s.Name) == expenses }):
		return "no section of the profit and loss is known as sales or expenses"
	case len(judged) == 0 || b.size().IsZero():
		return "the profit and loss has no whole month with sales or expenses"
	case len(b.before(judged[0])) < fewestMonths:
		return "there are fewer than six months before the newest to hold it against"
	default:
		return ""
	}
}

func untotalled(b *Books) string {
	t := b.Position.Totals
	if b.Trial.Totals.Get("debit") == "" || t.Get("assets") == "" || t.Get("equity") == "" {
		return "the trial balance or the balance sheet has no totals that are known"
	}
	known := func(is func(schemas.Account) bool) bool {
		return slices.ContainsFunc(b.Accounts, is) ||
			slices.ContainsFunc(b.Trial.Rows, func(r schemas.TrialBalanceRow) bool { return is(schemas.Account{Name: r.Account}) })
	}
	if !known(owedTo) || !known(owing) {
		return "no account is called Accounts Receivable or Accounts Payable, so the ageings have nothing to be held against"
	}
	return ""
}

func cashless(b *Books) string {
	if !slices.ContainsFunc(b.Accounts, cashlike) {
		return "the chart of accounts has none that is known as bank or cash"
	}
	return ""
}

// strange reports statuses of which it is not known what they mean. What was
// rejected, paid or never sent cannot be told then.
func strange(b *Books) string {
	for _, i := range b.Invoices {
		if !slices.Contains([]string{"Draft", "Sent", "Overdue", "Partial", "Paid", "Rejected"}, i.Status) {
			return "invoices have a status that is not known"
		}
	}
	return ""
}

// strangeQuotes reports the same of quotes, too.
func strangeQuotes(b *Books) string {
	for _, q := range b.Quotes {
		if !slices.Contains([]string{"Draft", "Sent", "Accepted", "Rejected", "Converted"}, q.Status) {
			return "quotes have a status that is not known"
		}
	}
	return strange(b)
}

// unmatched reports that the profit and loss and the lines call their accounts
// otherwise, so that the two cannot be held against one another.
func unmatched(b *Books) string {
	for _, s := range b.Months.Sections {
		for _, r := range s.Rows {
			if a, ok := b.account(r.AccountID); ok && earning(a) && b.posted(r) {
				return ""
			}
		}
	}
	if len(b.Sales) == 0 {
		return ""
	}
	return "the lines name none of the accounts that the profit and loss has"
}

// unjudged are the months of the period that have fewer than twelve before them
// to be held against, though the company was there: Fiskl sets twenty months
// beside one at most (inferred).
func unjudged(b *Books) (part, reason string) {
	whole := b.whole()
	if len(whole) == 0 || b.idle(whole[len(whole)-1]) {
		return "", ""
	}
	for _, column := range b.judged() {
		if c := b.Months.Columns[column]; b.covers(c.Start) && len(b.before(column)) < lookBack {
			return "months up to " + string(c.End), "fewer than twelve months before them were read; review a shorter period"
		}
	}
	return "", ""
}

// namelessPayments says so of bills, and of direct payments where none names a
// payee.
func namelessPayments(b *Books) string {
	direct, named := 0, 0
	for _, l := range b.Cash {
		if journal(l) || transfer(l) || l.Number != "" || !l.Amount.Decimal().IsNegative() {
			continue
		}
		direct++
		if l.Contact != "" {
			named++
		}
	}
	if direct > 0 && named == 0 {
		return "the lines of bank, cash and card accounts do not name the payee"
	}
	return namelessBills(b)
}
