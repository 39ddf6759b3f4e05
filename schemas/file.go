package schemas

import (
	"slices"

	"github.com/shopspring/decimal"
)

// File is an answer as files hold it: tables of nothing but rows, each with its
// currency and its days, and the totals by themselves.
type File struct {
	Tables []Table // the first is the one that a file of one table has
	Totals []FileSum
}

// Filed is an answer that files hold otherwise than text shows it.
type Filed interface {
	File(types AccountTypes) File
}

// FileSum is a total, and the rows and totals that it is the sum of.
type FileSum struct {
	Name     string
	Amount   Money
	Currency string
	Parts    []SumPart // none where it does not follow from what is in the file
}

// SumPart is a part of a total: another total, or a column of a table in the
// rows that hold certain texts.
type SumPart struct {
	Minus bool
	Total string // name of a total before it; empty for rows

	Table  string
	Column string
	Where  [][2]string // a column, and the text in it
}

// add adds a total. Parts that do not come to it are left out: what Fiskl says
// is what the file says.
func (f *File) add(t FileSum) {
	if sum, ok := f.sum(t.Parts); !ok || !sum.Equal(t.Amount.Decimal()) {
		t.Parts = nil
	}
	if t.Amount != "" {
		f.Totals = append(f.Totals, t)
	}
}

// sum is what parts come to; ok is false where one of them is not there.
func (f *File) sum(parts []SumPart) (sum decimal.Decimal, ok bool) {
	for _, p := range parts {
		part, ok := f.part(p)
		if !ok {
			return sum, false
		}
		if p.Minus {
			part = part.Neg()
		}
		sum = sum.Add(part)
	}
	return sum, len(parts) > 0
}

func (f *File) part(p SumPart) (decimal.Decimal, bool) {
	if p.Total != "" {
		i := slices.IndexFunc(f.Totals, func(t FileSum) bool { return t.Name == p.Total })
		if i < 0 {
			return decimal.Zero, false
		}
		return f.Totals[i].Amount.Decimal(), true
	}
	i := slices.IndexFunc(f.Tables, func(t Table) bool { return t.Title == p.Table })
	if i < 0 {
		return decimal.Zero, false
	}
	return f.Tables[i].sum(p)
}

func (t Table) sum(p SumPart) (sum decimal.Decimal, ok bool) {
	column := slices.Index(t.Columns, p.Column)
	if column < 0 {
		return sum, false
	}
	for _, row := range t.Rows {
		if !slices.ContainsFunc(p.Where, func(w [2]string) bool { return row[slices.Index(t.Columns, w[0])] != w[1] }) {
			sum = sum.Add(Money(row[column]).Decimal())
		}
	}
	return sum, true
}

// AccountTypes are the types of accounts: Assets, Liabilities, Equity, Income or
// Expenses.
type AccountTypes map[accountKey]string

// accountKey is an id, or a code with a name.
type accountKey struct{ id, code, name string }

// NewAccountTypes are the types of the accounts of a chart.
func NewAccountTypes(chart []Account) AccountTypes {
	types := make(AccountTypes)
	for _, a := range chart {
		types[accountKey{id: string(a.ID)}] = a.Type
		types[accountKey{code: a.Code, name: a.Name}] = a.Type
	}
	return types
}

// Of is the type of an account; empty where it is not known. The id may be
// empty.
func (t AccountTypes) Of(id ID, code, name string) string {
	if known := t[accountKey{id: string(id)}]; known != "" && id != "" {
		return known
	}
	return t[accountKey{code: code, name: name}]
}

// days are the columns that date the rows of a report, and what they hold.
func (h ReportHead) days() (columns, cells []string) {
	if h.AsOf != "" {
		return []string{"as_of"}, []string{string(h.AsOf)}
	}
	return []string{"start", "end"}, []string{string(h.Start), string(h.End)}
}

// dated adds the columns that date the rows.
func (h ReportHead) dated(t Table) Table {
	columns, cells := h.days()
	t.Columns = append(t.Columns, columns...)
	for i := range t.Rows {
		t.Rows[i] = append(t.Rows[i], cells...)
	}
	return t
}
