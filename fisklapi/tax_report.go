package fisklapi

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

type wireTaxReport struct {
	wireHead
	Agencies []wireAgency `json:"agencies" form:"required"`
}

type wireAgency struct {
	Name      text             `json:"name" form:"required"`
	TaxNumber text             `json:"taxNumber"`
	Currency  text             `json:"currency" form:"required"`
	Opening   *int64           `json:"opening" form:"required"`
	Sections  []wireTaxSection `json:"sections" form:"unless=totalTax"`
	TotalTax  *int64           `json:"totalTax" form:"required"`
	Payments  *int64           `json:"payments" form:"required"`
	Closing   *int64           `json:"closing" form:"required"`
}

func (wireAgency) checks() []string {
	return []string{"closing = opening + totalTax + payments", "totalTax = sum(sections.tax)"}
}

type wireTaxed struct {
	Gross *int64 `json:"gross" form:"required"`
	Net   *int64 `json:"net" form:"required"`
	Tax   *int64 `json:"tax" form:"required"`
}

func (wireTaxed) checks() []string { return []string{"gross = net + tax"} }

type wireTaxSection struct {
	wireTaxed
	Name text         `json:"name" form:"required"`
	Rows []wireTaxRow `json:"rows" form:"unless=gross"`
}

func (wireTaxSection) checks() []string {
	return []string{"gross = net + tax", "tax = sum(rows.tax)", "net = sum(rows.net)"}
}

type wireTaxRow struct {
	wireTaxed
	Name  text          `json:"name"  form:"required"`
	Rate  number        `json:"rate"`
	Lines []wireTaxLine `json:"lines" form:"detail=gross"`
}

type wireTaxLine struct {
	wireTaxed
	Date        day  `json:"date"        form:"required"`
	Number      text `json:"number"`
	ContactName text `json:"contactName"`
}

// Tax returns sales tax by agency. On the accrual basis tax belongs to the
// date of the document, on the cash basis to that of the payment (documented).
//
//	GET /v1/reports/tax-report
func (s Reports) Tax(ctx context.Context, in schemas.TaxReportArgs) (schemas.TaxReport, error) {
	covered, err := s.c.Periods.OrDefault(ctx, in.Period)
	if err != nil {
		return schemas.TaxReport{}, err
	}
	query := compared(in.Basis, 0)
	span(query, covered)
	if in.Detail {
		query.Set("detail", "true")
	}
	w, err := do[wireTaxReport](ctx, s.c, request{op: OpGetTaxReport, query: query})
	if err == nil {
		err = s.c.answers(OpGetTaxReport, w.wireHead, query)
	}
	if err != nil {
		return schemas.TaxReport{}, err
	}
	out := schemas.TaxReport{ReportHead: w.noun(covered), Agencies: make([]schemas.TaxAgency, 0, len(w.Agencies))}
	for _, a := range w.Agencies {
		out.Agencies = append(out.Agencies, a.noun(s.c.minor))
	}
	return out, nil
}

func (w wireAgency) noun(m MinorUnits) schemas.TaxAgency {
	own := string(w.Currency)
	out := schemas.TaxAgency{
		Agency: string(w.Name), TaxNumber: string(w.TaxNumber), Currency: own, Opening: m.decimal(w.Opening, own),
		Sections: make([]schemas.TaxSection, 0, len(w.Sections)), TotalTax: m.decimal(w.TotalTax, own),
		Payments: m.decimal(w.Payments, own), Closing: m.decimal(w.Closing, own),
	}
	for _, s := range w.Sections {
		out.Sections = append(out.Sections, s.noun(m, own))
	}
	out.FillBoxes()
	return out
}

func (w wireTaxSection) noun(m MinorUnits, own string) schemas.TaxSection {
	out := schemas.TaxSection{
		Name: string(w.Name), Rows: make([]schemas.TaxRow, 0, len(w.Rows)),
		Gross: m.decimal(w.Gross, own), Net: m.decimal(w.Net, own), Tax: m.decimal(w.Tax, own),
	}
	for _, r := range w.Rows {
		out.Rows = append(out.Rows, schemas.TaxRow{
			Name: string(r.Name), Rate: string(r.Rate),
			Gross: m.decimal(r.Gross, own), Net: m.decimal(r.Net, own), Tax: m.decimal(r.Tax, own),
		})
		for _, l := range r.Lines {
			out.Lines = append(out.Lines, schemas.TaxLine{
				Date: schemas.Date(l.Date), Number: string(l.Number), Contact: string(l.ContactName), TaxName: string(r.Name),
				Gross: m.decimal(l.Gross, own), Net: m.decimal(l.Net, own), Tax: m.decimal(l.Tax, own),
			})
		}
	}
	return out
}
