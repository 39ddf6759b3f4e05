package fisklapi

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// untaken tells what was asked for and a record has otherwise, or does not have
// at all, each in the word of the tools' argument.
func untaken(asked fields, raw json.RawMessage) (other, absent []string) {
	want, is := plainValue(asked), plainValue(raw)
	wants, _ := want.(map[string]any)
	has, _ := is.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(wants)) {
		value, there := has[name]
		switch {
		case takes(wants[name], value, has):
		case !there || value == nil || value == "":
			absent = append(absent, argument(name)+" is not on its record")
		default:
			other = append(other, argument(name)+otherwise(name, wants[name], value))
		}
	}
	return other, absent
}

// otherwise says how a value differs, where both are words of a few letters
// that nobody typed.
func otherwise(name string, want, is any) string {
	if list, ok := want.([]any); want == "" || ok && len(list) == 0 {
		return " was to be emptied and is there still"
	}
	wanted, ok := want.(string)
	had, also := is.(string)
	if !ok || !also || !strings.HasSuffix(strings.ToLower(name), "date") && name != "currency" && name != "country" {
		return " is otherwise on its record"
	}
	return " is " + schemas.Name(schemas.Clean(had, 10)) + " where " + schemas.Name(wanted) + " was asked"
}

// plainValue is a value as JSON has it, numbers with their digits.
func plainValue(v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var out any
	if d.Decode(&out) != nil {
		return nil
	}
	return out
}

// takes reports that a record has what was asked, in whatever way it writes it.
// beside are the members of the record, some of which say the same.
func takes(want, is any, beside map[string]any) bool {
	switch want := want.(type) {
	case map[string]any:
		has, ok := is.(map[string]any)
		return ok && takesAll(want, has)
	case []any:
		return takesList(want, is, beside)
	case nil:
		return is == nil || is == ""
	default:
		return sameScalar(want, is)
	}
}

func takesAll(want, has map[string]any) bool {
	for name, value := range want {
		if !takes(value, has[name], has) {
			return false
		}
	}
	return true
}

// takesList compares lists in order, and those of ids in any. What taxes a line
// has may stand in its taxes.
func takesList(want []any, is any, beside map[string]any) bool {
	has, ok := is.([]any)
	if !ok {
		has = idsOf(beside["taxes"])
	}
	if len(has) != len(want) {
		return false
	}
	for i, one := range want {
		if takes(one, has[i], nil) {
			continue
		}
		if _, object := one.(map[string]any); object || !slices.ContainsFunc(has, func(h any) bool { return sameScalar(one, h) }) {
			return false
		}
	}
	return true
}

func idsOf(taxes any) []any {
	list, _ := taxes.([]any)
	var ids []any
	for _, t := range list {
		if o, ok := t.(map[string]any); ok && o["taxId"] != nil {
			ids = append(ids, o["taxId"])
		}
	}
	return ids
}

// sameScalar compares texts without the spaces around and between their words,
// and numbers by their value, whether or not they are quoted. A day may come
// with its time.
func sameScalar(want, is any) bool {
	a, b := scalar(want), scalar(is)
	if a == b || len(a) == len("2006-01-02") && strings.HasPrefix(b, a+"T") {
		return true
	}
	x, err := decimal.NewFromString(a)
	if err != nil {
		return false
	}
	y, err := decimal.NewFromString(b)
	return err == nil && x.Equal(y)
}

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return strings.Join(strings.Fields(schemas.Clean(v, schemas.MaxText)), " ")
	case json.Number:
		return string(v)
	case bool:
		if v {
			return "true"
		}
		return "false"
	default:
		return ""
	}
}

// argument is what the tools call one of Fiskl's fields.
func argument(name string) string {
	switch name {
	case "taxIds":
		return "taxes"
	case "externalId":
		return "external_id"
	}
	var b strings.Builder
	for i, r := range strings.TrimSuffix(name, "Id") {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
