package review

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// ties holds the reports of one day against one another.
func ties(b *Books) (out []finding) {
	out = append(out, b.differs([2]string{"debits", "credits of the trial balance"}, b.Trial.Totals.Get("debit"), b.Trial.Totals.Get("credit"), "get_trial_balance")...)
	t := b.Position.Totals
	if t.Get("assets") != "" && t.Get("equity") != "" {
		other := money(t.Get("liabilities").Decimal().Add(t.Get("equity").Decimal()))
		out = append(out, b.differs([2]string{"assets", "liabilities with equity of the balance sheet"}, t.Get("assets"), other, "get_balance_sheet")...)
	}
	out = append(out, b.control([2]string{"receivables ageing", "the account Accounts Receivable"}, b.Receivables, owedTo, 1, "get_receivables_aging")...)
	out = append(out, b.control([2]string{"payables ageing", "the account Accounts Payable"}, b.Payables, owing, -1, "get_payables_aging")...)
	return append(out, b.positions()...)
}

// differs is a finding where two figures that must agree do not.
func (b *Books) differs(what [2]string, one, other schemas.Money, tool string) []finding {
	d := one.Decimal().Sub(other.Decimal())
	if d.IsZero() || one == "" && other == "" {
		return nil
	}
	f := finding{Finding: schemas.Finding{
		Severity: schemas.SeverityHigh, What: what[0] + " and " + what[1] + " differ on " + string(b.Period.End), Next: next(tool, "period", string(b.Period.End)),
		Evidence: []schemas.Evidence{
			{RecordType: "report", Date: b.Period.End, Amount: one, Currency: b.Currency, Note: what[0]},
			{RecordType: "report", Date: b.Period.End, Amount: other, Currency: b.Currency, Note: what[1]},
		},
	}}
	return []finding{f.at(d.Abs(), b.Currency, b.Currency)}
}

// control holds an ageing against the account that it explains, where the trial
// balance has one of that name.
func (b *Books) control(what [2]string, a schemas.Aging, is func(schemas.Account) bool, sign int64, tool string) []finding {
	var sum decimal.Decimal
	found := slices.ContainsFunc(b.Accounts, is) // one without a balance may be left out of the trial balance
	for _, r := range b.Trial.Rows {
		if is(schemas.Account{Name: r.Account}) {
			sum, found = sum.Add(r.Debit.Decimal()).Sub(r.Credit.Decimal()), true
		}
	}
	if !found {
		return nil
	}
	return b.differs(what, a.Totals.Get("total"), money(sum.Mul(decimal.NewFromInt(sign))), tool)
}

// positions holds the accounts of the balance sheet against the trial balance.
// Equity is left out: the result of the year stands there in one and not in the
// other. So is what reports compute and nothing posts.
func (b *Books) positions() (out []finding) {
	balances := make(map[schemas.ID]decimal.Decimal)
	for _, r := range b.Trial.Rows {
		balances[r.AccountID] = balances[r.AccountID].Add(r.Debit.Decimal()).Sub(r.Credit.Decimal())
	}
	for _, s := range b.Position.Sections {
		sign, ok := sectionSign(s.Name)
		if !ok {
			continue
		}
		for _, r := range s.Rows {
			balance, known := balances[r.AccountID]
			if r.AccountID == "" || !known || strings.Contains(strings.ToLower(r.Account), "exchange") {
				continue
			}
			if f := b.differs([2]string{"the balance sheet", "the trial balance of an account"}, r.Amount, money(balance.Mul(sign)), "get_trial_balance"); f != nil {
				f[0].Evidence[0].RecordID, f[0].Evidence[0].Name, f[0].Evidence[0].Number = r.AccountID, r.Account, r.Code
				out = append(out, f...)
			}
		}
	}
	return out
}

func sectionSign(section string) (decimal.Decimal, bool) {
	section = strings.ToLower(section)
	switch {
	case strings.Contains(section, "asset"):
		return decimal.NewFromInt(1), true
	case strings.Contains(section, "liabilit"):
		return decimal.NewFromInt(-1), true
	default:
		return decimal.Zero, false
	}
}

// salesTie holds what the profit and loss shows of each income account in the
// months of the period against the lines of that account.
func salesTie(b *Books) (out []finding) {
	for column, c := range b.Months.Columns {
		if !b.covers(c.Start) || !b.covers(c.End) {
			continue
		}
		for _, s := range b.Months.Sections {
			for _, r := range s.Rows {
				if a, ok := b.account(r.AccountID); ok && earning(a) && column < len(r.Amounts) && b.posted(r) {
					out = append(out, b.incomeDiffers(r, r.Amounts[column], c)...)
				}
			}
		}
	}
	return out
}

// incomeDiffers is a finding where an income account's lines of a month do not
// come to what the profit and loss shows.
func (b *Books) incomeDiffers(r schemas.AccountAmount, shown schemas.Money, c schemas.Column) []finding {
	lines := b.earned(r, c)
	d := shown.Decimal().Sub(lines)
	if d.IsZero() {
		return nil
	}
	account := schemas.Evidence{RecordType: "account", RecordID: r.AccountID, Number: r.Code, Name: r.Account, Date: c.End, Currency: b.Currency}
	report, posted := account, account
	report.Amount, report.Note = shown, "in the profit and loss"
	posted.Amount, posted.Note = money(lines), "by its lines"
	f := finding{Finding: schemas.Finding{
		Severity: schemas.SeverityHigh, What: "profit and loss and the lines of an income account differ",
		Next: b.trace(r.AccountID, schemas.Range{Start: c.Start, End: c.End}), Evidence: []schemas.Evidence{report, posted},
	}}
	return []finding{f.at(d.Abs(), b.Currency, b.Currency)}
}

// of reports a line of an account. Lines name it by its code and name.
func of(l schemas.LedgerLine, r schemas.AccountAmount) bool {
	return l.Code == r.Code && (l.Code != "" || strings.EqualFold(l.Account, r.Account))
}

// posted reports that some line, of whatever day, is of the account.
func (b *Books) posted(r schemas.AccountAmount) bool {
	return slices.ContainsFunc(b.Sales, func(l schemas.LedgerLine) bool { return of(l, r) })
}

// earned is what the lines of an income account come to in a month. The entry
// that closes a year is no income.
func (b *Books) earned(r schemas.AccountAmount, c schemas.Column) decimal.Decimal {
	var sum decimal.Decimal
	for _, l := range b.Sales {
		if of(l, r) && !l.Date.Before(c.Start) && !c.End.Before(l.Date) && !strings.Contains(strings.ToLower(l.Type), "clos") {
			sum = sum.Sub(l.Amount.Decimal())
		}
	}
	return sum
}
