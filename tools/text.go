package tools

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/shape"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// render writes an answer as text: one heading line, then its fields, then
// its lists as tables, tab-separated. It walks the same struct that the
// structured part is made of, so that neither can hold what the other lacks.
// Texts stand in it fenced, so that none can pass for the server's own words.
func render(answer any, company string, known *shape.Shapes) string {
	var b strings.Builder
	b.Grow(likely)
	whole := reflect.Indirect(reflect.ValueOf(answer))
	b.WriteString(headline(known.Named(whole), schemas.Name(company), known))
	shown := known.Fenced(whole)
	out, fields := shown.Interface(), walk(known, shown)
	tabular, laidOut := out.(schemas.Tabular)
	above := inHeading(out)
	for _, f := range fields {
		if !slices.Contains(above, f.name) && !f.isTable() && (!laidOut || !f.isList()) {
			b.WriteString("\n" + f.name + "\t" + cell(f.value))
		}
	}
	if laidOut {
		for _, one := range tabular.Tables() {
			lay(&b, one)
		}
		return b.String()
	}
	for _, f := range fields {
		if f.isTable() {
			f.lay(&b, known)
		}
	}
	return b.String()
}

// likely is room for a text of some rows.
const likely = 1 << 10

// lay writes a table with its title above it.
func lay(b *strings.Builder, t schemas.Table) {
	if len(t.Rows) == 0 {
		return
	}
	if t.Title != "" {
		b.WriteString("\n" + t.Title)
	}
	b.WriteString("\n" + strings.Join(t.Columns, "\t"))
	for _, row := range t.Rows {
		b.WriteString("\n" + strings.TrimRight(strings.Join(row, "\t"), "\t"))
	}
}

// field is one member of an answer by its JSON name.
type field struct {
	name  string
	value reflect.Value
}

// walk lists the fields of a struct as JSON would: embedded structs flat,
// empty ones left out where the tag says so.
func walk(known *shape.Shapes, v reflect.Value) []field {
	all := known.Columns(v.Type())
	fields := make([]field, 0, len(all))
	for _, c := range all {
		if value := v.FieldByIndex(c.Index); !c.Omits || !empty(value) {
			fields = append(fields, field{c.Name, value})
		}
	}
	return fields
}

func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	default:
		return v.IsZero()
	}
}

// inHeading are the fields that the heading line says: those that every
// answer's does, and those that this answer's own heading holds.
func inHeading(out any) []string {
	names := []string{"period", "start", "end", "as_of", "count", "complete"}
	if head, ok := out.(schemas.Summed); ok {
		names = append(names, head.InHeading()...)
	}
	return names
}

// isList reports a list of words or amounts, which an answer that lays itself
// out has in its tables.
func (f field) isList() bool { return f.value.Kind() == reflect.Slice }

func (f field) isTable() bool {
	return f.value.Kind() == reflect.Slice && f.value.Type().Elem().Kind() == reflect.Struct
}

func headline(answer reflect.Value, company string, known *shape.Shapes) string {
	out, fields, parts := answer.Interface(), walk(known, answer), []string{company}
	if h, ok := out.(schemas.Headed); ok {
		parts = []string{h.Heading(), company}
	}
	said := func(name string) string {
		if i := slices.IndexFunc(fields, func(f field) bool { return f.name == name }); i >= 0 {
			return cell(fields[i].value)
		}
		return ""
	}
	if start := said("start"); start != "" {
		parts = append(parts, strings.TrimSpace(said("period")+" "+start+" to "+said("end")))
	}
	if day := said("as_of"); day != "" {
		parts = append(parts, "as of "+day)
	}
	switch said("complete") {
	case "true":
		parts = append(parts, counted(said("count"))+", complete")
	case "false":
		parts = append(parts, counted(said("count"))+", NOT complete")
		if said("next_cursor") != "" {
			parts[len(parts)-1] += ": more with next_cursor"
		}
	}
	return strings.Join(parts, " · ")
}

// lay writes a list of structs as a table, with one column for each field that
// any row has.
func (f field) lay(b *strings.Builder, known *shape.Shapes) {
	if f.value.Len() == 0 {
		return
	}
	if f.name != "rows" {
		b.WriteString("\n" + f.name)
	}
	columns, gap := used(known, f.value), "\n"
	for _, c := range columns {
		b.WriteString(gap + c.Name)
		gap = "\t"
	}
	for i := range f.value.Len() {
		b.WriteByte('\n')
		pending := 0 // cells before, which are only written if another follows
		for _, c := range columns {
			if text := cellOf(c, f.value.Index(i)); text != "" {
				for ; pending > 0; pending-- {
					b.WriteByte('\t')
				}
				b.WriteString(text)
			}
			pending++
		}
	}
}

// used are the columns that any of some rows has something in.
func used(known *shape.Shapes, rows reflect.Value) []shape.Column {
	return slices.DeleteFunc(slices.Clone(known.Columns(rows.Type().Elem())), func(c shape.Column) bool {
		for i := range rows.Len() {
			if !c.Omits || !empty(rows.Index(i).FieldByIndex(c.Index)) {
				return false
			}
		}
		return true
	})
}

// cellOf writes a column's value in a row.
func cellOf(c shape.Column, row reflect.Value) string {
	v := row.FieldByIndex(c.Index)
	if c.Omits && empty(v) {
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

func counted(n string) string {
	if n == "1" {
		return "1 row"
	}
	return n + " rows"
}
