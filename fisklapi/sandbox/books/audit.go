package books

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// What can happen to a record.
const (
	created = "Created"
	edited  = "Edited"
)

// Change is one entry of the audit trail: who did what to which record, and which fields it altered.
type Change struct {
	ID         int64         `json:"id"`
	At         time.Time     `json:"at"`
	Actor      string        `json:"actor"`
	Action     string        `json:"action"`
	Type       string        `json:"type"`
	RecordID   int64         `json:"recordId"`
	RecordName string        `json:"recordName"`
	Fields     []FieldChange `json:"changes,omitempty"`
}

// FieldChange is one field before and after. Values are texts as a person reads them; money is in whole units.
type FieldChange struct {
	Field  string `json:"field"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// record names what a change is about.
type record struct {
	kind string
	id   int64
	name string
}

// Changes is the audit trail, newest first. The caller owns the slice.
func (b *Books) Changes() []Change {
	out := make([]Change, 0, len(b.audit))
	for _, change := range slices.Backward(b.audit) {
		out = append(out, change)
	}
	return out
}

// AuditedKinds are the kinds of record the audit trail knows.
func AuditedKinds() []string {
	return []string{KindClient, KindVendor, KindInvoice, KindPayment, KindProduct, KindCompany, KindTransaction}
}

func (b *Books) created(actor string, r record) { b.log(actor, created, r, nil) }

// edited writes down what differs between two versions of a record, and nothing when they are the same.
func (b *Books) edited(actor string, r record, before, after any) {
	if fields := differences(before, after); len(fields) > 0 {
		b.log(actor, edited, r, fields)
	}
}

func (b *Books) log(actor, action string, r record, fields []FieldChange) {
	b.audit = append(b.audit, Change{
		ID: b.ids.next(kindChange), At: b.now(), Actor: actor, Action: action,
		Type: r.kind, RecordID: r.id, RecordName: r.name, Fields: fields,
	})
}

// differences compares two values of one struct type by the fields the API shows, named as it names them.
func differences(before, after any) []FieldChange {
	var out []FieldChange
	x, y := reflect.ValueOf(before), reflect.ValueOf(after)
	for i := range x.NumField() {
		field := x.Type().Field(i)
		if field.Anonymous {
			out = append(out, differences(x.Field(i).Interface(), y.Field(i).Interface())...)
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "-" || name == "" || name == "updated" {
			continue
		}
		was, is := text(x.Field(i)), text(y.Field(i))
		if was != is {
			out = append(out, FieldChange{Field: name, Before: was, After: is})
		}
	}
	return out
}

func text(v reflect.Value) string {
	if at, ok := reflect.TypeAssert[time.Time](v); ok {
		if at.IsZero() {
			return ""
		}
		return at.Format(time.RFC3339)
	}
	if v.Kind() == reflect.Slice {
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = text(v.Index(i))
		}
		return strings.Join(parts, "; ")
	}
	return fmt.Sprint(v.Interface())
}
