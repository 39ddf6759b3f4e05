package reports

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"

// The sections of the profit and loss.
const (
	revenue           = "Revenue"
	costOfSales       = "Cost of Sales"
	operatingExpenses = "Operating Expenses"
	nonOperating      = "Non-operating"
)

// ProfitTotals are the steps from revenue to profit.
type ProfitTotals struct {
	Revenue           Minor `json:"revenue"`
	CostOfSales       Minor `json:"costOfSales"`
	GrossProfit       Minor `json:"grossProfit"`
	OperatingExpenses Minor `json:"operatingExpenses"`
	OperatingProfit   Minor `json:"operatingProfit"`
	NonOperating      Minor `json:"nonOperating"`
	NetProfit         Minor `json:"netProfit"`
}

// ProfitAndLoss is the performance over a period. Income and expenses are both positive, except that under Non-operating
// income is positive and expenses are negative.
func (r *Reports) ProfitAndLoss(q Query) (Statement[ProfitTotals], error) {
	periods, err := r.columns(q)
	if err != nil {
		return Statement[ProfitTotals]{}, err
	}
	basis := r.basis(q)
	var all []figures
	var columns []Column[ProfitTotals]
	for _, p := range periods {
		f := r.profit(r.view(basis), p)
		all = append(all, f)
		columns = append(columns, Column[ProfitTotals]{Name: p.name(), Start: p.Start, End: p.End, Totals: profitTotals(f)})
	}
	names := []string{revenue, costOfSales, operatingExpenses, nonOperating}
	return draw(r.over("Profit and Loss", periods[0], basis), names, columns, all), nil
}

// profit is the result of a period by account, unrealised exchange differences included.
func (r *Reports) profit(v *view, p Period) figures {
	f := figures{}
	for _, a := range r.chart().All() {
		if !ofResult(a) {
			continue
		}
		amount := -v.moved(a.Code, p)
		if a.Code == ledger.UnrealisedExchange {
			amount += r.unrealisedOver(v, p)
		}
		section := resultSection(a)
		if section == costOfSales || section == operatingExpenses {
			amount = -amount
		}
		f[on(section, a)] = amount
	}
	return f
}

func profitTotals(f figures) ProfitTotals {
	t := ProfitTotals{
		Revenue: f.section(revenue), CostOfSales: f.section(costOfSales),
		OperatingExpenses: f.section(operatingExpenses), NonOperating: f.section(nonOperating),
	}
	t.GrossProfit = t.Revenue - t.CostOfSales
	t.OperatingProfit = t.GrossProfit - t.OperatingExpenses
	t.NetProfit = t.OperatingProfit + t.NonOperating
	return t
}

// resultSection is where an account of income or expenses stands. Uncategorised ones count as operating.
func resultSection(a ledger.Account) string {
	switch {
	case a.Group == ledger.OtherIncome || a.Group == ledger.OtherExpenses:
		return nonOperating
	case a.Type == ledger.Income:
		return revenue
	case a.Group == ledger.CostOfSales:
		return costOfSales
	default:
		return operatingExpenses
	}
}
