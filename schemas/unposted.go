package schemas

import (
	"strings"

	"github.com/shopspring/decimal"
)

// unrealised reports the row of unrealised exchange differences.
func unrealised(account string) bool {
	name := strings.ToLower(account)
	return strings.Contains(name, "unrealised") || strings.Contains(name, "unrealized")
}

// Carried is what a section of equity holds of unrealised exchange differences
// in rows of their own; zero in every other section.
func (s Section) Carried() decimal.Decimal {
	sum := decimal.Zero
	for _, row := range s.Rows {
		if unrealised(row.Account) && strings.Contains(strings.ToLower(s.Name), "equity") {
			sum = sum.Add(row.Amount.Decimal())
		}
	}
	return sum
}

// Unposted names the unrealised differences of a profit and loss or a balance
// sheet.
func (r Report) Unposted() string {
	assets, liabilities, equity, other := decimal.Zero, decimal.Zero, decimal.Zero, decimal.Zero
	found := false
	for _, s := range r.Sections {
		side, name := &other, strings.ToLower(s.Name)
		switch {
		case strings.Contains(name, "asset"):
			side = &assets
		case strings.Contains(name, "liabilit"):
			side = &liabilities
		case strings.Contains(name, "equity"):
			side = &equity
		}
		for _, row := range s.Rows {
			if unrealised(row.Account) {
				found = found || !row.Amount.Decimal().IsZero()
				*side = side.Add(row.Amount.Decimal())
			}
		}
	}
	switch {
	case !found:
		return ""
	case r.AsOf == "":
		return "unrealised exchange differences of " + fixed(other) + " are computed for this report and posted nowhere; without them it ties to the ledger"
	}
	net := assets.Sub(liabilities)
	return "unrealised exchange differences are computed for this report and posted nowhere: " + fixed(assets) + " in assets and " + fixed(liabilities) +
		" in liabilities, net " + fixed(net) + ", of which " + fixed(equity) + " is carried forward from earlier years in a row of its own and " + fixed(net.Sub(equity)) +
		" is in this year's profit; without them the balances, retained earnings among them, tie to the trial balance"
}

func fixed(d decimal.Decimal) string { return d.StringFixed(max(0, -d.Exponent())) }

// Unposted says that no unrealised difference is in a trial balance that has
// no row of them.
func (b TrialBalance) Unposted() string {
	for _, r := range b.Rows {
		if unrealised(r.Account) {
			return ""
		}
	}
	return "balances as posted: the unrealised exchange differences that balance sheet and profit and loss compute are not among them"
}
