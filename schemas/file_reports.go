package schemas

import "strings"

// Kinds of rows, in the files that have more than one.
const (
	RowOpening = "opening"
	RowLine    = "line"
	RowClosing = "closing"
)

// File lays the accounts out with the section of each beside it.
func (r Report) File(types AccountTypes) File {
	name := "accounts"
	t := Table{Title: name, Columns: append([]string{"section", "account", "code", "account_id", "account_type"}, r.columnNames()...)}
	t.Columns = append(t.Columns, "currency")
	for _, s := range r.Sections {
		for _, row := range s.Rows {
			cells := r.line(row.Account, row.Code, row.Amount, row.Amounts, row.Change)
			kind := sectionType(s.Name)
			if kind == "" {
				kind = types.Of(row.AccountID, row.Code, row.Account)
			}
			cells = append([]string{s.Name, row.Account, row.Code, string(row.AccountID), kind}, cells[2:]...)
			t.Rows = append(t.Rows, append(cells, r.Currency))
		}
	}
	f := File{Tables: []Table{r.dated(t)}}
	if len(r.Columns) == 0 {
		r.fileTotals(&f, name)
	}
	return f
}

// sectionType is the type of the accounts of a section, where its name says so.
// Where a report shows an exchange difference among assets, an asset it is.
func sectionType(name string) string {
	for _, kind := range []string{"Assets", "Liabilities", "Equity"} {
		if strings.HasSuffix(sectionKey(name), strings.ToLower(kind)) {
			return kind
		}
	}
	return ""
}

// fileTotals are those of the sections and of the whole.
func (r Report) fileTotals(f *File, table string) {
	const ofSection = "total "
	for _, s := range r.Sections {
		f.add(FileSum{ofSection + s.Name, s.Total, r.Currency, []SumPart{{Table: table, Column: "amount", Where: [][2]string{{"section", s.Name}}}}})
	}
	for _, t := range r.Totals {
		var parts []SumPart
		for _, s := range r.sectionsOf(t.Name) {
			parts = append(parts, SumPart{Total: ofSection + s.Name})
		}
		if len(parts) == 0 {
			parts = f.following(t)
		}
		f.add(FileSum{t.Name, t.Amount, r.Currency, parts})
	}
}

// following are the totals that one follows from, costs taken off whether
// Fiskl writes them as positive or as negative amounts.
func (f *File) following(t NamedAmount) []SumPart {
	for _, law := range totalLaws() {
		if law.total != t.Name || law.check {
			continue
		}
		parts := make([]SumPart, 0, len(law.parts))
		for _, name := range law.parts {
			parts = append(parts, SumPart{Total: name})
		}
		if sum, ok := f.sum(parts); ok && law.costs && !sum.Equal(t.Amount.Decimal()) {
			parts[len(parts)-1].Minus = true
		}
		return parts
	}
	return nil
}

// File lays the accounts out.
func (b TrialBalance) File(types AccountTypes) File {
	t := Table{Title: "accounts", Columns: []string{"account", "code", "account_id", "account_type", "debit", "credit", "currency"}}
	for _, r := range b.Rows {
		t.Rows = append(t.Rows, []string{
			r.Account, r.Code, string(r.AccountID), types.Of(r.AccountID, r.Code, r.Account), string(r.Debit), string(r.Credit), b.Currency,
		})
	}
	f := File{Tables: []Table{b.dated(t)}}
	for _, total := range b.Totals {
		f.add(FileSum{total.Name, total.Amount, b.Currency, []SumPart{{Table: t.Title, Column: total.Name}}})
	}
	return f
}

// File lays the ratios out, and what each was computed from on a table of its
// own.
func (r Ratios) File(AccountTypes) File {
	all := Table{Title: "ratios", Columns: r.Tables()[0].Columns, Rows: r.Tables()[0].Rows}
	inputs := Table{Title: "inputs", Columns: []string{"ratio", "input", "amount", "currency"}}
	for _, one := range r.Rows {
		for _, in := range one.Inputs {
			inputs.Rows = append(inputs.Rows, []string{one.Name, in.Name, string(in.Amount), r.Currency})
		}
	}
	return File{Tables: []Table{r.dated(all), r.dated(inputs)}}
}

// File lays the account out, opening and closing balances as dated rows: what a
// client owed before the first day, and at the end of the last. The amounts of
// one currency come to its closing balance.
func (s StatementOfAccount) File(AccountTypes) File {
	t := Table{Title: "lines", Columns: []string{"date", "type", "id", "number", "description", "amount", "balance", "row", "client", "currency"}}
	for _, section := range s.Sections {
		t.Rows = append(t.Rows, []string{
			string(s.Start.Previous()), "Opening balance", "", "", "", string(section.Opening), string(section.Opening), RowOpening, s.Client, section.Currency,
		})
		for _, l := range section.Lines {
			t.Rows = append(t.Rows, []string{
				string(l.Date), l.Type, string(l.ID), l.Number, l.Description, string(l.Amount), string(l.Balance), RowLine, s.Client, section.Currency,
			})
		}
		t.Rows = append(t.Rows, []string{string(s.End), "Closing balance", "", "", "", "", string(section.Closing), RowClosing, s.Client, section.Currency})
	}
	f := File{Tables: []Table{t}}
	for _, section := range s.Sections {
		f.add(FileSum{"closing", section.Closing, section.Currency, []SumPart{{Table: t.Title, Column: "amount", Where: [][2]string{{"currency", section.Currency}}}}})
	}
	return f
}
