package schemas

import (
	"strings"

	"github.com/invopop/jsonschema"
	"github.com/shopspring/decimal"
)

// Money is an amount as a decimal string, "1500.00", in the currency that
// stands beside it. The zero value is "no amount". Arithmetic goes through
// [Money.Decimal], which is exact.
type Money string

// maxDigits keeps every amount within what 64-bit minor units can hold.
const maxDigits = 15

// ParseMoney reads an amount: plain digits with an optional point and sign.
// Exponents, separators and currency signs are refused rather than guessed at.
func ParseMoney(s string) (Money, error) {
	s = strings.TrimSpace(s)
	digits := strings.TrimPrefix(s, "-")
	if !isDecimal(digits) {
		return "", refuse(s, `is not an amount; write digits and a point such as "1500.00", without separators, exponent or currency`)
	}
	if whole, _, _ := strings.Cut(digits, "."); len(whole) > maxDigits {
		return "", refuse(s, "is too large an amount")
	}
	return Money(s), nil
}

func isDecimal(s string) bool {
	whole, fraction, pointed := strings.Cut(s, ".")
	return isDigits(whole) && (!pointed || isDigits(fraction))
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// UnmarshalJSON accepts a decimal string or a number; a number is read digit
// by digit and never becomes a float.
func (m *Money) UnmarshalJSON(b []byte) error {
	s, err := literal(b)
	if err != nil || s == "" || s == "null" {
		*m = ""
		return err
	}
	*m, err = ParseMoney(s)
	return err
}

// JSONSchema describes an amount to a model.
func (Money) JSONSchema() *jsonschema.Schema { return &jsonschema.Schema{Type: "string"} }

// Decimal returns the amount; none counts as zero.
func (m Money) Decimal() decimal.Decimal {
	d, err := decimal.NewFromString(string(m))
	if err != nil {
		return decimal.Zero
	}
	return d
}
