package schemas

import (
	"strings"

	"github.com/invopop/jsonschema"
)

// RecordType is a kind of record that has a history.
type RecordType string

// JSONSchema describes the kind to a model.
func (RecordType) JSONSchema() *jsonschema.Schema {
	return enum("client", "vendor", "invoice", "payment", "product", "company", "transaction")
}

// HistoryArgs name one record.
type HistoryArgs struct {
	Type   RecordType `json:"record_type" jsonschema_description:"Kind of record"`
	Record string     `json:"record" jsonschema_description:"Name, number or id"`
}

// ChangeFilter selects changes.
type ChangeFilter struct {
	Period
	Type  RecordType `json:"record_type,omitempty" jsonschema_description:"Kind of record"`
	Dated string     `json:"dated,omitempty" jsonschema_description:"Period they are dated in"`
	PageArgs
}

// RecordChange is one change of one record: who, when and what.
type RecordChange struct {
	ID       ID           `json:"id" jsonschema_description:"Id of the entry"`
	At       string       `json:"at" jsonschema_description:"UTC timestamp"`
	Actor    string       `json:"actor" jsonschema_description:"A person, or System for feeds and schedules"`
	Action   string       `json:"action" jsonschema_description:"Created, Edited or Deleted"`
	Type     string       `json:"record_type" jsonschema_description:"Kind of record"`
	RecordID ID           `json:"record_id" jsonschema_description:"Id of the record"`
	Record   string       `json:"record,omitempty" jsonschema_description:"Name of the record"`
	Changes  FieldChanges `json:"changes,omitempty" jsonschema_description:"Fields that changed"`
}

// FieldChange is a field before and after. Values are as Fiskl recorded them.
type FieldChange struct {
	Field  string `json:"field" jsonschema_description:"Fiskl's name of the field"`
	Before string `json:"before,omitempty" jsonschema_description:"Value before; absent when it was empty"`
	After  string `json:"after,omitempty" jsonschema_description:"Value after; absent when it is empty"`
}

// FieldChanges are the fields of one change.
type FieldChanges []FieldChange

// Cell writes the fields in one cell of a table.
func (c FieldChanges) Cell() string {
	parts := make([]string, 0, len(c))
	for _, f := range c {
		parts = append(parts, f.Field+": "+f.Before+" → "+f.After)
	}
	return strings.Join(parts, "; ")
}

// ChangeList is a list of changes, newest first.
type ChangeList struct {
	Of    string `json:"of" jsonschema_description:"What the changes are of"`
	Dated string `json:"dated,omitempty" jsonschema_description:"Filter used: days that the records are dated on"`
	Range
	Page[RecordChange]
}

var (
	_ Headed   = ChangeList{}
	_ Cuttable = (*ChangeList)(nil)
)

// Heading names the answer.
func (l ChangeList) Heading() string { return "Changes of " + l.Of }
