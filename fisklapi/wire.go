package fisklapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// text is a string that somebody wrote. Decoding it cleans it, so that no
// struct of this package ever holds characters that hide or reorder others. A
// number counts as its digits: a document's number may be written as one.
type text string

func (t *text) UnmarshalJSON(b []byte) error {
	if b[0] == '"' && bytes.IndexByte(b, '\\') < 0 {
		*t = text(schemas.Short(string(b[1 : len(b)-1])))
		return nil
	}
	if b[0] == '-' || b[0] >= '0' && b[0] <= '9' {
		*t = text(b)
		return nil
	}
	var s *string
	if err := json.Unmarshal(b, &s); err != nil || s == nil {
		return err
	}
	*t = text(schemas.Short(*s))
	return nil
}

// prose is a text that people write in lines: an address, notes. It is cleaned
// as [text] is, and keeps its line breaks.
type prose string

func (p *prose) UnmarshalJSON(b []byte) error {
	if b[0] != '"' {
		return json.Unmarshal(b, (*text)(p))
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*p = prose(schemas.Prose(s))
	return nil
}

// day is a date as Fiskl documents it, YYYY-MM-DD. Any other form is an error
// here, and is translated by package dialect.
type day string

func (d *day) UnmarshalJSON(b []byte) error {
	if s := string(b); s == "null" || s == `""` {
		return nil
	}
	if len(b) != len(`"YYYY-MM-DD"`) || b[5] != '-' || b[8] != '-' {
		return fmt.Errorf("%q is not a date", schemas.Clean(string(b), 40))
	}
	*d = day(b[1 : len(b)-1])
	return nil
}

// texts is a list of such strings. A single string counts as a list of the
// parts between its commas.
type texts []text

func (t *texts) UnmarshalJSON(b []byte) error {
	if !bytes.HasPrefix(bytes.TrimSpace(b), []byte(`"`)) {
		return json.Unmarshal(b, (*[]text)(t))
	}
	var one text
	if err := json.Unmarshal(b, &one); err != nil {
		return err
	}
	*t = nil
	for part := range strings.SplitSeq(string(one), ",") {
		if part = strings.TrimSpace(part); part != "" {
			*t = append(*t, text(part))
		}
	}
	return nil
}

func (t texts) strings() []string {
	var s []string
	for _, one := range t {
		s = append(s, string(one))
	}
	return s
}

// number is a number or a string of one, kept digit by digit.
type number string

func (n *number) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(bytes.TrimSpace(b)), `"`)
	if s == "null" {
		return nil
	}
	if _, err := strconv.ParseFloat(s, 64); err != nil && s != "" {
		return fmt.Errorf("%q is not a number", schemas.Clean(s, 40))
	}
	*n = number(s)
	return nil
}

// otherFields returns what a record holds beyond the fields of known, with its
// texts cleaned. Nil when there is nothing.
func otherFields(record json.RawMessage, known any) map[string]any {
	var all map[string]any
	d := json.NewDecoder(bytes.NewReader(record))
	d.UseNumber()
	if d.Decode(&all) != nil {
		return nil
	}
	for _, name := range fieldNames(reflect.TypeOf(known)) {
		delete(all, name)
	}
	maps.DeleteFunc(all, func(_ string, v any) bool { return v == nil || v == false || v == "" })
	if len(all) == 0 {
		return nil
	}
	cleaned, _ := clean(all).(map[string]any)
	return cleaned
}

func fieldNames(t reflect.Type) []string {
	var names []string
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			names = append(names, fieldNames(f.Type)...)
			continue
		}
		names = append(names, name)
	}
	return names
}

// clean cleans every text in a decoded JSON value.
func clean(v any) any {
	switch v := v.(type) {
	case string:
		return schemas.Prose(v)
	case []any:
		for i := range v {
			v[i] = clean(v[i])
		}
		return v
	case map[string]any:
		return cleanMembers(v)
	default:
		return v
	}
}

// cleanMembers cleans an object. What is not named as an API names its members
// may be somebody's words, so it becomes an entry with its name as a value.
func cleanMembers(object map[string]any) map[string]any {
	out := make(map[string]any, len(object))
	var entries []any
	for _, key := range slices.Sorted(maps.Keys(object)) {
		name, value := schemas.Clean(key, 100), clean(object[key])
		if isMember(name) {
			out[name] = value
			continue
		}
		entries = append(entries, map[string]any{"name": name, "value": value})
	}
	if entries != nil {
		out["entries"] = entries
	}
	return out
}

func isMember(name string) bool {
	return name != "" && len(name) <= 40 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}
