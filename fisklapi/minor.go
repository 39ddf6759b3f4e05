package fisklapi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// MinorUnits says how Fiskl counts amounts of currencies that do not have
// hundredths, such as JPY (none) or KWD (thousandths).
//
// Fiskl documents one rule, "divide by 100", and names no exception. For
// currencies that have hundredths there is no doubt. For the others the rule
// may or may not hold, and a wrong guess is wrong by 10 or 100 times. So they
// are read by the documented rule, and written only once somebody has
// settled it.
type MinorUnits string

// The ways of counting.
const (
	Documented MinorUnits = ""           // hundredths always; currencies without hundredths are not written
	Hundredths MinorUnits = "hundredths" // hundredths always
	ISO4217    MinorUnits = "iso4217"    // the currency's own minor unit
)

func (m MinorUnits) validate() error {
	switch m {
	case Documented, Hundredths, ISO4217:
		return nil
	default:
		return &OptionError{"MinorUnits", fmt.Sprintf("%q is neither %q nor %q", string(m), string(Hundredths), string(ISO4217))}
	}
}

// Settled reports whether amounts of this currency are known to be read right.
func (c *Client) Settled(currency string) bool { return c.minor.Settled(currency) }

// Settled reports whether amounts of this currency are known to be read right.
func (m MinorUnits) Settled(currency string) bool {
	return m != Documented || decimals(currency) == 2
}

// wireScale is how many decimals Fiskl's integers of this currency carry.
func (m MinorUnits) wireScale(currency string) int32 {
	if m == ISO4217 {
		return decimals(currency)
	}
	return 2
}

// decimal turns Fiskl's integer into a decimal string. What Fiskl left out is
// empty and never zero.
func (m MinorUnits) decimal(amount *int64, currency string) schemas.Money {
	if amount == nil {
		return ""
	}
	return m.decimalOf(*amount, currency)
}

// units is an amount, and nothing where Fiskl left it out.
func units(amount *int64) int64 {
	if amount == nil {
		return 0
	}
	return *amount
}

// whole is a number that Fiskl leaves out where it is none.
func whole(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// decimalOf turns an integer into a decimal string with the decimals that the
// currency has.
//
// The digits are only cut in two: no arithmetic, nothing to round.
func (m MinorUnits) decimalOf(amount int64, currency string) schemas.Money {
	scale := int(m.wireScale(currency))
	digits, sign := strconv.FormatInt(amount, 10), ""
	if amount < 0 {
		digits, sign = digits[1:], "-"
	}
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	whole, rest := digits[:len(digits)-scale], digits[len(digits)-scale:]
	if places := min(int(decimals(currency)), scale); strings.Trim(rest[places:], "0") == "" {
		rest = rest[:places]
	}
	if rest == "" {
		return schemas.Money(sign + whole)
	}
	return schemas.Money(sign + whole + "." + rest)
}

// integer turns an amount that a caller gave into Fiskl's integer, exactly or
// not at all. argument names it in the refusal.
func (m MinorUnits) integer(argument string, amount schemas.Money, currency string) (int64, error) {
	refuse := func(format string, args ...any) error {
		return &schemas.ArgumentError{Argument: argument, Problem: fmt.Sprintf(format, args...)}
	}
	amount, err := schemas.ParseMoney(string(amount)) // a caller in Go may have written anything
	if err != nil {
		return 0, refuse("%v", err)
	}
	if strings.HasPrefix(string(amount), "-") {
		return 0, refuse("is negative (%s), and nothing here can be: for a discount lower a price, or make it, a credit note or a refund in the Fiskl app", amount)
	}
	if !m.Settled(currency) {
		return 0, refuse("is in %s, which does not have hundredths, and Fiskl does not document how its API counts it. "+
			"Compare one %s amount in the Fiskl app with what this server shows: if they agree, start it with FISKL_MINOR_UNITS=hundredths, otherwise with iso4217", currency, currency)
	}
	d := amount.Decimal()
	scale := m.wireScale(currency)
	if places := min(decimals(currency), scale); !d.Equal(d.Truncate(places)) {
		return 0, refuse("%s has more decimals than %s allows (%d)", amount, currency, places)
	}
	minor := d.Shift(scale).BigInt()
	if !minor.IsInt64() {
		return 0, refuse("%s is too large an amount", amount)
	}
	return minor.Int64(), nil
}

// decimals is the number of decimals that ISO 4217 gives a currency: two, but
// for these.
func decimals(currency string) int32 {
	switch strings.ToUpper(currency) {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF",
		"UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	case "CLF", "UYW":
		return 4
	default:
		return 2
	}
}
