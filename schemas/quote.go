package schemas

// QuoteRef names one quote.
type QuoteRef struct {
	Quote string `json:"quote" jsonschema_description:"Number such as QUOTE-0007, or id"`
}

// QuoteFilter selects quotes.
type QuoteFilter struct {
	Status QuoteStatus `json:"status,omitempty" jsonschema_description:"Status"`
	Client string      `json:"client,omitempty" jsonschema_description:"Name or id"`
	PageArgs
}

// QuoteRow is a quote in a list.
type QuoteRow struct {
	ID         ID     `json:"id" jsonschema_description:"Id"`
	Number     string `json:"number" jsonschema_description:"Number as printed"`
	Status     string `json:"status" jsonschema_description:"Draft, Sent, Accepted, Rejected or Converted"`
	Client     string `json:"client" jsonschema_description:"Client name"`
	QuoteDate  Date   `json:"date" jsonschema_description:"Quote date"`
	ExpiryDate Date   `json:"expiry_date,omitempty" jsonschema_description:"Valid until"`
	Total      Money  `json:"total" jsonschema_description:"Total with tax"`
	Currency   string `json:"currency" jsonschema_description:"ISO 4217 code"`
}

// QuoteList is the answer to list_quotes.
type QuoteList struct {
	Status QuoteStatus `json:"status,omitempty" jsonschema_description:"Filter used"`
	Client string      `json:"client,omitempty" jsonschema_description:"Filter used: the client's name"`
	Page[QuoteRow]
}

var (
	_ interface {
		Headed
		Monied
		Addressed
	} = QuoteList{}
	_ Cuttable = (*QuoteList)(nil)
)

// Heading names the answer.
func (l QuoteList) Heading() string { return headed(string(l.Status), "quotes") }

// Quote is one quote with its lines and taxes.
type Quote struct {
	ID         ID     `json:"id" jsonschema_description:"Id"`
	Number     string `json:"number" jsonschema_description:"Number as printed"`
	Status     string `json:"status" jsonschema_description:"Draft, Sent, Accepted, Rejected or Converted"`
	Client     string `json:"client" jsonschema_description:"Client name"`
	ClientID   ID     `json:"client_id" jsonschema_description:"Client id"`
	QuoteDate  Date   `json:"date" jsonschema_description:"Quote date"`
	ExpiryDate Date   `json:"expiry_date,omitempty" jsonschema_description:"Valid until"`
	Amounts
	Lines
	Notes       string         `json:"notes,omitempty" jsonschema_description:"Printed on the quote"`
	Invoice     ID             `json:"invoice_id,omitempty" jsonschema_description:"Invoice it became"`
	Created     string         `json:"created,omitempty" jsonschema_description:"UTC timestamp"`
	Updated     string         `json:"updated,omitempty" jsonschema_description:"UTC timestamp"`
	OtherFields map[string]any `json:"other_fields,omitempty" jsonschema_description:"Fields of Fiskl's that this server does not know"`
}

var (
	_ interface {
		Headed
		Monied
		Footed
		Addressed
	} = Quote{}
	_ Cuttable = (*Quote)(nil)
)

// Heading names the answer.
func (q Quote) Heading() string { return "Quote " + q.Number + " to " + q.Client }
