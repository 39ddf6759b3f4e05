package schemas

import (
	"strconv"

	"github.com/invopop/jsonschema"
)

// Grouping is what ledger lines are added up by.
type Grouping string

// What ledger lines can be added up by.
const (
	ByContact Grouping = "contact"
	ByAccount Grouping = "account"
	ByProduct Grouping = "product"
	ByMonth   Grouping = "month"
)

// JSONSchema describes the choice to a model.
func (Grouping) JSONSchema() *jsonschema.Schema {
	return enum(ByContact, ByAccount, ByProduct, ByMonth)
}

// LedgerGroup is what the lines of one contact, account, product or month come
// to, apart for each type of account, so that a sale and a cost never cancel
// each other.
type LedgerGroup struct {
	Group  string `json:"group" jsonschema_description:"Contact, account, product, or month as YYYY-MM; empty where lines name none"`
	Code   string `json:"code,omitempty" jsonschema_description:"Account number"`
	Type   string `json:"type" jsonschema_description:"Of the accounts: Assets, Liabilities, Equity, Income or Expenses"`
	Lines  int    `json:"line_count" jsonschema_description:"Number of lines"`
	Debit  Money  `json:"debit" jsonschema_description:"Debits, in the base currency"`
	Credit Money  `json:"credit" jsonschema_description:"Credits, in the base currency"`
	Amount Money  `json:"amount" jsonschema_description:"Debits less credits, in the base currency"`
}

// Counted is said of how much a list holds, where that is not its rows.
func (l Ledger) Counted() string {
	if l.By == "" {
		return ""
	}
	if len(l.Groups) == 1 {
		return "1 group"
	}
	return strconv.Itoa(len(l.Groups)) + " groups"
}
