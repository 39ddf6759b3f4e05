package schemas

// ReviewArgs ask for the checks of a month-end over a period.
type ReviewArgs struct {
	Period
	SignedOff   Date  `json:"signed_off,omitempty" jsonschema_description:"When it was closed: finds later changes"`
	OverdueDays int   `json:"overdue_days,omitempty" jsonschema_description:"Default 60"`
	Minimum     Money `json:"minimum,omitempty" jsonschema_description:"Smallest to show"`
}

// Severity says how soon a finding should be looked at.
type Severity string

// The severities, the first to be looked at first.
const (
	SeverityHigh   Severity = "high"   // figures are likely wrong, or money is about to go out twice
	SeverityMedium Severity = "medium" // somebody who knows the business has to judge
	SeverityLow    Severity = "low"    // tidying up
)

// Evidence is one record or account that a finding rests on.
type Evidence struct {
	RecordType string `json:"record_type" jsonschema_description:"Invoice, payment, transaction, account and the like"`
	RecordID   ID     `json:"record_id,omitempty" jsonschema_description:"Its id"`
	Number     string `json:"number,omitempty" jsonschema_description:"Number of the document, or code of the account"`
	Name       string `json:"name,omitempty" jsonschema_description:"Client, vendor or account"`
	Date       Date   `json:"date,omitempty" jsonschema_description:"Date"`
	Amount     Money  `json:"amount,omitempty" jsonschema_description:"Amount"`
	Currency   string `json:"currency,omitempty" jsonschema_description:"ISO 4217 code of the amount"`
	Note       string `json:"note,omitempty" jsonschema_description:"What is notable about it"`
}

// Ours names what is said of the record.
func (Evidence) Ours() []string { return []string{"record_type", "note"} }

// Finding is one thing that a check of the books came upon. Nothing was changed.
type Finding struct {
	Severity Severity   `json:"severity" jsonschema_description:"high, medium or low"`
	Check    string     `json:"check" jsonschema_description:"The check that found it"`
	What     string     `json:"finding" jsonschema_description:"What was found"`
	Amount   Money      `json:"amount,omitempty" jsonschema_description:"What is at stake"`
	Currency string     `json:"currency,omitempty" jsonschema_description:"ISO 4217 code of the amount"`
	Evidence []Evidence `json:"evidence" jsonschema_description:"What it rests on"`
	More     int        `json:"more_evidence,omitempty" jsonschema_description:"Records beyond those shown"`
	Next     string     `json:"next" jsonschema_description:"The call that shows more"`
}

// Ours names all that is not somebody's.
func (Finding) Ours() []string { return []string{"severity", "check", "finding", "next"} }

// ReviewCheck is a check that was made.
type ReviewCheck struct {
	Check    string `json:"check" jsonschema_description:"Its name"`
	Findings int    `json:"findings" jsonschema_description:"How many it has"`
	Why      string `json:"why,omitempty" jsonschema_description:"Why it matters; only with findings"`
}

// Ours names all there is.
func (ReviewCheck) Ours() []string { return []string{"check", "why"} }

// SkippedCheck is a check that could not be made.
type SkippedCheck struct {
	Check  string `json:"check" jsonschema_description:"Its name"`
	Reason string `json:"reason" jsonschema_description:"Why it was not made"`
}

// Ours names all there is.
func (SkippedCheck) Ours() []string { return []string{"check", "reason"} }

// Review is the answer to review_books.
type Review struct {
	Range
	AsOf     Date           `json:"as_of" jsonschema_description:"The company's today"`
	Currency string         `json:"base_currency" jsonschema_description:"ISO 4217 code of the books"`
	Findings []Finding      `json:"findings" jsonschema_description:"Most urgent first"`
	Count    int            `json:"count" jsonschema_description:"Findings in this answer"`
	Omitted  int            `json:"omitted,omitempty" jsonschema_description:"Less urgent findings left out"`
	Complete bool           `json:"complete" jsonschema_description:"False when a check could not be made"`
	Checks   []ReviewCheck  `json:"checks" jsonschema_description:"Checks that were made"`
	Skipped  []SkippedCheck `json:"not_checked,omitempty" jsonschema_description:"Checks that could not be made"`
}

var (
	_ interface {
		Headed
		Dated
		Monied
		Tabular
	} = Review{}
	_ Cuttable = (*Review)(nil)
)

// Heading names the answer.
func (Review) Heading() string { return "Review of the books, nothing changed" }

// Day is the company's today, on which drafts and quotes are as they are.
func (r Review) Day() Date { return r.AsOf }

// Len returns the number of findings.
func (r *Review) Len() int { return len(r.Findings) }

// Cut keeps the first n findings and counts the others.
func (r *Review) Cut(n int) {
	if n >= len(r.Findings) || n < 1 {
		return
	}
	r.Omitted += len(r.Findings) - n
	r.Findings, r.Count = r.Findings[:n], n
}

// Attention is what to look at first, in a few lines.
type Attention struct {
	Range
	AsOf     Date           `json:"as_of"`
	Currency string         `json:"base_currency"`
	High     int            `json:"high"`
	Medium   int            `json:"medium"`
	Low      int            `json:"low"`
	Complete bool           `json:"complete"`
	First    []Finding      `json:"first"`
	Skipped  []SkippedCheck `json:"not_checked,omitempty"`
	Next     string         `json:"next"`
}

// Currencies has those of the findings.
func (a Attention) Currencies() []string {
	return Review{Currency: a.Currency, Findings: a.First}.Currencies()
}
