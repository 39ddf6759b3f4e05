package tools

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// heading is what every answer can say of itself in a few words.
type heading interface{ Heading() string }

// render writes an answer as text: one heading line, then its fields, then
// its lists as tables, tab-separated. It walks the same struct that the
// structured part is made of, so that neither can hold what the other lacks.
func render(out any, company string) string {
	var b strings.Builder
	fields := walk(reflect.Indirect(reflect.ValueOf(out)))
	b.WriteString(headline(out, company, fields))
	for _, f := range fields {
		if !f.inHeading() && !f.isTable() {
			fmt.Fprintf(&b, "\n%s\t%s", f.name, cell(f.value))
		}
	}
	for _, f := range fields {
		if !f.isTable() {
			continue
		}
		if f.name != "rows" {
			b.WriteString("\n" + f.name)
		}
		table(&b, f.value)
	}
	return b.String()
}

// field is one member of an answer by its JSON name.
type field struct {
	name  string
	value reflect.Value
}

// walk lists the fields of a struct as JSON would: embedded structs flat,
// empty ones left out where the tag says so.
func walk(v reflect.Value) []field {
	var fields []field
	for f, value := range v.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			fields = append(fields, walk(value)...)
		case !f.IsExported(), name == "", strings.Contains(options, "omitempty") && empty(value):
		default:
			fields = append(fields, field{name, value})
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

// inHeading reports the fields that the heading line says.
func (f field) inHeading() bool {
	return slices.Contains([]string{"period", "start", "end", "as_of", "count", "complete"}, f.name)
}

func (f field) isTable() bool {
	return f.value.Kind() == reflect.Slice && f.value.Type().Elem().Kind() == reflect.Struct
}

func headline(out any, company string, fields []field) string {
	parts := []string{company}
	if h, ok := out.(heading); ok {
		parts = []string{h.Heading(), company}
	}
	said := make(map[string]string)
	for _, f := range fields {
		if f.inHeading() {
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
		parts = append(parts, said["count"]+" rows, complete")
	case "false":
		parts = append(parts, said["count"]+" rows, NOT complete: more with next_cursor")
	}
	return strings.Join(parts, " · ")
}

// table writes a list of structs with one column for each field that any row
// has.
func table(b *strings.Builder, list reflect.Value) {
	if list.Len() == 0 {
		return
	}
	rows := make([]map[string]string, list.Len())
	used := make(map[string]bool)
	for i := range rows {
		rows[i] = make(map[string]string)
		for _, f := range walk(list.Index(i)) {
			rows[i][f.name], used[f.name] = cell(f.value), true
		}
	}
	columns := slices.DeleteFunc(names(list.Type().Elem()), func(n string) bool { return !used[n] })
	b.WriteString("\n" + strings.Join(columns, "\t"))
	for _, row := range rows {
		b.WriteString("\n")
		for i, c := range columns {
			if i > 0 {
				b.WriteString("\t")
			}
			b.WriteString(row[c])
		}
	}
}

// names lists the JSON names of a struct in order.
func names(t reflect.Type) []string {
	var all []string
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			all = append(all, names(f.Type)...)
		} else if name != "" {
			all = append(all, name)
		}
	}
	return all
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
	b, err := json.Marshal(v.Interface())
	if err != nil {
		return ""
	}
	return string(b)
}
