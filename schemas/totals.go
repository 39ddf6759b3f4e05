package schemas

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/invopop/jsonschema"
)

// NamedAmount is one figure by its name.
type NamedAmount struct {
	Name   string
	Amount Money
}

// Totals are figures by name, in the order of a report. In JSON they are one
// object.
type Totals []NamedAmount

// Get returns the figure of that name; none when there is none.
func (t Totals) Get(name string) Money {
	for _, a := range t {
		if a.Name == name {
			return a.Amount
		}
	}
	return ""
}

// MarshalJSON writes an object whose members keep their order.
func (t Totals) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, a := range t {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(a.Name)
		if err != nil {
			return nil, fmt.Errorf("write totals: %w", err)
		}
		amount, err := json.Marshal(a.Amount)
		if err != nil {
			return nil, fmt.Errorf("write totals: %w", err)
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(amount)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// JSONSchema describes the object.
func (Totals) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "string"}}
}
