package schemas

// Account is one account of the chart of accounts.
type Account struct {
	ID       ID     `json:"id" jsonschema_description:"Id"`
	Code     string `json:"code,omitempty" jsonschema_description:"Account number"`
	Name     string `json:"name" jsonschema_description:"Name"`
	Type     string `json:"type,omitempty" jsonschema_description:"Assets, Liabilities, Equity, Income or Expenses"`
	Group    string `json:"group,omitempty" jsonschema_description:"Group within the type"`
	Currency string `json:"currency,omitempty" jsonschema_description:"ISO 4217 code"`
	Archived bool   `json:"archived,omitempty" jsonschema_description:"Archived"`
}

// AccountList is the answer to list_accounts.
type AccountList struct {
	Page[Account]
}

var (
	_ interface {
		Headed
		Monied
	} = AccountList{}
	_ Cuttable = (*AccountList)(nil)
)

// Heading names the answer.
func (AccountList) Heading() string { return "Accounts" }

// AccountFilter selects accounts.
type AccountFilter struct {
	Search string `json:"search,omitempty" jsonschema_description:"Part of name, code or type"`
	PageArgs
}
