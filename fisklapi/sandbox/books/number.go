package books

import (
	"encoding/json"
	"reflect"

	"github.com/shopspring/decimal"
)

// Number is an exact decimal that is a JSON number on the wire.
type Number struct{ decimal.Decimal }

// number literals longer or more extreme than this are no quantity and no rate, but an attempt to exhaust memory.
const (
	longestNumber   = 40
	largestExponent = 15
)

// NewNumber reads a decimal such as 9.975. It is meant for literals and panics on anything else.
func NewNumber(s string) Number { return Number{decimal.RequireFromString(s)} }

// MarshalJSON writes the number without quotes.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalJSON reads a JSON number and refuses a string that looks like one.
func (n *Number) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	refusal := &json.UnmarshalTypeError{Value: describe(data), Type: reflect.TypeFor[float64]()}
	if data[0] != '-' && (data[0] < '0' || data[0] > '9') || len(data) > longestNumber {
		return refusal
	}
	d, err := decimal.NewFromString(string(data))
	if err != nil || d.Exponent() > largestExponent || d.Exponent() < -largestExponent {
		return refusal
	}
	n.Decimal = d
	return nil
}

func describe(data []byte) string {
	switch data[0] {
	case '"':
		return "string"
	case '{':
		return "object"
	case '[':
		return "array"
	case 't', 'f':
		return "bool"
	default:
		return "number " + string(data[:min(len(data), longestNumber)])
	}
}
