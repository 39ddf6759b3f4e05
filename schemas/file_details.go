package schemas

import "strconv"

// File lays the documents out, where Fiskl names them, and the contacts.
func (a Aging) File(AccountTypes) File {
	contact := a.contact()
	contacts := Table{Title: contact + "s", Columns: append(append([]string{contact, contact + "_id"}, a.Buckets...), "total", "currency")}
	documents := Table{Title: "documents", Columns: []string{
		contact, contact + "_id", "type", "id", "number", "date", "due_date", "days_late", "currency", "total", "outstanding",
		"total_base", "outstanding_base", "base_currency",
	}}
	for _, r := range a.Rows {
		name, id := r.Contact()
		cells := append([]string{name, string(id)}, spread(r.Amounts, len(a.Buckets))...)
		contacts.Rows = append(contacts.Rows, append(cells, string(r.Total), a.Currency))
		for _, d := range r.Documents {
			documents.Rows = append(documents.Rows, []string{
				name, string(id), d.Type, string(d.ID), d.Number, string(d.Date), string(d.DueDate),
				strconv.Itoa(d.DaysLate), d.Currency, string(d.Total), string(d.Outstanding),
				string(d.totalBase(a.Currency)), string(d.Base), a.Currency,
			})
		}
	}
	f := File{Tables: []Table{a.dated(documents), a.dated(contacts)}}
	if len(documents.Rows) == 0 {
		f.Tables = f.Tables[1:]
	}
	for _, t := range a.Totals {
		f.add(FileSum{t.Name, t.Amount, a.Currency, []SumPart{{Table: contacts.Title, Column: t.Name}}})
	}
	return f
}

// totalBase is the document's total in the base currency. Of one in another
// currency that is paid in part, Fiskl says only what is left of it.
func (d AgingDocument) totalBase(base string) Money {
	switch {
	case d.Currency == base:
		return d.Total
	case d.Total.Decimal().Equal(d.Outstanding.Decimal()):
		return d.Base
	default:
		return ""
	}
}

// File lays the documents out, where they were asked for, the rates, and each
// agency's balances.
func (r TaxReport) File(AccountTypes) File {
	agency := []string{"agency", "tax_number"}
	documents := Table{Title: "documents", Columns: append(agency, "section", "date", "number", "contact", "tax_name", "gross", "net", "tax", "currency")}
	rates := Table{Title: "rates", Columns: []string{"agency", "tax_number", "section", "tax_name", "rate", "gross", "net", "tax", "currency"}}
	agencies := Table{Title: "agencies", Columns: []string{"agency", "tax_number", "opening", "tax_total", "payments", "closing", "currency"}}
	for _, a := range r.Agencies {
		agencies.Rows = append(agencies.Rows, []string{
			a.Agency, a.TaxNumber, string(a.Opening), string(a.TotalTax), string(a.Payments), string(a.Closing), a.Currency,
		})
		for _, s := range a.Sections {
			for _, row := range s.Rows {
				rates.Rows = append(rates.Rows, []string{
					a.Agency, a.TaxNumber, s.Name, row.Name, row.Rate, string(row.Gross), string(row.Net), string(row.Tax), a.Currency,
				})
			}
			for _, l := range s.Lines {
				documents.Rows = append(documents.Rows, []string{
					a.Agency, a.TaxNumber, s.Name, string(l.Date), l.Number, l.Contact, l.TaxName, string(l.Gross), string(l.Net), string(l.Tax), a.Currency,
				})
			}
		}
	}
	f := File{Tables: []Table{r.dated(documents), r.dated(rates), r.dated(agencies)}}
	if len(documents.Rows) == 0 {
		f.Tables = f.Tables[1:]
	}
	for _, a := range r.Agencies {
		a.fileTotals(&f)
	}
	return f
}

// fileTotals are those of the sections and of the agency.
func (a TaxAgency) fileTotals(f *File) {
	var taxes []SumPart
	for _, s := range a.Sections {
		section := [][2]string{{"agency", a.Agency}, {"section", s.Name}}
		for _, one := range []struct {
			name, column string
			amount       Money
		}{{"gross", "gross", s.Gross}, {"net", "net", s.Net}, {"tax", "tax", s.Tax}} {
			name := a.Agency + ", " + s.Name + ": " + one.name
			f.add(FileSum{name, one.amount, a.Currency, []SumPart{{Table: "rates", Column: one.column, Where: section}}})
			if one.name == "tax" {
				taxes = append(taxes, SumPart{Total: name})
			}
		}
	}
	own := func(column string) SumPart {
		return SumPart{Table: "agencies", Column: column, Where: [][2]string{{"agency", a.Agency}}}
	}
	f.add(FileSum{a.Agency + ": tax_total", a.TotalTax, a.Currency, taxes})
	f.add(FileSum{a.Agency + ": closing", a.Closing, a.Currency, []SumPart{own("opening"), {Total: a.Agency + ": tax_total"}, own("payments")}})
}
