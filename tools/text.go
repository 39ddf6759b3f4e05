package tools

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/shape"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// heading is what every answer can say of itself in a few words.
type heading interface{ Heading() string }

// render writes an answer as text: one heading line, then its fields, then
// its lists as tables, tab-separated. It walks the same struct that the
// structured part is made of, so that neither can hold what the other lacks.
// Texts stand in it fenced, so that none can pass for the server's own words.
func render(answer any, company string, known *shape.Shapes) string {
	var b strings.Builder
	whole := reflect.Indirect(reflect.ValueOf(answer))
	b.WriteString(headline(known.Named(whole), schemas.Name(company), known))
	shown := known.Fenced(whole)
	out, fields := shown.Interface(), walk(known, shown)
	tabular, laidOut := out.(schemas.Tabular)
	for _, f := range fields {
		if !f.inHeading(out) && !f.isTable() && (!laidOut || !f.isList()) {
			fmt.Fprintf(&b, "\n%s\t%s", f.name, cell(f.value))
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
			lay(&b, table(f, known))
		}
	}
	return b.String()
}

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
	var fields []field
	for _, c := range known.Columns(v.Type()) {
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

// inHeading reports the fields that the heading line says: those that every
// answer's does, and those that this answer's own heading holds.
func (f field) inHeading(out any) bool {
	if slices.Contains([]string{"period", "start", "end", "as_of", "count", "complete"}, f.name) {
		return true
	}
	head, ok := out.(interface{ InHeading() []string })
	return ok && slices.Contains(head.InHeading(), f.name)
}

// isList reports a list of words or amounts, which an answer that lays itself
// out has in its tables.
func (f field) isList() bool { return f.value.Kind() == reflect.Slice }

func (f field) isTable() bool {
	return f.value.Kind() == reflect.Slice && f.value.Type().Elem().Kind() == reflect.Struct
}

func headline(answer reflect.Value, company string, known *shape.Shapes) string {
	out, fields, parts := answer.Interface(), walk(known, answer), []string{company}
	if h, ok := out.(heading); ok {
		parts = []string{h.Heading(), company}
	}
	said := make(map[string]string)
	for _, f := range fields {
		if f.inHeading(out) {
			said[f.name] = cell(f.value)
		}
	}
	if said["start"] != "" {
		parts = append(parts, strings.TrimSpace(said["period"]+" "+said["start"]+" to "+said["end"]))
	}
	if said["as_of"] != "" {
		parts = append(parts, "as of "+said["as_of"])
	}
	switch said["complete"] {
	case "true":
		parts = append(parts, counted(said["count"])+", complete")
	case "false":
		parts = append(parts, counted(said["count"])+", NOT complete")
		if slices.ContainsFunc(fields, func(f field) bool { return f.name == "next_cursor" }) {
			parts[len(parts)-1] += ": more with next_cursor"
		}
	}
	return strings.Join(parts, " · ")
}

// table lays a list of structs out with one column for each field that any
// row has.
func table(f field, known *shape.Shapes) schemas.Table {
	all := known.Columns(f.value.Type().Elem())
	used := make([]bool, len(all))
	rows := make([][]string, f.value.Len())
	for i := range rows {
		rows[i] = make([]string, len(all))
		for j, c := range all {
			if v := f.value.Index(i).FieldByIndex(c.Index); !c.Omits || !empty(v) {
				rows[i][j], used[j] = cell(v), true
			}
		}
	}
	var t schemas.Table
	if f.name != "rows" {
		t.Title = f.name
	}
	for j, c := range all {
		if used[j] {
			t.Columns = append(t.Columns, c.Name)
		}
	}
	for _, row := range rows {
		t.Rows = append(t.Rows, keep(row, used))
	}
	return t
}

func keep(row []string, used []bool) []string {
	kept := make([]string, 0, len(row))
	for j, cell := range row {
		if used[j] {
			kept = append(kept, cell)
		}
	}
	return kept
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
