package schemas

// TaxReportArgs ask for sales tax.
type TaxReportArgs struct {
	ReportArgs
	Detail bool `json:"detail,omitempty" jsonschema_description:"Each document"`
}

// TaxReport is sales tax by agency, each in its own currency. Positive is
// payable, negative is reclaimable.
type TaxReport struct {
	ReportHead
	Agencies []TaxAgency `json:"agencies" jsonschema_description:"Tax agencies"`
}

var _ interface {
	reported
	Tabular
	Footed
} = TaxReport{}

// Heading names the report with its basis.
func (r TaxReport) Heading() string { return r.apart() }

// TaxAgency is what is owed to one agency.
type TaxAgency struct {
	Agency    string       `json:"agency" jsonschema_description:"Name"`
	TaxNumber string       `json:"tax_number,omitempty" jsonschema_description:"The company's number with it"`
	Currency  string       `json:"currency" jsonschema_description:"ISO 4217 code; amounts of the agency are in it"`
	Opening   Money        `json:"opening" jsonschema_description:"Owed before the period"`
	Sections  []TaxSection `json:"sections" jsonschema_description:"Sales, Purchases and Other"`
	TotalTax  Money        `json:"tax_total" jsonschema_description:"Tax of the period"`
	Payments  Money        `json:"payments" jsonschema_description:"Paid to the agency in the period"`
	Closing   Money        `json:"closing" jsonschema_description:"Owed at its end"`
	Boxes     []VATBox     `json:"boxes,omitempty" jsonschema_description:"Boxes of the return, where they are known: of the United Kingdom"`
	BoxesNote string       `json:"boxes_note,omitempty" jsonschema_description:"What the boxes cannot tell"`
}

// TaxSection is sales, purchases or other.
type TaxSection struct {
	Name  string    `json:"name" jsonschema_description:"Section"`
	Rows  []TaxRow  `json:"rows" jsonschema_description:"A tax rate each"`
	Gross Money     `json:"gross" jsonschema_description:"With tax"`
	Net   Money     `json:"net" jsonschema_description:"Before tax"`
	Tax   Money     `json:"tax" jsonschema_description:"Tax"`
	Lines []TaxLine `json:"documents,omitempty" jsonschema_description:"With detail only"`
}

// TaxRow is what one rate comes to.
type TaxRow struct {
	Name  string `json:"tax_name" jsonschema_description:"Tax"`
	Rate  string `json:"rate,omitempty" jsonschema_description:"Percent"`
	Gross Money  `json:"gross" jsonschema_description:"With tax"`
	Net   Money  `json:"net" jsonschema_description:"Before tax"`
	Tax   Money  `json:"tax" jsonschema_description:"Tax"`
}

// TaxLine is one document that a tax was on.
type TaxLine struct {
	Date    Date   `json:"date" jsonschema_description:"Date"`
	Number  string `json:"number,omitempty" jsonschema_description:"Number"`
	Contact string `json:"contact,omitempty" jsonschema_description:"Client or vendor"`
	TaxName string `json:"tax_name" jsonschema_description:"Tax"`
	Gross   Money  `json:"gross" jsonschema_description:"With tax"`
	Net     Money  `json:"net" jsonschema_description:"Before tax"`
	Tax     Money  `json:"tax" jsonschema_description:"Tax"`
}

// Tables lay each agency out between its opening and closing balance, and its
// documents below.
func (r TaxReport) Tables() []Table {
	var tables []Table
	for _, a := range r.Agencies {
		t := Table{Title: a.Agency + " in " + a.Currency, Currency: a.Currency, Columns: []string{"section", "tax_name", "rate", "gross", "net", "tax"}}
		if a.TaxNumber != "" {
			t.Title += ", number " + a.TaxNumber
		}
		documents := Table{Title: "documents", Currency: a.Currency, Columns: []string{"section", "date", "number", "contact", "tax_name", "gross", "net", "tax"}}
		t.Rows = append(t.Rows, []string{"opening", "", "", "", "", string(a.Opening)})
		for _, s := range a.Sections {
			for _, row := range s.Rows {
				t.Rows = append(t.Rows, []string{s.Name, row.Name, row.Rate, string(row.Gross), string(row.Net), string(row.Tax)})
			}
			t.Rows = append(t.Rows, []string{"total " + s.Name, "", "", string(s.Gross), string(s.Net), string(s.Tax)})
			for _, l := range s.Lines {
				documents.Rows = append(documents.Rows, []string{
					s.Name, string(l.Date), l.Number, l.Contact, l.TaxName, string(l.Gross), string(l.Net), string(l.Tax),
				})
			}
		}
		for _, total := range []NamedAmount{{"total tax", a.TotalTax}, {"payments", a.Payments}, {"closing", a.Closing}} {
			t.Rows = append(t.Rows, []string{total.Name, "", "", "", "", string(total.Amount)})
		}
		tables = append(tables, t)
		if len(a.Boxes) > 0 {
			tables = append(tables, a.boxes())
		}
		if len(documents.Rows) > 0 {
			tables = append(tables, documents)
		}
	}
	return tables
}
