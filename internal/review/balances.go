package review

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// waiting are parts of the names of accounts on which nothing should stay.
func waiting() []string {
	return []string{"undeposited", "suspense", "clearing", "opening balance", "uncategorised", "uncategorized", "manual journal", "ask my accountant"}
}

// nearNothing finds accounts that hold what is waiting to be put elsewhere.
func nearNothing(b *Books) (out []finding) {
	for _, r := range b.Trial.Rows {
		balance := r.Debit.Decimal().Sub(r.Credit.Decimal())
		if balance.Abs().LessThanOrEqual(b.size().Shift(-3)) || !b.waits(r) {
			continue
		}
		f := b.accountFinding(schemas.SeverityMedium, "an account that should be near nothing is not", r, balance)
		out = append(out, f)
	}
	return out
}

func (b *Books) waits(r schemas.TrialBalanceRow) bool {
	name := strings.ToLower(r.Account)
	if a, ok := b.account(r.AccountID); ok && (a.Type == "Income" || a.Type == "Expenses") && !strings.Contains(name, "uncategori") {
		return false // such as the costs of clearing something
	}
	for _, part := range waiting() {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// overdrawn finds bank and cash accounts below nothing.
func overdrawn(b *Books) (out []finding) {
	for _, r := range b.Trial.Rows {
		balance := r.Debit.Decimal().Sub(r.Credit.Decimal())
		if a, ok := b.account(r.AccountID); ok && cashlike(a) && balance.IsNegative() {
			out = append(out, b.accountFinding(schemas.SeverityHigh, "a bank or cash account is below nothing", r, balance))
		}
	}
	return out
}

// cashlike reports an account that holds money, by its group. Fiskl calls the
// group Cash and Cash Equivalents (documented).
func cashlike(a schemas.Account) bool {
	group := strings.ToLower(a.Group)
	return strings.EqualFold(a.Type, "Assets") && (strings.Contains(group, "cash") || strings.Contains(group, "bank"))
}

// card reports a credit card account. Fiskl calls the group Credit Cards
// (documented).
func card(a schemas.Account) bool { return strings.Contains(strings.ToLower(a.Group), "card") }

// owing reports the account of what is owed to vendors, by Fiskl's name for it.
func owing(a schemas.Account) bool { return strings.EqualFold(a.Name, "Accounts Payable") }

// owedTo reports the account of what clients owe, by Fiskl's name for it.
func owedTo(a schemas.Account) bool { return strings.EqualFold(a.Name, "Accounts Receivable") }

// earning reports an account of sales, and not of other income.
func earning(a schemas.Account) bool {
	return strings.EqualFold(a.Type, "Income") && !strings.Contains(strings.ToLower(a.Group), "other")
}

func (b *Books) accountFinding(severity schemas.Severity, what string, r schemas.TrialBalanceRow, balance decimal.Decimal) finding {
	f := finding{Finding: schemas.Finding{
		Severity: severity, What: what,
		Evidence: []schemas.Evidence{{RecordType: "account", RecordID: r.AccountID, Number: r.Code, Name: r.Account, Date: b.Period.End, Amount: money(balance), Currency: b.Currency}},
		Next:     b.trace(r.AccountID, b.Period),
	}}
	return f.at(balance.Abs(), b.Currency, b.Currency)
}
