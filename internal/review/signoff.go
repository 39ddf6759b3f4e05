package review

import (
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// afterSignOff finds changes of records of the period since it was signed off.
func afterSignOff(b *Books) (out []finding) {
	type key struct {
		kind string
		id   schemas.ID
	}
	dated := make(map[key]schemas.Evidence)
	for _, l := range b.Ledger {
		if b.covers(l.Date) && l.RecordID != "" {
			dated[key{strings.ToLower(l.RecordType), l.RecordID}] = b.ofLine(l, "")
		}
	}
	for _, i := range b.Invoices {
		if b.covers(i.InvoiceDate) {
			dated[key{"invoice", i.ID}] = ofInvoice(i, "")
		}
	}
	seen := make(map[key]int)
	for _, c := range b.Changes {
		k := key{strings.ToLower(c.Type), c.RecordID}
		e, ok := dated[k]
		if !ok || paymentOnly(c) {
			continue
		}
		e.Note = strings.ToLower(c.Action) + " " + c.At
		if at, again := seen[k]; again {
			out[at].Evidence = append(out[at].Evidence, e)
			continue
		}
		seen[k] = len(out)
		f := finding{Finding: schemas.Finding{
			Severity: schemas.SeverityHigh, What: "a record of the period was changed after it was signed off", Evidence: []schemas.Evidence{e}, Next: history(e),
		}}
		out = append(out, f.at(e.Amount.Decimal(), e.Currency, b.Currency))
	}
	return out
}

// paymentOnly reports a change that only says that a document was sent or paid,
// which is an event of its own day. The names are Fiskl's fields (inferred).
func paymentOnly(c schemas.RecordChange) bool {
	for _, f := range c.Changes {
		switch strings.ToLower(f.Field) {
		case "status", "paid", "outstanding", "sentat":
		default:
			return false
		}
	}
	return len(c.Changes) > 0
}
