package sheet

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/shape"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Of lays an answer out: its lists as tables, and what it says of itself.
func Of(answer any, company string) Document {
	return of(reflect.Indirect(reflect.ValueOf(answer)), company)
}

// Fenced lays an answer out to be read: texts that are somebody's are fenced.
func Fenced(answer any, company string) Document {
	v := reflect.Indirect(reflect.ValueOf(answer))
	d := of(new(shape.Shapes).Fenced(v), schemas.Fence(company))
	d.Title = of(new(shape.Shapes).Named(v), "").Title
	return d
}

func of(v reflect.Value, company string) Document {
	answer, about := v.Interface(), said(v)
	d := Document{Facts: facts(about, company)}
	if h, ok := answer.(schemas.Headed); ok {
		d.Title = h.Heading()
	}
	if laidOut, ok := answer.(schemas.Tabular); ok {
		for _, t := range laidOut.Tables() {
			d.Tables = append(d.Tables, tabular(t, about["currency"]))
		}
		return d
	}
	for _, f := range fields(v.Type()) {
		if list := v.FieldByIndex(f.Index); f.holdsRows() && (f.Name == "rows" || list.Len() > 0) {
			d.Tables = append(d.Tables, listed(f.Name, list, about["currency"]))
		}
	}
	return d
}

// facts are what every document says of itself.
func facts(about map[string]string, company string) []Fact {
	all := []Fact{{"company", company}}
	add := func(name, value string) {
		if value != "" {
			all = append(all, Fact{name, value})
		}
	}
	add("currency", about["currency"])
	add("basis", about["basis"])
	if about["start"] != "" {
		add("period", strings.TrimSpace(about["period"]+" "+about["start"]+" to "+about["end"]))
	}
	add("as_of", about["as_of"])
	if about["complete"] == "" {
		about["complete"] = "true"
	}
	return append(all, Fact{"complete", about["complete"]})
}

// said is what an answer says of itself in single values, by name.
func said(v reflect.Value) map[string]string {
	about := make(map[string]string)
	for _, f := range fields(v.Type()) {
		if f.Type.Kind() == reflect.String || f.Type.Kind() == reflect.Bool {
			about[f.Name] = f.cell(v)
		}
	}
	return about
}

// kindNamed is the kind of a column by its name.
func kindNamed(name string) Kind {
	switch {
	case slices.Contains(wordy(), name):
		return Text
	case slices.Contains(daily(), name):
		return Date
	default:
		return Number
	}
}

// wordy are the columns of tables that answers lay out themselves which hold
// words, and daily those with days. All others hold numbers.
func wordy() []string {
	return []string{
		"account", "code", "contact", "type", "number", "description", "section", "tax", "ratio", "formula", "inputs",
		"currency",
	}
}

func daily() []string { return []string{"date", "due"} }

// tabular is a table that an answer laid out itself.
func tabular(from schemas.Table, currency string) Table {
	t := Table{Title: from.Title}
	for _, name := range from.Columns {
		t.Columns = append(t.Columns, Column{name, kindNamed(name)})
	}
	if from.Currency != "" {
		currency = from.Currency
	}
	own := slices.Contains(from.Columns, "currency") || slices.Contains(from.Columns, "ratio")
	if !own {
		t.Columns = append(t.Columns, Column{"currency", Text})
	}
	for _, row := range from.Rows {
		cells := make([]string, len(t.Columns))
		copy(cells, row)
		if !own && len(row) > 1 { // a row of one cell is a heading
			cells[len(cells)-1] = currency
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// listed is a table of a list of structs.
func listed(name string, list reflect.Value, currency string) Table {
	r := rowsOf(list.Type().Elem(), currency)
	t := Table{Columns: r.Columns()}
	if name != "rows" {
		t.Title = name
	}
	for i := range list.Len() {
		t.Rows = append(t.Rows, r.cells(list.Index(i)))
	}
	return t
}

// Rows makes cells of the rows of a list.
type Rows struct {
	all      []field
	currency string // beside amounts of rows that have none of their own
}

// RowsOf lays the rows of a list out. Amounts without a currency of their own
// are in the one given.
func RowsOf[R any](currency string) Rows { return rowsOf(reflect.TypeFor[R](), currency) }

func rowsOf(t reflect.Type, currency string) Rows {
	r := Rows{all: fields(t)}
	amounts := slices.ContainsFunc(r.all, func(f field) bool { return f.Type == reflect.TypeFor[schemas.Money]() })
	if amounts && !slices.ContainsFunc(r.all, func(f field) bool { return f.Name == "currency" }) {
		r.currency = currency
	}
	return r
}

// Columns are the columns of the rows.
func (r Rows) Columns() []Column {
	var all []Column
	for _, f := range r.all {
		all = append(all, Column{f.Name, f.kind()})
		if f.isForeign() {
			all = append(all, Column{f.Name + "_currency", Text})
		}
	}
	if r.currency != "" {
		all = append(all, Column{"currency", Text})
	}
	return all
}

// Cells are the cells of one row.
func (r Rows) Cells(row any) []string { return r.cells(reflect.ValueOf(row)) }

func (r Rows) cells(row reflect.Value) []string {
	cells := make([]string, 0, len(r.all)+1)
	for _, f := range r.all {
		cell := f.cell(row)
		if f.Omits && row.FieldByIndex(f.Index).IsZero() {
			cell = ""
		}
		if !f.isForeign() {
			cells = append(cells, cell)
			continue
		}
		amount, currency := schemas.Foreign(cell).Split()
		cells = append(cells, string(amount), currency)
	}
	if r.currency != "" {
		cells = append(cells, r.currency)
	}
	return cells
}

// field is one field of a struct.
type field struct{ shape.Column }

// fields lists the fields of a struct that go into cells and tables.
func fields(t reflect.Type) []field {
	var all []field
	for _, c := range new(shape.Shapes).Columns(t) {
		if c.Type.Kind() != reflect.Map {
			all = append(all, field{c})
		}
	}
	return all
}

func (f field) holdsRows() bool {
	return f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct
}

// isForeign reports an amount that has its currency in the same field, and in
// a file beside it.
func (f field) isForeign() bool { return f.Type == reflect.TypeFor[schemas.Foreign]() }

func (f field) kind() Kind {
	switch {
	case f.Type == reflect.TypeFor[schemas.Date]():
		return Date
	case f.isForeign(), f.Type == reflect.TypeFor[schemas.Money](), f.Type == reflect.TypeFor[schemas.Quantity](),
		f.Type.Kind() == reflect.Int, f.Type.Kind() == reflect.Int64:
		return Number
	default:
		return Text
	}
}

// cell is the field of a struct in one cell.
func (f field) cell(of reflect.Value) string {
	v := of.FieldByIndex(f.Index)
	if c, ok := reflect.TypeAssert[interface{ Cell() string }](v); ok {
		return c.Cell()
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Slice:
		words, _ := reflect.TypeAssert[[]string](v)
		return strings.Join(words, ", ")
	default:
		return ""
	}
}
