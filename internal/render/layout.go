package render

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// said is what an answer says in the field of a name; empty where it has none.
func (l *Layouts) said(answer reflect.Value, name string) string {
	for _, f := range l.fields(answer.Type()) {
		if f.Name == name {
			return f.cell(answer)
		}
	}
	return ""
}

// covered are the days that an answer covers; empty where it covers none.
func (l *Layouts) covered(answer reflect.Value) string {
	start := l.said(answer, "start")
	if start == "" {
		return ""
	}
	return strings.TrimSpace(l.said(answer, "period") + " " + start + " to " + l.said(answer, "end"))
}

// values are what an answer says beside its tables, in the order of its
// fields. Those left out when empty are.
func (l *Layouts) values(answer reflect.Value) []Fact {
	_, tabular := reflect.TypeAssert[schemas.Tabular](answer)
	var all []Fact
	for _, f := range l.fields(answer.Type()) {
		v := answer.FieldByIndex(f.index)
		if f.list || tabular && v.Kind() == reflect.Slice || f.optional && empty(v) {
			continue
		}
		all = append(all, Fact{f.Name, cell(v)})
	}
	return all
}

// tables are the lists of an answer, or what it lays out itself.
func (l *Layouts) tables(answer reflect.Value) []Table {
	var all []Table
	if own, ok := reflect.TypeAssert[schemas.Tabular](answer); ok {
		for _, t := range own.Tables() {
			all = append(all, tabular(t))
		}
		return all
	}
	for _, f := range l.fields(answer.Type()) {
		if rows := answer.FieldByIndex(f.index); f.list && (f.Name == mainList || rows.Len() > 0) {
			all = append(all, l.list(f.Name, rows))
		}
	}
	return all
}

// mainList is the list that an answer is about. It has no title, for the
// answer's is its own.
const mainList = "rows"

// list is a table of structs: a column for each field.
func (l *Layouts) list(name string, rows reflect.Value) Table {
	fields := l.fields(rows.Type().Elem())
	t := Table{Columns: columns(fields), Rows: make([][]string, rows.Len())}
	if name != mainList {
		t.Title = name
	}
	for i := range t.Rows {
		t.Rows[i] = cells(fields, rows.Index(i))
	}
	return t
}

func columns(fields []field) []Column {
	all := make([]Column, len(fields))
	for i, f := range fields {
		all[i] = f.Column
	}
	return all
}

func cells(fields []field, row reflect.Value) []string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.cell(row)
	}
	return all
}

// tabular is a table that an answer laid out itself. It names its columns and
// no kinds.
func tabular(from schemas.Table) Table {
	t := Table{Title: from.Title, Rows: from.Rows, currency: from.Currency}
	for _, name := range from.Columns {
		t.Columns = append(t.Columns, Column{Name: name, Kind: kindNamed(name)})
	}
	return t
}

// kindNamed is the kind of a column of such a table. All that have no name
// below hold amounts: those of periods have the names of periods.
func kindNamed(name string) Kind {
	switch name {
	case "account", "account_type", "agency", "base_currency", "client", "code", "contact", "currency", "description", "formula", "input", "inputs",
		"number", "ratio", "row", "section", "tax_name", "tax_number", "type", "vendor":
		return Text
	case "as_of", "date", "due_date", "end", "start":
		return Date
	case "id", "account_id", "client_id", "vendor_id", "value", "rate", "days_late", "change %":
		return Number
	default:
		return Money
	}
}

// cell is the field in one cell.
func (f field) cell(of reflect.Value) string {
	v := of.FieldByIndex(f.index)
	if f.optional && empty(v) {
		return ""
	}
	return cell(v)
}

// cell writes one value. Lists of words are joined; what has no simple form is
// JSON.
func cell(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Slice:
		if words, ok := reflect.TypeAssert[[]string](v); ok {
			return strings.Join(words, ", ")
		}
	}
	if c, ok := reflect.TypeAssert[interface{ Cell() string }](v); ok {
		return c.Cell()
	}
	b, err := json.Marshal(v.Interface())
	if err != nil {
		return ""
	}
	return string(b)
}

// empty reports what JSON leaves out where a tag says so.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	default:
		return v.IsZero()
	}
}
