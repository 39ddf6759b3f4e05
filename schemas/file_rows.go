package schemas

import (
	"cmp"
	"strings"
)

// LedgerRow is a row of a ledger in a file: a line, or what an account's balance
// was before the first day or at the end of the last. The amounts of an account
// come to its closing balance.
type LedgerRow struct {
	LedgerLine
	AccountType string `json:"account_type" jsonschema_description:"Assets, Liabilities, Equity, Income or Expenses"`
	Entry       string `json:"entry" jsonschema_description:"The entry that the line is of: the amounts of each come to nothing"`
	Row         string `json:"row" jsonschema_description:"opening, line or closing"`
}

// FileRow is a line as files have it. Its original amount is there in the base
// currency, too.
func (l LedgerLine) FileRow(types AccountTypes, base string) LedgerRow {
	if l.Original == "" && base != "" {
		l.Original = Foreign(string(l.Amount) + " " + base)
	}
	return LedgerRow{LedgerLine: l, AccountType: types.Of("", l.Code, l.Account), Entry: l.entry(), Row: RowLine}
}

// entry names what a line was posted by: its day and record, or where Fiskl names
// none its kind and document. One record may be posted on two days, as an invoice
// is that was rejected. The day comes first, so that names sort by it.
func (l LedgerLine) entry() string {
	name := l.Type + " " + l.Number
	if l.RecordID != "" {
		name = cmp.Or(l.RecordType, l.Type) + " " + string(l.RecordID)
	}
	return string(l.Date) + " " + strings.TrimSpace(name)
}

// OpeningRow is the balance before a day.
func (a AccountMovement) OpeningRow(types AccountTypes, start Date) LedgerRow {
	row := a.balanceRow(types, start.Previous(), RowOpening, "Opening balance")
	row.Amount, row.Balance = a.Opening, a.Opening
	return row
}

// ClosingRow is the balance at the end of a day.
func (a AccountMovement) ClosingRow(types AccountTypes, end Date) LedgerRow {
	row := a.balanceRow(types, end, RowClosing, "Closing balance")
	row.Balance = a.Closing
	return row
}

func (a AccountMovement) balanceRow(types AccountTypes, day Date, row, what string) LedgerRow {
	return LedgerRow{
		LedgerLine: LedgerLine{Date: day, Account: a.Account, Code: a.Code, Type: what},
		Entry:      row, AccountType: types.Of(a.AccountID, a.Code, a.Account), Row: row,
	}
}

// MovementRow is what happened to an account, with its type.
type MovementRow struct {
	AccountMovement
	AccountType string `json:"account_type" jsonschema_description:"Assets, Liabilities, Equity, Income or Expenses"`
	Currency    string `json:"currency" jsonschema_description:"ISO 4217 code"`
	Start       Date   `json:"start" jsonschema_description:"First day"`
	End         Date   `json:"end" jsonschema_description:"Last day"`
}

// PaymentFileRow is a payment in a file.
type PaymentFileRow struct {
	PaymentRow
	Account      string `json:"account" jsonschema_description:"Account it went to"`
	Code         string `json:"code" jsonschema_description:"Its number"`
	AccountID    ID     `json:"account_id" jsonschema_description:"Its id"`
	BaseAmount   Money  `json:"base_amount" jsonschema_description:"As posted to the account, in the base currency; empty where the ledger does not say"`
	BaseCurrency string `json:"base_currency" jsonschema_description:"ISO 4217 code"`
}

// FileTotals are what was posted to the accounts of a ledger.
func (l Ledger) FileTotals(table string) []FileSum {
	if len(l.Accounts) == 0 {
		return nil
	}
	var debit, credit exact
	for _, a := range l.Accounts {
		debit.add(a.Debit)
		credit.add(a.Credit)
	}
	scale := max(debit.most, credit.most)
	return []FileSum{
		{"debit", Money(debit.sum().StringFixed(scale)), l.Currency, []SumPart{{Table: table, Column: "debit"}}},
		{"credit", Money(credit.sum().StringFixed(scale)), l.Currency, []SumPart{{Table: table, Column: "credit"}}},
	}
}
