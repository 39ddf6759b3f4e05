package schemas

// Company is the profile of the company that a credential belongs to.
type Company struct {
	ID               ID     `json:"id,omitempty"`
	Name             string `json:"name"`
	Country          string `json:"country,omitempty"`
	Currency         string `json:"currency"`
	TimeZone         string `json:"time_zone,omitempty"`
	FiscalYearEnd    string `json:"fiscal_year_end,omitempty"`
	AccountingMethod string `json:"accounting_method,omitempty"`
	LockedUntil      Date   `json:"locked_until,omitempty"`
}

// Context is what an assistant should know before it starts: whose books,
// which day it is, and what this credential may do.
type Context struct {
	BaseCurrency     string        `json:"base_currency,omitempty" jsonschema_description:"ISO 4217 code of the books"`
	Country          string        `json:"country,omitempty" jsonschema_description:"ISO 3166 code"`
	Today            Date          `json:"today" jsonschema_description:"Today in the company's time zone"`
	TimeZone         string        `json:"time_zone,omitempty" jsonschema_description:"IANA name"`
	FiscalYearEnd    string        `json:"fiscal_year_end,omitempty" jsonschema_description:"Month and day"`
	AccountingMethod string        `json:"accounting_method,omitempty" jsonschema_description:"Accrual or Cash: the default basis of reports"`
	LockedUntil      Date          `json:"locked_until,omitempty" jsonschema_description:"Nothing can be dated on or before this day"`
	DefaultPeriod    string        `json:"default_period,omitempty" jsonschema_description:"Period used when none is given"`
	Mode             []string      `json:"mode" jsonschema_description:"How this server runs, such as live, sandbox or read-only"`
	Limits           []string      `json:"limits,omitempty" jsonschema_description:"What this server refuses beyond, for this company"`
	Permissions      []string      `json:"permissions" jsonschema_description:"What this credential may do, as far as the API offers it"`
	OtherPermissions int           `json:"other_permissions,omitempty" jsonschema_description:"Number of further permissions, for things that are only in the Fiskl app"`
	Hidden           []HiddenTools `json:"hidden_tools,omitempty" jsonschema_description:"Tools that are not offered, and why"`
	Notes            []string      `json:"notes,omitempty" jsonschema_description:"What could not be found out"`
}

var _ interface {
	Headed
	Worded
	Monied
} = Context{}

// Heading names the answer.
func (Context) Heading() string { return "Context" }

// HiddenTools are tools that exist and are not offered, all for one reason.
type HiddenTools struct {
	Reason string   `json:"reason" jsonschema_description:"What is missing"`
	Tools  []string `json:"tools" jsonschema_description:"Names"`
}

// NewFeatureRequest is something that Fiskl should be able to do.
type NewFeatureRequest struct {
	Title       string `json:"title" jsonschema_description:"What is missing, in one line"`
	Description string `json:"description" jsonschema_description:"What the user was trying to do"`
}

// FeatureRequest is a request that Fiskl received.
type FeatureRequest struct {
	ID     ID     `json:"id,omitempty" jsonschema_description:"Id"`
	Title  string `json:"title" jsonschema_description:"What is missing"`
	Status string `json:"status,omitempty" jsonschema_description:"Fiskl's word"`
}

var _ Headed = FeatureRequest{}

// Heading names the answer.
func (FeatureRequest) Heading() string { return "Feature request" }
