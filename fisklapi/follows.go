package fisklapi

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// follows refuses to send an invoice, or to record money on it, whose total
// cannot be read or does not follow from its lines: a person would be shown one
// amount, a limit would be held against it, and another one may be in the
// books.
func (c *Client) follows(op Operation, r record[wireInvoice]) error {
	w := r.wire
	if err := c.countable(op, string(w.Currency)); err != nil {
		return err
	}
	problem := w.incomplete()
	if problem == "" {
		problem = w.misscaled(w.wireTotal)
	}
	if problem == "" {
		problem = w.stray(r.raw)
	}
	if problem == "" {
		return nil
	}
	return &Error{Kind: Misread, Endpoint: c.endpoints[op], Message: fmt.Sprintf(
		"invoice %s: %s. Which amount is right is not certain, so nothing was sent", schemas.Name(string(w.Number)), problem)}
}

// incomplete says which of the amounts that a write rests on is missing.
func (w wireInvoice) incomplete() string {
	switch {
	case w.Total == nil:
		return "its total cannot be read"
	case w.Outstanding == nil:
		return "what is outstanding on it cannot be read"
	case w.Currency == "":
		return "its currency cannot be read"
	case len(w.Items) == 0:
		return "it has no lines that its total could follow from"
	default:
		return ""
	}
}

// stray says where the amounts of an invoice part from each other. Its total is
// what its lines come to, but for what else the invoice itself says is added or
// taken off.
func (w wireInvoice) stray(raw json.RawMessage) string {
	if off := units(w.Total) - units(w.Paid) - units(w.Outstanding); off != 0 && w.status() != "Rejected" && !accounted(raw, off) {
		return "what is outstanding is not its total less what is paid"
	}
	lines, ok := w.lineSum()
	if !ok {
		return "its lines do not say what they come to"
	}
	if off := units(w.Total) - lines; off != 0 && !accounted(raw, off) {
		return "its total is not what its lines come to"
	}
	return ""
}

// lineSum is what the lines come to with tax, in minor units.
func (w wireInvoice) lineSum() (sum int64, ok bool) {
	whole, net := int64(0), int64(0)
	totals, nets := true, true
	for _, l := range w.Items {
		totals, nets = totals && l.Total != nil, nets && l.Net != nil
		whole, net = whole+units(l.Total), net+units(l.Net)
	}
	switch {
	case totals:
		return whole, true
	case nets && w.TaxTotal != nil:
		return net + units(w.TaxTotal), true
	default:
		return w.priced()
	}
}

// priced adds prices up where the lines give no more than those.
func (w wireInvoice) priced() (sum int64, ok bool) {
	if w.TaxTotal == nil || w.Subtotal == nil {
		return 0, false
	}
	exact := new(big.Rat)
	for _, l := range w.Items {
		quantity, ok := new(big.Rat).SetString(string(l.Quantity))
		if !ok || l.Price == nil {
			return 0, false
		}
		exact.Add(exact, quantity.Mul(quantity, rat(l.Price)))
	}
	off := exact.Sub(exact, rat(w.Subtotal))
	if off.Abs(off).Cmp(big.NewRat(int64(len(w.Items)), 2)) > 0 { // each line may be rounded by half a unit
		return 0, false
	}
	return units(w.Subtotal) + units(w.TaxTotal), true
}

// accounted reports that an invoice has a member for what its amounts differ
// by: a discount, carriage, a rounding or a credit on the whole of it. Fiskl
// documents none (inferred from other books).
func accounted(raw json.RawMessage, off int64) bool {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return false
	}
	for name, value := range members {
		var amount int64
		if json.Unmarshal(value, &amount) == nil && max(amount, -amount) == max(off, -off) && adjusts(name) {
			return true
		}
	}
	return false
}

// adjusts reports the name of an amount on the whole of an invoice.
func adjusts(name string) bool {
	name = strings.ToLower(name)
	for _, part := range []string{"discount", "shipping", "rounding", "adjustment", "credit"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
