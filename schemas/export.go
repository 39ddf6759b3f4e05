package schemas

import "github.com/invopop/jsonschema"

// ExportForm is what a file is written as.
type ExportForm string

// The forms of files.
const (
	FormXLSX ExportForm = "xlsx"
	FormCSV  ExportForm = "csv"
)

// JSONSchema describes the choice to a model.
func (ExportForm) JSONSchema() *jsonschema.Schema { return enum(FormXLSX, FormCSV) }

// ReportExport asks for a report as a file.
type ReportExport struct {
	Report string     `json:"report" jsonschema_description:"As in get_REPORT"`
	Period string     `json:"period,omitempty" jsonschema_description:"Name, START..END or a day"`
	Basis  Basis      `json:"basis,omitempty" jsonschema_description:"Default the company's"`
	Client string     `json:"client,omitempty" jsonschema_description:"Name or id"`
	Form   ExportForm `json:"format,omitempty" jsonschema_description:"Default xlsx"`
}

// ListExport asks for a whole list as a file.
type ListExport struct {
	List   string     `json:"list" jsonschema_description:"As in list_LIST"`
	Period string     `json:"period,omitempty" jsonschema_description:"Name or START..END"`
	Status string     `json:"status,omitempty" jsonschema_description:"As there"`
	Client string     `json:"client,omitempty" jsonschema_description:"Name or id"`
	Form   ExportForm `json:"format,omitempty" jsonschema_description:"Default xlsx"`
}

// Export is a file that was written. Its rows are in it and not here.
type Export struct {
	Of       string `json:"of" jsonschema_description:"What the file holds"`
	Currency string `json:"currency,omitempty" jsonschema_description:"Of a report in the base currency alone, ISO 4217"`
	Client   string `json:"client,omitempty" jsonschema_description:"Filter used: the client's name"`
	Range
	AsOf     Date        `json:"as_of,omitempty" jsonschema_description:"Day of a position"`
	Basis    string      `json:"basis,omitempty" jsonschema_description:"Accrual or Cash"`
	Count    int         `json:"count" jsonschema_description:"Number of rows in the file"`
	Complete bool        `json:"complete" jsonschema_description:"True when no row of the list or report is missing from the file"`
	Missing  string      `json:"missing,omitempty" jsonschema_description:"Why rows are missing, and what to do"`
	Columns  []string    `json:"columns" jsonschema_description:"Columns of its first table"`
	Others   []string    `json:"other_tables,omitempty" jsonschema_description:"What only the form xlsx has, on sheets of their own"`
	Sums     []Sum       `json:"row_sums,omitempty" jsonschema_description:"What the rows of a list come to, a currency each"`
	Totals   []FileTotal `json:"totals,omitempty" jsonschema_description:"Totals of a report"`
	Form     ExportForm  `json:"format" jsonschema_description:"xlsx or csv"`
	Size     int64       `json:"size" jsonschema_description:"Bytes"`
	Resource string      `json:"resource" jsonschema_description:"Address to read the file at"`
	Expires  string      `json:"expires" jsonschema_description:"UTC timestamp; the address is gone then"`
	Saved    string      `json:"saved_to,omitempty" jsonschema_description:"Path of a copy on this machine"`
	Path     string      `json:"path,omitempty" jsonschema_description:"Where there is no copy: path on this machine, until it expires"`

	address Address
	until   Date
	gaps    []string
}

var _ interface {
	Headed
	Summed
	Worded
	Covering
	Monied
	Footed
	Addressed
} = Export{}

// FileTotal is one total of a report that is in a file.
type FileTotal struct {
	Name     string `json:"name" jsonschema_description:"Name of the total"`
	Amount   Money  `json:"amount" jsonschema_description:"In the report's currency, or the one beside it"`
	Currency string `json:"currency,omitempty" jsonschema_description:"ISO 4217 code, where the report has several"`
}

// Heading names the answer.
func (e Export) Heading() string { return "Export of " + e.Of }

// InHeading names the fields that the heading says.
func (Export) InHeading() []string { return []string{"of"} }

// Until is the last day that a report in the file covers; lists have none.
func (e Export) Until() Date { return e.until }

// Gaps says where the figures of a report in the file do not add up.
func (e Export) Gaps() []string { return e.gaps }

// Addresses has that of the file.
func (e Export) Addresses() []Address { return []Address{e.address} }

// At puts the file at an address.
func (e *Export) At(a Address, company string) {
	e.address, e.Resource = a, a.URI(company)
}

// Report takes over what a report says of itself.
func (e *Export) Report(of any) {
	if f, ok := of.(Footed); ok {
		e.gaps = f.Gaps()
	}
	switch r := of.(type) {
	case *Report:
		e.take(r.ReportHead, r.Totals)
	case *TrialBalance:
		e.take(r.ReportHead, r.Totals)
	case *Ratios:
		e.take(r.ReportHead, nil)
	case *Aging:
		e.take(r.ReportHead, r.Totals)
	case *TaxReport:
		e.take(r.ReportHead, nil)
		e.Currency = "" // stands beside each amount
		e.Totals = append(e.Totals, r.apiece()...)
	case *StatementOfAccount:
		e.take(r.ReportHead, nil)
		e.Currency, e.Client = "", r.Client
		e.Totals = append(e.Totals, r.apiece()...)
	case *Ledger:
		e.take(r.ReportHead, nil)
		e.Client = r.Contact
	}
}

// apiece are the totals of each agency.
func (r TaxReport) apiece() []FileTotal {
	var all []FileTotal
	for _, a := range r.Agencies {
		all = append(all, FileTotal{a.Agency + ": total_tax", a.TotalTax, a.Currency}, FileTotal{a.Agency + ": closing", a.Closing, a.Currency})
	}
	return all
}

// apiece are what is owed in each currency.
func (s StatementOfAccount) apiece() []FileTotal {
	var all []FileTotal
	for _, section := range s.Sections {
		all = append(all, FileTotal{"closing", section.Closing, section.Currency})
	}
	return all
}

func (e *Export) take(h ReportHead, t Totals) {
	e.Currency, e.Range, e.AsOf, e.Basis, e.until = h.Currency, h.Range, h.AsOf, h.Basis, h.Until()
	for _, total := range t {
		e.Totals = append(e.Totals, FileTotal{Name: total.Name, Amount: total.Amount})
	}
}

// Days are the days that the file covers, for its name.
func (e Export) Days() string {
	if e.Start != "" {
		return string(e.Start) + " " + string(e.End)
	}
	return string(e.AsOf)
}
