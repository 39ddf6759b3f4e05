package reports

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"

// TrialBalance is the balance of every account at a date, as posted: income and expenses of the present fiscal year,
// earlier ones carried to Retained Earnings, and no unrealised exchange differences.
type TrialBalance struct {
	Head
	Rows   []TrialRow  `json:"rows,omitempty"`
	Totals TrialTotals `json:"totals"`
}

// TrialRow is one account's balance on the side it is on.
type TrialRow struct {
	AccountID int64       `json:"accountId"`
	Code      ledger.Code `json:"code"`
	Name      string      `json:"name"`
	Debit     Minor       `json:"debit"`
	Credit    Minor       `json:"credit"`
}

// TrialTotals are the two sides, which are equal.
type TrialTotals struct {
	Debit  Minor `json:"debit"`
	Credit Minor `json:"credit"`
}

// TrialBalance is the balance of every account at the end of a period. Empty accounts are left out.
func (r *Reports) TrialBalance(q Query) (TrialBalance, error) {
	day, err := r.position(q)
	if err != nil {
		return TrialBalance{}, err
	}
	basis := r.basis(q)
	out := TrialBalance{Head: r.at("Trial Balance", day, basis)}
	for _, a := range r.chart().All() {
		balance := r.view(basis).balance(a.Code, day)
		if balance == 0 {
			continue
		}
		row := TrialRow{AccountID: a.ID, Code: a.Code, Name: a.Name, Debit: max(balance, 0), Credit: max(-balance, 0)}
		out.Rows = append(out.Rows, row)
		out.Totals.Debit += row.Debit
		out.Totals.Credit += row.Credit
	}
	return out, nil
}
