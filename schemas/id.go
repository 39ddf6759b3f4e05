package schemas

import (
	"encoding/json"
	"strings"

	"github.com/invopop/jsonschema"
)

// ID is what Fiskl tells a record by: a number, a UUID or another word without
// spaces. It is a text here, and never a number: what clients in JavaScript
// read as one, they round above 2^53. The zero value is "none".
type ID string

// MaxID is how long an id is at most.
const MaxID = 64

// ParseID reads an id that a caller gave. Its alphabet allows for "1.5" and
// "-1"; but those are numbers, as JSON has them, and no id that was shown.
func ParseID(s string) (ID, error) {
	s = strings.TrimSpace(s)
	if !IsID(s) || ID(s).none() || isDecimal(strings.TrimPrefix(s, "-")) && !isDigits(s) {
		return "", refuse(s, "is not an id")
	}
	return ID(s), nil
}

// IsID reports a text that can be an id. An empty one is none.
func IsID(s string) bool {
	const letters, digits, signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "-_.:"
	return len(s) <= MaxID && strings.Trim(s, letters+digits+signs) == "" && strings.ContainsAny(s, letters+digits)
}

// none reports a zero, by which servers say that there is no record.
func (i ID) none() bool { return i == "" || i == "0" || i == "-0" }

// UnmarshalJSON accepts a string, or a whole number with all of its digits.
func (i *ID) UnmarshalJSON(b []byte) error {
	if plainDigits(b) { // as Fiskl documents ids, and lists are full of them
		*i = ID(b)
		return nil
	}
	s, err := literal(b)
	if err != nil {
		return err
	}
	if s = Clean(s, 2*MaxID); s == "null" && b[0] != '"' || s == "" || ID(s).none() {
		*i = ""
		return nil
	}
	if b[0] != '"' && !IsInteger(s) || !IsID(s) {
		return refuse(s, "is not an id")
	}
	*i = ID(s)
	return nil
}

// plainDigits reports a whole number above zero.
func plainDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0 && len(b) <= MaxID && b[0] != '0'
}

// JSONSchema describes an id to a model.
func (ID) JSONSchema() *jsonschema.Schema { return &jsonschema.Schema{Type: "string"} }

// Number is the id as the JSON that older files have it in: a number if it can
// be one.
func (i ID) Number() any {
	if IsInteger(string(i)) {
		return json.Number(i)
	}
	return string(i)
}

// Distinct reports an id that nobody would take for a name: digits as numbers
// have them, or a UUID.
func (i ID) Distinct() bool {
	return IsInteger(string(i)) && i[0] != '-' && len(i) <= MaxID && !i.none() || isUUID(string(i))
}

// Is reports that a caller's word is this id. Of a UUID, the case says nothing.
func (i ID) Is(word string) bool {
	word = strings.TrimSpace(word)
	return i != "" && (word == string(i) || isUUID(word) && strings.EqualFold(word, string(i)))
}

// IsInteger reports a whole number as JSON writes it, of any size.
func IsInteger(s string) bool {
	digits := strings.TrimPrefix(s, "-")
	return isDigits(digits) && (digits[0] != '0' || len(digits) == 1)
}

// isUUID reports 32 hex digits in groups of 8, 4, 4, 4 and 12.
func isUUID(s string) bool {
	groups := strings.Split(s, "-")
	if len(groups) != 5 {
		return false
	}
	for i, length := range [...]int{8, 4, 4, 4, 12} {
		if len(groups[i]) != length || strings.Trim(groups[i], "0123456789abcdefABCDEF") != "" {
			return false
		}
	}
	return true
}
