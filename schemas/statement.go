package schemas

// StatementArgs ask for the account of one client.
type StatementArgs struct {
	ClientRef
	Period
}

// StatementOfAccount is what one client was billed and paid, a currency each.
type StatementOfAccount struct {
	ReportHead
	Client   string             `json:"client" jsonschema_description:"Client name"`
	ClientID ID                 `json:"client_id" jsonschema_description:"Client id"`
	Sections []StatementSection `json:"sections" jsonschema_description:"A currency each"`
}

var _ interface {
	reported
	Tabular
	Footed
} = StatementOfAccount{}

// Heading names the report.
func (s StatementOfAccount) Heading() string { return s.apart() }

// StatementSection is the account in one currency.
type StatementSection struct {
	Currency string          `json:"currency" jsonschema_description:"ISO 4217 code; amounts of the section are in it"`
	Opening  Money           `json:"opening" jsonschema_description:"Owed before the period"`
	Lines    []StatementLine `json:"rows" jsonschema_description:"Invoices and payments"`
	Closing  Money           `json:"closing" jsonschema_description:"Owed at its end"`
}

// StatementLine is one invoice or payment.
type StatementLine struct {
	Date        Date   `json:"date" jsonschema_description:"Date"`
	Type        string `json:"type" jsonschema_description:"Invoice or Payment"`
	ID          ID     `json:"id,omitempty" jsonschema_description:"Id"`
	Number      string `json:"number,omitempty" jsonschema_description:"Number"`
	Description string `json:"description,omitempty" jsonschema_description:"What somebody wrote"`
	Amount      Money  `json:"amount" jsonschema_description:"Positive when the client owes more"`
	Balance     Money  `json:"balance" jsonschema_description:"Owed after it"`
}

// Tables lay each currency out between its opening and closing balance.
func (s StatementOfAccount) Tables() []Table {
	var tables []Table
	for _, section := range s.Sections {
		t := Table{Title: section.Currency, Currency: section.Currency, Columns: []string{"date", "type", "id", "number", "description", "amount", "balance"}}
		t.Rows = append(t.Rows, []string{"", "opening", "", "", "", "", string(section.Opening)})
		for _, l := range section.Lines {
			t.Rows = append(t.Rows, []string{
				string(l.Date), l.Type, string(l.ID), l.Number, l.Description, string(l.Amount), string(l.Balance),
			})
		}
		t.Rows = append(t.Rows, []string{"", "closing", "", "", "", "", string(section.Closing)})
		tables = append(tables, t)
	}
	return tables
}
