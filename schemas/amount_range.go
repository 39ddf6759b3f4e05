package schemas

import (
	"strings"

	"github.com/invopop/jsonschema"
	"github.com/shopspring/decimal"
)

// AmountRange is amounts between two, both included, or one amount: "500..1000",
// "500..", "..1000", "950". A currency may stand before or behind it, "500.. EUR";
// without one it is each document's own. The zero value is every amount.
type AmountRange string

// JSONSchema describes the range to a model.
func (AmountRange) JSONSchema() *jsonschema.Schema { return &jsonschema.Schema{Type: "string"} }

// AmountLimits are the ends of a range; nil where it is open.
type AmountLimits struct {
	min, max *decimal.Decimal
	currency string
}

// Limits reads the range. argument names it in the refusal.
func (r AmountRange) Limits(argument string) (AmountLimits, error) {
	refuse := func(problem string) (AmountLimits, error) {
		return AmountLimits{}, &ArgumentError{Argument: argument, Problem: problem}
	}
	written, currency := withoutCurrency(string(r))
	if written == "" && currency == "" {
		return AmountLimits{}, nil
	}
	from, to, isRange := strings.Cut(written, "..")
	if !isRange {
		to = from
	}
	low, err := limit(from)
	if err != nil {
		return refuse(err.Error())
	}
	high, err := limit(to)
	if err != nil {
		return refuse(err.Error())
	}
	limits := AmountLimits{min: low, max: high, currency: currency}
	if problem := limits.problem(string(r)); problem != "" {
		return refuse(problem)
	}
	return limits, nil
}

// problem says what is wrong with both ends together; empty where nothing is.
func (l AmountLimits) problem(written string) string {
	switch {
	case l.min == nil && l.max == nil:
		return Quoted(written, 60) + " has no amount; write 950, 500..1000, 500.. or ..1000, with a currency such as EUR behind it where only one is meant"
	case l.min != nil && l.max != nil && l.max.LessThan(*l.min):
		return "ends with " + l.max.String() + ", below " + l.min.String() + " where it begins"
	default:
		return ""
	}
}

// withoutCurrency parts a range from the code of a currency before or behind it.
func withoutCurrency(s string) (written, currency string) {
	s = strings.TrimSpace(s)
	if code, rest, ok := strings.Cut(s, " "); ok && isCurrency(code) {
		return strings.TrimSpace(rest), strings.ToUpper(code)
	}
	if i := strings.LastIndexByte(s, ' '); i >= 0 && isCurrency(s[i+1:]) {
		return strings.TrimSpace(s[:i]), strings.ToUpper(s[i+1:])
	}
	return s, ""
}

func isCurrency(s string) bool {
	return len(s) == 3 && strings.Trim(strings.ToUpper(s), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// limit is one end of a range; nil where none is written.
func limit(s string) (*decimal.Decimal, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil, nil //nolint:nilnil // An end that is not written is no limit, and no mistake.
	}
	m, err := ParseMoney(s)
	if err != nil {
		return nil, err
	}
	d := m.Decimal()
	if d.IsNegative() {
		return nil, refuse(s, "is negative; amounts of documents are not")
	}
	return &d, nil
}

// Holds reports an amount that is within the limits.
func (l AmountLimits) Holds(amount Money, currency string) bool {
	d := amount.Decimal()
	return (l.min == nil || !d.LessThan(*l.min)) && (l.max == nil || !d.GreaterThan(*l.max)) &&
		(l.currency == "" || strings.EqualFold(l.currency, currency))
}
