package schemas

import (
	"strings"

	"github.com/invopop/jsonschema"
)

// Comparable is a report whose periods can be compared.
type Comparable string

// The reports that can be compared.
const (
	CompareProfitAndLoss Comparable = "profit_and_loss"
	CompareBalanceSheet  Comparable = "balance_sheet"
)

// JSONSchema describes the choice to a model.
func (Comparable) JSONSchema() *jsonschema.Schema {
	return enum(CompareProfitAndLoss, CompareBalanceSheet)
}

// ComparisonArgs ask what changed between two periods.
type ComparisonArgs struct {
	Report  Comparable `json:"report,omitempty" jsonschema_description:"Default profit_and_loss"`
	Period  string     `json:"period" jsonschema_description:"Name, or START..END as dates"`
	Against string     `json:"against,omitempty" jsonschema_description:"The same, default the one before"`
	Basis   Basis      `json:"basis,omitempty" jsonschema_description:"Default the company's"`
}

// Difference is what one account changed by.
type Difference struct {
	Section   string `json:"section" jsonschema_description:"Section of the report"`
	Account   string `json:"account" jsonschema_description:"Name"`
	Code      string `json:"code,omitempty" jsonschema_description:"Account number"`
	AccountID ID     `json:"account_id,omitempty" jsonschema_description:"Id, for trace_figure"`
	Before    Money  `json:"before" jsonschema_description:"In the earlier period"`
	After     Money  `json:"after" jsonschema_description:"In the period asked for"`
	Change
}

// Comparison is two periods side by side, the largest changes first.
type Comparison struct {
	ReportHead
	Against Range         `json:"against" jsonschema_description:"Period compared with"`
	Totals  []TotalChange `json:"totals" jsonschema_description:"The report's totals"`
	Rows    []Difference  `json:"rows" jsonschema_description:"Accounts, largest change first"`
	Next    string        `json:"next" jsonschema_description:"The call that shows the transactions behind an account"`
	Origin  string        `json:"origin" jsonschema_description:"Which figures are Fiskl's and which were derived"`
	Omission
}

var (
	_ interface {
		reported
		Worded
	} = Comparison{}
	_ Cuttable = (*Comparison)(nil)
)

// Heading names the comparison with both its periods.
func (c Comparison) Heading() string { return c.ReportHead.Heading() + ", against " + c.Against.Cell() }

// InHeading names the fields that the heading says.
func (c Comparison) InHeading() []string { return append(c.ReportHead.InHeading(), "against") }

// TotalChange is what one total of a report changed by.
type TotalChange struct {
	Total  string `json:"total" jsonschema_description:"Name of the total"`
	Before Money  `json:"before" jsonschema_description:"In the earlier period"`
	After  Money  `json:"after" jsonschema_description:"In the period asked for"`
	Change
}

// TraceArgs ask what is behind a figure.
type TraceArgs struct {
	Account string `json:"account" jsonschema_description:"Account name, code or id"`
	ReportArgs
	Limit int `json:"limit,omitempty" jsonschema:"minimum=1,maximum=100" jsonschema_description:"Default 20"`
}

// Trace is the transactions behind a figure, largest first.
type Trace struct {
	ReportHead
	Account  string      `json:"account" jsonschema_description:"Account"`
	Code     string      `json:"code,omitempty" jsonschema_description:"Account number"`
	Opening  Money       `json:"opening" jsonschema_description:"Balance before, debit positive"`
	Movement Money       `json:"movement" jsonschema_description:"Debits less credits of the period"`
	Closing  Money       `json:"closing" jsonschema_description:"Balance after"`
	Lines    int         `json:"line_count" jsonschema_description:"Number of transactions in the period"`
	Shown    Money       `json:"shown" jsonschema_description:"Sum of the rows shown"`
	Complete bool        `json:"complete" jsonschema_description:"True when every transaction is among the rows"`
	Count    int         `json:"count" jsonschema_description:"Number of rows"`
	Rows     []TraceLine `json:"rows" jsonschema_description:"Largest first"`
	Origin   string      `json:"origin" jsonschema_description:"Which figures are Fiskl's and which were derived"`

	ReportNote string `json:"report_note,omitempty" jsonschema_description:"What the report shows for the account beside what was posted"`
}

var _ interface {
	reported
	Worded
} = Trace{}

// Heading names the account that is traced.
func (t Trace) Heading() string {
	return t.Report + " of " + strings.TrimSpace(t.Account+" "+t.Code) + " in " + t.Currency + ", " + t.Basis + " basis"
}

// TraceLine is one transaction behind a figure.
type TraceLine struct {
	LedgerLine
	ChangedBy string `json:"last_changed_by,omitempty" jsonschema_description:"From the audit trail, where it may be read"`
	ChangedAt string `json:"last_changed_at,omitempty" jsonschema_description:"UTC timestamp"`
}
