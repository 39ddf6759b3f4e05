package reports

import (
	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// FinancialRatios are the ratios of a period, each with what it was computed from.
type FinancialRatios struct {
	Head
	Ratios []Ratio `json:"ratios"`
}

// Ratio is one ratio. Value is a decimal rounded to four places, not a percentage, and empty when it would divide by zero.
type Ratio struct {
	Name    string        `json:"name"`
	Value   string        `json:"value,omitempty"`
	Formula string        `json:"formula"`
	Inputs  []NamedAmount `json:"inputs"`
}

// NamedAmount is a figure with its name.
type NamedAmount struct {
	Name   string `json:"name"`
	Amount Minor  `json:"amount"`
}

const ratioDecimals = 4

// FinancialRatios sets the result of a period against the position at its end. Averages are those of the positions before
// the period and at its end. Nothing is scaled up to a year.
func (r *Reports) FinancialRatios(q Query) (FinancialRatios, error) {
	p, err := r.period(q)
	if err != nil {
		return FinancialRatios{}, err
	}
	basis := r.basis(q)
	in := r.ratioInputs(r.view(basis), p)
	return FinancialRatios{
		Head:   r.over("Financial Ratios", p, basis),
		Ratios: append(in.ofPosition(), in.ofResult()...),
	}, nil
}

// ratioInputs are the figures that ratios are made of.
type ratioInputs struct {
	position, before snapshot
	result           ProfitTotals
	interest, taxes  Minor
}

// snapshot is what ratios need of a position.
type snapshot struct {
	currentAssets, inventory, prepaid, receivable, assets Minor
	currentLiabilities, debt, equity                      Minor
}

func (r *Reports) ratioInputs(v *view, p Period) ratioInputs {
	return ratioInputs{
		position: r.snapshot(v, p.End), before: r.snapshot(v, p.Start.AddDays(-1)),
		result:   profitTotals(r.profit(v, p)),
		interest: v.moved(ledger.InterestPaid, p), taxes: v.moved(ledger.CompanyTaxes, p),
	}
}

func (r *Reports) snapshot(v *view, day Date) snapshot {
	f := r.holdings(v, day)
	t := positionTotals(f)
	s := snapshot{
		currentAssets: f.section(currentAssets), assets: t.Assets, currentLiabilities: f.section(currentLiabilities),
		equity: t.Equity,
	}
	for _, a := range r.chart().All() {
		balance := v.balance(a.Code, day)
		switch a.Group {
		case ledger.Inventory:
			s.inventory += balance
		case ledger.PrepaidExpenses:
			s.prepaid += balance
		case ledger.Receivables:
			s.receivable += balance
		case ledger.ShortTermLoans, ledger.LongTermLiabilities, ledger.CreditCards:
			s.debt -= balance
		}
	}
	return s
}

// ofPosition are the ratios of the position alone.
func (in ratioInputs) ofPosition() []Ratio {
	now := in.position
	assets, liabilities := named("Current assets", now.currentAssets), named("Current liabilities", now.currentLiabilities)
	debt := named("Total debt", now.debt)
	return []Ratio{
		ratio("Current ratio", "current assets / current liabilities",
			now.currentAssets, now.currentLiabilities, assets, liabilities),
		ratio("Quick ratio", "(current assets - inventory - prepaid expenses) / current liabilities",
			now.currentAssets-now.inventory-now.prepaid, now.currentLiabilities,
			assets, named("Inventory", now.inventory), named("Prepaid expenses", now.prepaid), liabilities),
		ratio("Working capital ratio", "current assets / current liabilities",
			now.currentAssets, now.currentLiabilities, assets, liabilities),
		ratio("Debt to equity", "(short-term loans + long-term liabilities + credit cards) / equity",
			now.debt, now.equity, debt, named("Equity", now.equity)),
		ratio("Debt to total assets", "(short-term loans + long-term liabilities + credit cards) / total assets",
			now.debt, now.assets, debt, named("Total assets", now.assets)),
	}
}

// ofResult are the ratios that the result of the period is part of.
func (in ratioInputs) ofResult() []Ratio {
	before, now, result := in.before, in.position, in.result
	sales, net := named("Revenue", result.Revenue), named("Net profit", result.NetProfit)
	earnings := result.NetProfit + in.interest + in.taxes
	return []Ratio{
		ratio("Gross profit margin", "(revenue - cost of sales) / revenue",
			result.GrossProfit, result.Revenue, sales, named("Cost of sales", result.CostOfSales)),
		ratio("Net profit margin", "net profit / revenue", result.NetProfit, result.Revenue, net, sales),
		ratio("Return on assets", "net profit / ((opening + closing total assets) / 2)",
			2*result.NetProfit, before.assets+now.assets,
			net, named("Opening total assets", before.assets), named("Closing total assets", now.assets)),
		ratio("Return on equity", "net profit / equity", result.NetProfit, now.equity, net, named("Equity", now.equity)),
		ratio("Return on capital employed",
			"(net profit + interest paid + company taxes) / (total assets - current liabilities)",
			earnings, now.assets-now.currentLiabilities,
			net, named("Interest paid", in.interest), named("Company taxes", in.taxes),
			named("Total assets", now.assets), named("Current liabilities", now.currentLiabilities)),
		ratio("Inventory turnover", "cost of sales / ((opening + closing inventory) / 2)",
			2*result.CostOfSales, before.inventory+now.inventory, named("Cost of sales", result.CostOfSales),
			named("Opening inventory", before.inventory), named("Closing inventory", now.inventory)),
		ratio("Receivables turnover", "revenue / ((opening + closing accounts receivable) / 2)",
			2*result.Revenue, before.receivable+now.receivable, sales,
			named("Opening accounts receivable", before.receivable), named("Closing accounts receivable", now.receivable)),
	}
}

func ratio(name, formula string, part, whole Minor, inputs ...NamedAmount) Ratio {
	out := Ratio{Name: name, Formula: formula, Inputs: inputs}
	if whole != 0 {
		value := decimal.NewFromInt(int64(part)).DivRound(decimal.NewFromInt(int64(whole)), ratioDecimals)
		out.Value = value.StringFixed(ratioDecimals)
	}
	return out
}

func named(name string, amount Minor) NamedAmount { return NamedAmount{Name: name, Amount: amount} }
