package fisklapi

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Standing is how an invoice stands. The zero value is one that is not known.
type Standing struct {
	Status      string        `json:"status,omitempty"`      // as Fiskl has it: "Draft", "Sent"
	Outstanding schemas.Money `json:"outstanding,omitempty"` // left to pay; empty where that is not known
	Currency    string        `json:"currency,omitempty"`    // of Outstanding
}

// String is the standing as a clause: "Sent, outstanding 4980.00 GBP".
func (s Standing) String() string {
	if s == (Standing{}) {
		return "not known"
	}
	return fmt.Sprintf("%s, outstanding %s %s", s.Status, s.Outstanding, s.Currency)
}

// earlier tells the standing as one that was.
func (s Standing) earlier() string {
	if s == (Standing{}) {
		return "how it was before is not known"
	}
	return "before it was " + s.String()
}

// lessThan reports that less is left to pay than in another standing, as far as
// both are known and in one currency.
func (s Standing) lessThan(other Standing) bool {
	return s.Outstanding != "" && other.Outstanding != "" && s.Currency == other.Currency && s.Outstanding.Decimal().LessThan(other.Outstanding.Decimal())
}

// standing says how an invoice stands.
func (c *Client) standing(w wireInvoice) Standing {
	return Standing{Status: w.status(), Outstanding: c.minor.decimal(w.Outstanding, string(w.Currency)), Currency: string(w.Currency)}
}

// UnmarshalJSON reads a write that was kept. Journals of earlier versions have
// its standing as a clause.
func (w *Write) UnmarshalJSON(b []byte) error {
	type plain Write
	kept := struct {
		*plain

		Clause string `json:"standing"`
	}{plain: (*plain)(w)}
	if err := json.Unmarshal(b, &kept); err != nil {
		return err //nolint:wrapcheck // it is the decoder's own
	}
	if w.Before == (Standing{}) {
		w.Before = legacyStanding(kept.Clause)
	}
	return nil
}

// legacyStanding reads the clause that earlier versions kept. One that is not
// exactly of their making is a standing that is not known.
func legacyStanding(clause string) Standing {
	status, rest, ok := strings.Cut(clause, ", outstanding ")
	amount, currency, apart := strings.Cut(rest, " ")
	outstanding, err := schemas.ParseMoney(amount)
	if !ok || !apart || status == "" || err != nil || strings.ContainsRune(currency, ' ') {
		return Standing{}
	}
	return Standing{Status: status, Outstanding: outstanding, Currency: currency}
}
