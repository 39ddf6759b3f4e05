package review

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// owedDocument is an unpaid document with whom it is with.
type owedDocument struct {
	contact string
	schemas.AgingDocument
}

// late are the unpaid documents that are more than some days late, the latest
// first. What the list of invoices says is paid by now is left out.
func (b *Books) late(a schemas.Aging, over, upTo int) (out []owedDocument) {
	paid := make(map[schemas.ID]bool)
	for _, i := range b.Invoices {
		paid[i.ID] = i.Outstanding.Decimal().IsZero() && i.Outstanding != ""
	}
	for _, r := range a.Rows {
		contact, _ := r.Contact()
		for _, d := range r.Documents {
			if d.DaysLate > over && d.DaysLate <= upTo && (d.Type != "Invoice" || !paid[d.ID]) {
				out = append(out, owedDocument{contact, d})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y owedDocument) int { return cmp.Compare(y.DaysLate, x.DaysLate) })
	return out
}

// ever is more days than anything is late.
const ever = 1 << 30

// overdue finds what clients, and the company itself, have owed for long.
func overdue(b *Books) (out []finding) {
	first := b.Limits.OverdueDays
	second := first + first/2
	out = b.lateFinding(out, b.late(b.Receivables, second, ever), schemas.SeverityHigh, "invoices", second, next("get_receivables_aging", "period", string(b.Period.End), "detail", yes))
	out = b.lateFinding(out, b.late(b.Receivables, first, second), schemas.SeverityMedium, "invoices", first, next("get_receivables_aging", "period", string(b.Period.End), "detail", yes))
	return b.lateFinding(out, b.late(b.Payables, first, ever), schemas.SeverityLow, "bills", first, next("get_payables_aging", "period", string(b.Period.End), "detail", yes))
}

func (b *Books) lateFinding(out []finding, late []owedDocument, severity schemas.Severity, what string, days int, call string) []finding {
	if len(late) == 0 {
		return out
	}
	var sum decimal.Decimal
	var evidence []schemas.Evidence
	for _, d := range late {
		sum = sum.Add(d.Base.Decimal())
		evidence = append(evidence, ofDocument(d.contact, d.AgingDocument))
	}
	f := finding{Finding: schemas.Finding{
		Severity: severity, What: fmt.Sprintf("%s more than %d days late on %s: %d", what, days, b.Period.End, len(late)), Evidence: evidence, Next: call,
	}}
	return append(out, f.at(sum, b.Currency, b.Currency))
}

// inCredit finds clients that are owed money, and vendors that owe some.
func inCredit(b *Books) (out []finding) {
	for _, side := range []struct {
		ageing           schemas.Aging
		record           string
		what, call       string
		argument, prefix string
	}{
		{b.Receivables, "client", "a client is in credit: more was paid or credited than billed", "get_statement_of_account", "client", ""},
		{b.Payables, "vendor", "a vendor is in credit: more was paid than it billed", "get_transaction_detail", "contact", "vendor:"},
	} {
		for _, r := range side.ageing.Rows {
			if !r.Total.Decimal().IsNegative() {
				continue
			}
			name, id := r.Contact()
			f := finding{Finding: schemas.Finding{
				Severity: schemas.SeverityMedium, What: side.what, Next: next(side.call, side.argument, side.prefix+string(id), "start", string(shift(b.Period.Start, -yearBack)), "end", string(b.Period.End)),
				Evidence: []schemas.Evidence{{RecordType: side.record, RecordID: id, Name: name, Amount: r.Total, Currency: b.Currency}},
			}}
			out = append(out, f.at(r.Total.Decimal().Abs(), b.Currency, b.Currency))
		}
	}
	return out
}
