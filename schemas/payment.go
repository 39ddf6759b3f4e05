package schemas

// PaymentRef names one payment.
type PaymentRef struct {
	Payment string `json:"payment" jsonschema_description:"Id (list_payments)"`
}

// PaymentFilter selects payments received. Fiskl lists them only by date.
type PaymentFilter struct {
	Period
	Client  string      `json:"client,omitempty" jsonschema_description:"Name or id"`
	Invoice string      `json:"invoice,omitempty" jsonschema_description:"Invoice number or id"`
	Amount  AmountRange `json:"amount,omitempty" jsonschema_description:"950, 500..1000"`
	PageArgs
}

// NewPayment is a payment received on an invoice.
type NewPayment struct {
	InvoiceRef
	Amount   Money  `json:"amount" jsonschema_description:"Decimal, in the invoice's currency"`
	Currency string `json:"currency,omitempty" jsonschema_description:"Must be the invoice's"`
	Date     Date   `json:"date,omitempty" jsonschema_description:"Day received, default today"`
	Method   string `json:"method,omitempty" jsonschema_description:"Such as Bank Transfer"`
	Account  string `json:"account,omitempty" jsonschema_description:"Bank account name or id"`
	Note     string `json:"notes,omitempty" jsonschema_description:"Internal note"`

	AllowDuplicate bool `json:"allow_duplicate,omitempty" jsonschema_description:"Though an equal one is there"`
	AllowDate      bool `json:"allow_date,omitempty" jsonschema_description:"Though before the invoice or in future"`
	Confirmation
}

// PaymentRow is a payment in a list.
type PaymentRow struct {
	ID       ID     `json:"id" jsonschema_description:"Id"`
	Date     Date   `json:"date" jsonschema_description:"Day received"`
	Client   string `json:"client" jsonschema_description:"Client name"`
	Invoice  string `json:"invoice" jsonschema_description:"Invoice number"`
	Method   string `json:"method,omitempty" jsonschema_description:"How it was paid"`
	Amount   Money  `json:"amount" jsonschema_description:"Amount"`
	Currency string `json:"currency" jsonschema_description:"ISO 4217 code"`

	// AccountID is the account that it went to, for files alone.
	AccountID ID `json:"-"`
}

// PaymentList is the answer to list_payments.
type PaymentList struct {
	Range
	Client  string      `json:"client,omitempty" jsonschema_description:"Filter used: the client's name"`
	Invoice string      `json:"invoice,omitempty" jsonschema_description:"Filter used: the invoice's number"`
	Limits  AmountRange `json:"amount,omitempty" jsonschema_description:"Filter used"`
	Page[PaymentRow]
	Sums []Sum `json:"row_sums" jsonschema_description:"What the rows of this answer come to, a currency each"`
}

var (
	_ interface {
		Headed
		Monied
		Addressed
	} = PaymentList{}
	_ Cuttable = (*PaymentList)(nil)
)

// Heading names the answer.
func (PaymentList) Heading() string { return "Payments received" }

// Cut keeps the first n rows and sums them anew.
func (l *PaymentList) Cut(n int) {
	l.Page.Cut(n)
	l.Sums = SumPayments(l.Rows)
}

// SumPayments adds rows up, a currency each.
func SumPayments(rows []PaymentRow) []Sum {
	var s summer
	for _, r := range rows {
		s.add(r.Currency, r.Amount, r.Amount, "")
	}
	sums := s.sums()
	for i := range sums {
		sums[i].Owed = ""
	}
	return sums
}

// Payment is one payment with the invoice it belongs to, as that invoice
// stands now.
type Payment struct {
	ID            ID             `json:"id,omitempty" jsonschema_description:"Id; absent while nothing was recorded"`
	Amount        Money          `json:"amount" jsonschema_description:"Amount received"`
	Currency      string         `json:"currency" jsonschema_description:"ISO 4217 code; every amount here is in it"`
	Date          Date           `json:"date" jsonschema_description:"Day received"`
	Method        string         `json:"method,omitempty" jsonschema_description:"How it was paid"`
	Account       string         `json:"account,omitempty" jsonschema_description:"Account it went to"`
	AccountID     ID             `json:"account_id,omitempty" jsonschema_description:"Its id"`
	Note          string         `json:"notes,omitempty" jsonschema_description:"Internal note"`
	Status        string         `json:"status,omitempty" jsonschema_description:"Fiskl's word"`
	Client        string         `json:"client,omitempty" jsonschema_description:"Client name"`
	Invoice       string         `json:"invoice" jsonschema_description:"Invoice number"`
	InvoiceID     ID             `json:"invoice_id" jsonschema_description:"Invoice id"`
	InvoiceStatus string         `json:"invoice_status,omitempty" jsonschema_description:"Status of the invoice now"`
	InvoiceTotal  Money          `json:"invoice_total,omitempty" jsonschema_description:"Total of the invoice"`
	Outstanding   Money          `json:"outstanding,omitempty" jsonschema_description:"Left to pay on the invoice now"`
	Created       string         `json:"created,omitempty" jsonschema_description:"UTC timestamp"`
	Warnings      Warnings       `json:"warnings,omitempty" jsonschema_description:"What to check with the person"`
	OtherFields   map[string]any `json:"other_fields,omitempty" jsonschema_description:"Fields of Fiskl's that this server does not know"`
}

var _ interface {
	Headed
	Monied
	Addressed
} = Payment{}

// Heading names the answer.
func (p Payment) Heading() string { return "Payment on invoice " + p.Invoice }
