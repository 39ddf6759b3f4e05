package render

import (
	"reflect"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// NewFile lays an answer out for a file that programs read: tables of nothing
// but rows, their totals apart, and what it says of itself.
func NewFile(answer any, company string, types schemas.AccountTypes) Document {
	d := NewDocument(answer, company)
	own, ok := reflect.TypeAssert[schemas.Filed](reflect.Indirect(reflect.ValueOf(answer)))
	if !ok {
		return d
	}
	f := own.File(types)
	d.Tables, d.Totals = make([]Table, 0, len(f.Tables)), f.Totals
	for _, t := range f.Tables {
		d.Tables = append(d.Tables, tabular(t).withIDs().filed())
	}
	return d
}

// NewDocument lays an answer out for a page: its lists as tables, and what it
// says of itself.
func NewDocument(answer any, company string) Document {
	return new(Layouts).document(reflect.Indirect(reflect.ValueOf(answer)), company)
}

// FencedDocument lays an answer out to be read: texts that are somebody's are
// fenced.
func FencedDocument(answer any, company string) Document {
	l, v := new(Layouts), reflect.Indirect(reflect.ValueOf(answer))
	d := l.document(l.fenced(v), schemas.Fence(company))
	d.Title = title(l.named(v))
	return d
}

// withIDs has ids as texts: they are names, and some have letters.
func (t Table) withIDs() Table {
	for i, c := range t.Columns {
		if c.Name == "id" || strings.HasSuffix(c.Name, "_id") {
			t.Columns[i].Kind = Text
		}
	}
	return t
}

func (l *Layouts) document(answer reflect.Value, company string) Document {
	d := Document{Title: title(answer), Facts: l.facts(answer, company)}
	for _, t := range l.tables(answer) {
		if t.currency == "" {
			t.currency = l.said(answer, "currency")
		}
		d.Tables = append(d.Tables, t.filed())
	}
	return d
}

func title(answer reflect.Value) string {
	if h, ok := reflect.TypeAssert[schemas.Headed](answer); ok {
		return h.Heading()
	}
	return ""
}

// facts are what every document says of itself.
func (l *Layouts) facts(answer reflect.Value, company string) []Fact {
	complete := l.said(answer, "complete")
	if complete == "" {
		complete = "true"
	}
	return append([]Fact{{"company", company}}, Stated(
		Fact{"currency", l.said(answer, "currency")},
		Fact{"basis", l.said(answer, "basis")},
		Fact{"period", l.covered(answer)},
		Fact{"as_of", l.said(answer, "as_of")},
		Fact{"complete", complete},
	)...)
}

// Stated are those of some facts that have a value.
func Stated(facts ...Fact) []Fact {
	return slices.DeleteFunc(facts, func(f Fact) bool { return f.Value == "" })
}

// filed is a table as files have it.
func (t Table) filed() Table {
	f := newFiling(t.Columns, t.currency)
	filed := Table{Title: t.Title, Columns: f.to, Rows: make([][]string, 0, len(t.Rows))}
	for _, row := range t.Rows {
		filed.Rows = append(filed.Rows, f.row(row))
	}
	return filed
}

// Rows lays the rows of a list out for a file, one at a time.
type Rows struct {
	fields []field
	filing
}

// RowsOf lays rows out. Amounts without a currency of their own are in the one
// given.
func RowsOf[R any](currency string) Rows {
	all := new(Layouts).fields(reflect.TypeFor[R]())
	return Rows{all, newFiling(columns(all), currency)}
}

// Columns are the columns of the rows.
func (r Rows) Columns() []Column { return r.to }

// Cells are the cells of one row.
func (r Rows) Cells(row any) []string { return r.row(cells(r.fields, reflect.ValueOf(row))) }

// filing puts currencies beside amounts, in columns of their own: a file's
// cells hold numbers, and its rows may be read without what stands around them.
type filing struct {
	from, to []Column
	currency string // of amounts in tables that do not name it; else empty
}

func newFiling(from []Column, currency string) filing {
	f := filing{from: from}
	amounts, named := false, false
	for _, c := range from {
		amounts, named = amounts || c.Kind == Money, named || c.Name == "currency"
		if c.Kind == Foreign {
			f.to = append(f.to, Column{Name: c.Name, Kind: Money}, Column{Name: c.Name + "_currency"})
		} else {
			f.to = append(f.to, Column{Name: c.Name, Kind: c.Kind})
		}
	}
	if currency != "" && amounts && !named {
		f.currency = currency
		f.to = append(f.to, Column{Name: "currency"})
	}
	return f
}

// row is a row with all its cells. One of a single cell is a heading.
func (f filing) row(from []string) []string {
	to := make([]string, 0, len(f.to))
	for i, cell := range from {
		if f.from[i].Kind != Foreign {
			to = append(to, cell)
			continue
		}
		amount, currency := schemas.Foreign(cell).Split()
		to = append(to, string(amount), currency)
	}
	to = append(to, make([]string, len(f.to)-len(to))...)
	if len(from) > 1 && f.currency != "" {
		to[len(to)-1] = f.currency
	}
	return to
}
