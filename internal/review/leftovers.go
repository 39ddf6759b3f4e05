package review

import (
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// How long something may lie before it is left over.
const (
	acceptedDays = 14
	draftDays    = 30
	freshDays    = 7 // while the period goes on
)

// leftovers finds drafts and quotes on which nothing has happened.
func leftovers(b *Books) (out []finding) {
	var drafts []schemas.Evidence
	for _, i := range b.Invoices {
		if b.leftDraft(i) {
			drafts = append(drafts, ofInvoice(i, plural(apart(i.InvoiceDate, b.Today), "day", "days")+" old"))
		}
	}
	out = left(out, drafts, schemas.SeverityMedium, "draft invoice of the period or before was never sent", "draft invoices of the period or before were never sent", next("list_invoices", "status", "draft"))
	return append(out, b.leftQuotes()...)
}

// leftDraft reports a draft of the period or before. While the period goes on,
// one of the last days is being worked on.
func (b *Books) leftDraft(i schemas.InvoiceRow) bool {
	fresh := b.Period.End == b.Today && apart(i.InvoiceDate, b.Today) <= freshDays
	return i.Status == "Draft" && !b.Period.End.Before(i.InvoiceDate) && !fresh
}

func (b *Books) leftQuotes() (out []finding) {
	var accepted, expired, unsent []schemas.Evidence
	for _, q := range b.Quotes {
		age := apart(q.QuoteDate, b.Today)
		switch {
		case q.Status == "Accepted" && age > acceptedDays:
			accepted = append(accepted, ofQuote(q, plural(age, "day", "days")+" old"))
		case q.Status == "Sent" && q.ExpiryDate != "" && q.ExpiryDate.Before(b.Today):
			expired = append(expired, ofQuote(q, "expired "+string(q.ExpiryDate)))
		case q.Status == "Draft" && age > draftDays:
			unsent = append(unsent, ofQuote(q, plural(age, "day", "days")+" old"))
		}
	}
	out = left(out, accepted, schemas.SeverityMedium, "accepted quote was not billed", "accepted quotes were not billed", next("list_quotes", "status", "accepted"))
	out = left(out, expired, schemas.SeverityLow, "sent quote expired without an answer", "sent quotes expired without an answer", next("list_quotes", "status", "sent"))
	return left(out, unsent, schemas.SeverityLow, "draft quote was never sent", "draft quotes were never sent", next("list_quotes", "status", "draft"))
}

// left adds one finding for all of a kind.
func left(out []finding, evidence []schemas.Evidence, severity schemas.Severity, one, many, call string) []finding {
	if len(evidence) == 0 {
		return out
	}
	return append(out, finding{Finding: schemas.Finding{Severity: severity, What: plural(len(evidence), one, many), Evidence: evidence, Next: call}})
}
