package fisklapi

import (
	"reflect"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// form is what an operation has to answer. It is declared by the struct that
// the answer is decoded into: a tag `form` says what must be there, and checks
// what holds between its amounts. A test holds openapi.yaml to the same.
//
// The tag's words, between commas:
//
//	required      must be there, and a text or an id not be empty
//	unless=total  must be there, unless that amount is zero
//	somewhere     must be in one row at least
//	detail=total  must be there where details were asked for, unless that amount is zero
//	soft          is looked for under other names where it is not there
//	words=status  is one of a few words, see meanings
//	base          is in the report's currency, whatever the row's own is
func formOf(t reflect.Type, noun string) *dialect.Form {
	f := &dialect.Form{Kind: kindOfType(t), Noun: noun}
	switch {
	case t.Kind() == reflect.Pointer:
		return formOf(t.Elem(), noun)
	case f.Kind == dialect.List:
		f.Elem = formOf(t.Elem(), noun)
	case f.Kind == dialect.Record:
		f.Fields = formFields(t, noun)
		f.Checks = checksOf(t)
		f.Nests = nests(t)
	}
	return f
}

func checksOf(t reflect.Type) []string {
	if c, ok := reflect.TypeAssert[interface{ checks() []string }](reflect.Zero(t)); ok {
		return c.checks()
	}
	return nil
}

func nests(t reflect.Type) bool {
	n, ok := reflect.TypeAssert[interface{ nests() bool }](reflect.Zero(t))
	return ok && n.nests()
}

func formFields(t reflect.Type, noun string) []dialect.Field {
	var all []dialect.Field
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			all = append(all, formFields(f.Type, noun)...)
			continue
		case name == "":
			continue
		}
		field := dialect.Field{Name: name, Form: formOf(f.Type, noun)}
		for word := range strings.SplitSeq(f.Tag.Get("form"), ",") {
			field = declared(field, word)
		}
		all = append(all, field)
	}
	return all
}

// declared is a field with what one word of its tag says.
func declared(f dialect.Field, word string) dialect.Field {
	key, value, _ := strings.Cut(word, "=")
	switch key {
	case "required":
		f.Need = dialect.Required
	case "unless":
		f.Need, f.Unless = dialect.Required, value
	case "somewhere":
		f.Need = dialect.Somewhere
	case "detail":
		f.Need, f.Unless = dialect.Detail, value
	case "soft":
		f.Need = dialect.Soft
	case "base":
		f.Base = true
	case "words":
		f.Form.Meanings, f.Form.Vocabulary = meanings(value), value
	}
	return f
}

// meanings are the words that Fiskl's screens have for something.
func meanings(of string) []string {
	switch of {
	case "invoice":
		return []string{"Draft", "Sent", "Overdue", "Partial", "Paid", "Rejected"}
	case "quote":
		return []string{"Draft", "Sent", "Accepted", "Rejected", "Converted"}
	case "product":
		return []string{"Product", "Service"}
	case "account":
		return []string{"Assets", "Liabilities", "Income", "Expenses", "Equity"}
	case "basis":
		return []string{"Accrual", "Cash"}
	default:
		return nil
	}
}

// kindOfType is what a value of a Go type means on the wire.
func kindOfType(t reflect.Type) dialect.Kind {
	if t.Kind() == reflect.Pointer {
		return kindOfType(t.Elem())
	}
	named := map[reflect.Type]dialect.Kind{
		reflect.TypeFor[text]():       dialect.Word,
		reflect.TypeFor[prose]():      dialect.Word,
		reflect.TypeFor[day]():        dialect.Day,
		reflect.TypeFor[id]():         dialect.ID,
		reflect.TypeFor[number]():     dialect.Decimal,
		reflect.TypeFor[texts]():      dialect.Words,
		reflect.TypeFor[wireTotals](): dialect.Amounts,
	}
	if kind, ok := named[t]; ok {
		return kind
	}
	switch t.Kind() {
	case reflect.Int64:
		return dialect.Amount
	case reflect.Int:
		return dialect.Count
	case reflect.Bool:
		return dialect.Flag
	case reflect.Slice:
		return dialect.List
	case reflect.Struct:
		return dialect.Record
	default:
		return dialect.Any
	}
}

// without is a form that does not need these fields, of a list its rows.
func without(f *dialect.Form, names ...string) *dialect.Form {
	return needing(f, dialect.Optional, names...)
}

// over is a report of a period, asOf one of a day: each says which.
func over(f *dialect.Form) *dialect.Form { return needing(f, dialect.Required, "start", "end") }

func asOf(f *dialect.Form) *dialect.Form { return needing(f, dialect.Required, "asOf") }

func needing(f *dialect.Form, need dialect.Need, names ...string) *dialect.Form {
	if f.Kind == dialect.List {
		f.Elem = needing(f.Elem, need, names...)
		return f
	}
	f.Fields = slices.Clone(f.Fields)
	for i := range f.Fields {
		if slices.Contains(names, f.Fields[i].Name) {
			f.Fields[i].Need = need
		}
	}
	return f
}

// totalling is a report that must have totals of these names.
func totalling(f *dialect.Form, names ...string) *dialect.Form {
	f.Fields = slices.Clone(f.Fields)
	for i := range f.Fields {
		if f.Fields[i].Name != "totals" {
			continue
		}
		totals := *f.Fields[i].Form
		for _, name := range names {
			totals.Fields = append(totals.Fields, dialect.Field{Name: name, Need: dialect.Required, Form: &dialect.Form{Kind: dialect.Amount}})
		}
		f.Fields[i].Form = &totals
	}
	return f
}
