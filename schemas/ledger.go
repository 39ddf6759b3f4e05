package schemas

import "strings"

// LedgerArgs ask for the general ledger.
type LedgerArgs struct {
	ReportArgs
	Accounts []string `json:"account,omitempty" jsonschema_description:"Names, codes or ids; default all"`
	PageArgs
}

// TransactionArgs ask for transactions by account.
type TransactionArgs struct {
	LedgerArgs
	Contact string   `json:"contact,omitempty" jsonschema_description:"Client or vendor: name or id"`
	By      Grouping `json:"by,omitempty" jsonschema_description:"Sums instead of lines"`
}

// Ledger is the movement of accounts, line by line.
type Ledger struct {
	ReportHead
	Contact  string            `json:"contact,omitempty" jsonschema_description:"Filter used: only this client's or vendor's lines, without balances"`
	Signs    string            `json:"signs" jsonschema_description:"Which sign is which"`
	By       Grouping          `json:"by,omitempty" jsonschema_description:"What the lines are added up by"`
	Groups   []LedgerGroup     `json:"groups,omitempty" jsonschema_description:"Instead of rows, largest first"`
	Accounts []AccountMovement `json:"accounts,omitempty" jsonschema_description:"Every account asked for, on the first page"`
	Page[LedgerLine]
}

var (
	_ interface {
		reported
		Worded
		Footed
	} = Ledger{}
	_ Cuttable = (*Ledger)(nil)
)

// Ours names which sign is which.
func (Ledger) Ours() []string { return []string{"signs"} }

// LedgerSigns says which sign is which in a ledger.
const LedgerSigns = "amounts and balances are debits less credits: money in, costs and what is owned are positive; sales, other income and what is owed are negative"

// AccountMovement is what happened to one account. Balances are debits less
// credits.
type AccountMovement struct {
	Account   string `json:"account" jsonschema_description:"Name"`
	Code      string `json:"code,omitempty" jsonschema_description:"Account number"`
	AccountID ID     `json:"account_id" jsonschema_description:"Id"`
	Opening   Money  `json:"opening" jsonschema_description:"Balance before"`
	Debit     Money  `json:"debit" jsonschema_description:"Debits"`
	Credit    Money  `json:"credit" jsonschema_description:"Credits"`
	Closing   Money  `json:"closing" jsonschema_description:"Balance after"`
}

// LedgerLine is one line of an account.
type LedgerLine struct {
	Date        Date    `json:"date" jsonschema_description:"Date"`
	Account     string  `json:"account" jsonschema_description:"Account"`
	Code        string  `json:"code,omitempty" jsonschema_description:"Account number"`
	Type        string  `json:"type" jsonschema_description:"Invoice, Payment, Bill, Journal and the like"`
	Number      string  `json:"number,omitempty" jsonschema_description:"Number of the document"`
	RecordType  string  `json:"record_type,omitempty" jsonschema_description:"Kind of record, for get_record_history"`
	RecordID    ID      `json:"record_id,omitempty" jsonschema_description:"Its id"`
	Contact     string  `json:"contact,omitempty" jsonschema_description:"Client or vendor"`
	Description string  `json:"description,omitempty" jsonschema_description:"What somebody wrote"`
	Original    Foreign `json:"original,omitempty" jsonschema_description:"Amount in the document's currency, when it is another"`
	Amount      Money   `json:"amount" jsonschema_description:"Debit positive, credit negative, in the base currency"`
	Balance     Money   `json:"balance,omitempty" jsonschema_description:"Of the account after the line"`

	// Tax is what of the line's document was charged on it, in the document's
	// currency; empty where Fiskl does not tell. Models are not told of it.
	Tax Money `json:"-"`
}

// Foreign is an amount in another currency than the report's, with that
// currency behind it, such as 420.00 EUR.
type Foreign string

// Split parts the amount from its currency.
func (f Foreign) Split() (amount Money, currency string) {
	number, currency, _ := strings.Cut(string(f), " ")
	return Money(number), currency
}
