package reports

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"

// The sections of the balance sheet.
const (
	currentAssets       = "Current Assets"
	longTermAssets      = "Long-term Assets"
	currentLiabilities  = "Current Liabilities"
	longTermLiabilities = "Long-term Liabilities"
	equity              = "Equity"
)

// PositionTotals are the two sides of the balance sheet: assets, and liabilities with equity.
type PositionTotals struct {
	Assets      Minor `json:"assets"`
	Liabilities Minor `json:"liabilities"`
	Equity      Minor `json:"equity"`
}

// BalanceSheet is the position at the end of a period. Every section is positive on its own side.
func (r *Reports) BalanceSheet(q Query) (Statement[PositionTotals], error) {
	periods, err := r.columns(q)
	if err != nil {
		return Statement[PositionTotals]{}, err
	}
	basis := r.basis(q)
	var all []figures
	var columns []Column[PositionTotals]
	for _, p := range periods {
		f := r.holdings(r.view(basis), p.End)
		all = append(all, f)
		columns = append(columns, Column[PositionTotals]{Name: string(p.End), AsOf: p.End, Totals: positionTotals(f)})
	}
	names := []string{currentAssets, longTermAssets, currentLiabilities, longTermLiabilities, equity}
	return draw(r.at("Balance Sheet", periods[0].End, basis), names, columns, all), nil
}

// holdings is the position on a day by account. Unrealised exchange differences stand on a line of their own in the
// section of what was revalued, so that every account shows what the ledger says.
func (r *Reports) holdings(v *view, day Date) figures {
	f := figures{}
	for _, a := range r.chart().All() {
		if ofResult(a) {
			continue
		}
		amount := v.balance(a.Code, day)
		if a.Type != ledger.Assets {
			amount = -amount
		}
		f[on(positionSection(a), a)] += amount
	}
	unrealised, _ := r.chart().ByCode(ledger.UnrealisedExchange)
	for _, g := range r.unrealised(v, day) {
		account, _ := r.chart().ByCode(g.account)
		if account.Type != ledger.Assets {
			g.amount = -g.amount
		}
		f[on(positionSection(account), unrealised)] += g.amount
	}
	r.carryResults(f, v, day)
	return f
}

// carryResults adds to equity what was earned and no entry has brought there: in the present fiscal year, and as
// unrealised exchange differences in earlier ones.
func (r *Reports) carryResults(f figures, v *view, day Date) {
	year := Period{r.yearStart(day), day}
	profit := profitTotals(r.profit(v, year)).NetProfit
	present, _ := r.chart().ByCode(ledger.ProfitForTheYear)
	f[on(equity, present)] += profit
	f[carriedUnrealised()] += r.unrealisedTotal(v, year.Start.AddDays(-1))
}

// carriedUnrealised is the row of what earlier years' profits held of unrealised exchange differences. No entry carries
// them over, so they are no part of Retained Earnings, which is what the ledger says.
func carriedUnrealised() place {
	return place{section: equity, order: accountRow + 1, name: "Unrealised exchange differences of earlier years"}
}

func positionTotals(f figures) PositionTotals {
	return PositionTotals{
		Assets:      f.section(currentAssets) + f.section(longTermAssets),
		Liabilities: f.section(currentLiabilities) + f.section(longTermLiabilities),
		Equity:      f.section(equity),
	}
}

// positionSection is where an account of the balance sheet stands.
func positionSection(a ledger.Account) string {
	switch a.Type {
	case ledger.Assets:
		if a.Group == ledger.FixedAssets || a.Group == ledger.OtherLongTermAssets {
			return longTermAssets
		}
		return currentAssets
	case ledger.Liabilities:
		if a.Group == ledger.LongTermLiabilities {
			return longTermLiabilities
		}
		return currentLiabilities
	default:
		return equity
	}
}
