package review

import (
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// recordKey is a record by its kind and id.
type recordKey struct {
	kind string
	id   schemas.ID
}

// afterSignOff finds changes of records of the period since it was signed off.
func afterSignOff(b *Books) (out []finding) {
	own := b.records()
	seen := make(map[recordKey]int)
	for _, c := range b.Changes {
		k := recordKey{strings.ToLower(c.Type), c.RecordID}
		e, what := own[k], "a record of the period was changed after it was signed off"
		if e.RecordID == "" && (deleted(c) || b.leftPeriod(c)) {
			e = schemas.Evidence{RecordType: k.kind, RecordID: k.id, Name: c.Record}
			what = "a record was deleted, or moved out of the period, after it was signed off; what was deleted tells no date"
		}
		if e.RecordID == "" || paymentOnly(c) {
			continue
		}
		e.Note = strings.ToLower(c.Action) + " " + c.At
		if at, again := seen[k]; again {
			out[at].Evidence = append(out[at].Evidence, e)
			continue
		}
		seen[k] = len(out)
		out = append(out, b.changedSince(e, what))
	}
	return out
}

// records are those of the period, each with the whole of what it comes to.
func (b *Books) records() map[recordKey]schemas.Evidence {
	own := make(map[recordKey]schemas.Evidence)
	for _, l := range b.Ledger {
		if !b.covers(l.Date) || l.RecordID == "" {
			continue
		}
		k, e := recordKey{strings.ToLower(l.RecordType), l.RecordID}, b.ofLine(l)
		if e.Amount.Decimal().GreaterThanOrEqual(own[k].Amount.Decimal()) { // and not its tax
			own[k] = e
		}
	}
	for _, i := range b.Invoices {
		if b.covers(i.InvoiceDate) {
			own[recordKey{"invoice", i.ID}] = ofInvoice(i, "")
		}
	}
	return own
}

// changedSince is a finding that is shown whatever it comes to.
func (b *Books) changedSince(e schemas.Evidence, what string) finding {
	f := finding{always: true, Finding: schemas.Finding{
		Severity: schemas.SeverityHigh, What: what, Evidence: []schemas.Evidence{e}, Next: history(e),
	}}
	if e.Amount == "" {
		return f
	}
	return f.at(e.Amount.Decimal(), e.Currency, b.Currency)
}

// deleted reports that something which had a day of its own was deleted.
func deleted(c schemas.RecordChange) bool {
	return strings.EqualFold(c.Action, "Deleted") && slices.Contains([]string{"invoice", "payment", "transaction"}, strings.ToLower(c.Type))
}

// leftPeriod reports a change of a date that was in the period.
func (b *Books) leftPeriod(c schemas.RecordChange) bool {
	return slices.ContainsFunc(c.Changes, func(f schemas.FieldChange) bool {
		name := strings.ToLower(f.Field)
		return strings.Contains(name, "date") && !strings.Contains(name, "due") && b.covers(schemas.Date(f.Before))
	})
}

// paymentOnly reports a change that only says that an invoice was paid, which is
// an event of its own day. One that is sent, or rejected, after the period was
// signed off is a change of it. The names are Fiskl's fields (inferred).
func paymentOnly(c schemas.RecordChange) bool {
	issued := []string{"Sent", "Overdue", "Partial", "Paid"}
	for _, f := range c.Changes {
		switch strings.ToLower(f.Field) {
		case "paid", "outstanding":
		case "status":
			if !slices.Contains(issued, f.Before) || !slices.Contains(issued, f.After) {
				return false
			}
		default:
			return false
		}
	}
	return len(c.Changes) > 0
}
