package ledger

import "slices"

// Code is an account's number in the chart, such as "1100". The first digit tells its kind:
// 1 assets, 2 liabilities, 3 equity, 4 income, 5 cost of sales, 6 and 7 operating expenses, 8 other.
type Code string

// Type is one of the five kinds of account, spelled as the API spells them.
type Type string

// The five kinds of account.
const (
	Assets      Type = "Assets"
	Liabilities Type = "Liabilities"
	Equity      Type = "Equity"
	Income      Type = "Income"
	Expenses    Type = "Expenses"
)

// Account is one line of the chart of accounts.
type Account struct {
	ID       int64  `json:"id"`
	Code     Code   `json:"code"`
	Name     string `json:"name"`
	Type     Type   `json:"type"`
	Group    string `json:"group"`
	Currency string `json:"currency"`
	Archived bool   `json:"archived,omitempty"`
	System   bool   `json:"system,omitempty"`
}

// Chart is a chart of accounts in order of code.
type Chart struct {
	accounts []Account
	byCode   map[Code]int
}

// NewChart makes a chart of the accounts given, in order of code.
func NewChart(accounts []Account) *Chart {
	c := &Chart{accounts: slices.Clone(accounts)}
	slices.SortFunc(c.accounts, func(a, b Account) int { return compare(a.Code, b.Code) })
	c.index()
	return c
}

// Add puts one more account into the chart.
func (c *Chart) Add(a Account) {
	*c = *NewChart(append(c.accounts, a))
}

// All is every account in order of code. The caller owns the slice.
func (c *Chart) All() []Account { return slices.Clone(c.accounts) }

// ByCode finds an account by its code.
func (c *Chart) ByCode(code Code) (Account, bool) {
	i, ok := c.byCode[code]
	if !ok {
		return Account{}, false
	}
	return c.accounts[i], true
}

// ByID finds an account by its id.
func (c *Chart) ByID(id int64) (Account, bool) {
	i := slices.IndexFunc(c.accounts, func(a Account) bool { return a.ID == id })
	if i < 0 {
		return Account{}, false
	}
	return c.accounts[i], true
}

func (c *Chart) index() {
	c.byCode = make(map[Code]int, len(c.accounts))
	for i, a := range c.accounts {
		c.byCode[a.Code] = i
	}
}

func compare(a, b Code) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}
