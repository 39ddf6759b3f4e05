package schemas

import (
	"strings"

	"github.com/invopop/jsonschema"
)

// Quantity is how many of something, an exact decimal such as "7.5". The zero
// value is "not given".
type Quantity string

// ParseQuantity reads a positive decimal number.
func ParseQuantity(s string) (Quantity, error) {
	if strings.HasPrefix(s, "-") {
		return "", refuse(s, "is negative; for a discount lower a price, or make it or a credit note in the Fiskl app")
	}
	if !isDecimal(s) || len(s) > maxDigits {
		return "", refuse(s, `is not a quantity; write a positive number such as "10" or "7.5"`)
	}
	if Money(s).Decimal().IsZero() {
		return "", refuse(s, "is no quantity; leave the line out")
	}
	// JSON numbers have no zeros in front.
	if s = strings.TrimLeft(s, "0"); strings.HasPrefix(s, ".") {
		s = "0" + s
	}
	return Quantity(s), nil
}

// UnmarshalJSON accepts a decimal string or a number.
func (q *Quantity) UnmarshalJSON(b []byte) error {
	s, err := literal(b)
	if err != nil || s == "" || s == "null" {
		*q = ""
		return err
	}
	*q, err = ParseQuantity(s)
	return err
}

// JSONSchema describes a quantity to a model.
func (Quantity) JSONSchema() *jsonschema.Schema { return &jsonschema.Schema{Type: "string"} }
