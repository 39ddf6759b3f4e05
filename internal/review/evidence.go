package review

import (
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func ofInvoice(i schemas.InvoiceRow, note string) schemas.Evidence {
	return schemas.Evidence{
		RecordType: "invoice", RecordID: i.ID, Number: i.Number, Name: i.Client, Date: i.InvoiceDate, Amount: i.Total, Currency: i.Currency, Note: note,
	}
}

func ofPayment(p schemas.PaymentRow, note string) schemas.Evidence {
	return schemas.Evidence{
		RecordType: "payment", RecordID: p.ID, Number: p.Invoice, Name: p.Client, Date: p.Date, Amount: p.Amount, Currency: p.Currency, Note: note,
	}
}

func ofQuote(q schemas.QuoteRow, note string) schemas.Evidence {
	return schemas.Evidence{
		RecordType: "quote", RecordID: q.ID, Number: q.Number, Name: q.Client, Date: q.QuoteDate, Amount: q.Total, Currency: q.Currency, Note: note,
	}
}

// ofLine shows a line of the ledger with its amount in the document's currency,
// as people know it, without the sign of the account.
func (b *Books) ofLine(l schemas.LedgerLine) schemas.Evidence {
	amount, currency := b.paper(l)
	return schemas.Evidence{
		RecordType: l.RecordType, RecordID: l.RecordID, Number: l.Number, Name: l.Contact, Date: l.Date, Amount: amount, Currency: currency,
	}
}

// paper is what a line comes to on paper: in the document's currency, positive.
func (b *Books) paper(l schemas.LedgerLine) (amount schemas.Money, currency string) {
	amount, currency = l.Amount, b.Currency
	if l.Original != "" {
		amount, currency = l.Original.Split()
	}
	return money(amount.Decimal().Abs()), currency
}

func ofDocument(contact string, d schemas.AgingDocument) schemas.Evidence {
	return schemas.Evidence{
		RecordType: strings.ToLower(d.Type), RecordID: d.ID, Number: d.Number, Name: contact, Date: d.Date, Amount: d.Outstanding, Currency: d.Currency,
		Note: strconv.Itoa(d.DaysLate) + " days late, due " + string(d.DueDate),
	}
}

// yes is an argument that is no text.
const yes = "true"

// next is the call of a tool with arguments as JSON. Nothing that a person wrote
// belongs in it but ids and dates.
func next(tool string, pairs ...string) string {
	var args []string
	for i := 0; i+1 < len(pairs); i += 2 {
		value := strconv.Quote(pairs[i+1])
		if pairs[i+1] == yes {
			value = yes
		}
		args = append(args, strconv.Quote(pairs[i])+":"+value)
	}
	return tool + " {" + strings.Join(args, ",") + "}"
}

// history is the call that shows who entered a record and when.
func history(e schemas.Evidence) string {
	kind := e.RecordType
	switch kind {
	case "invoice", "payment":
	default:
		kind = "transaction"
	}
	return next("get_record_history", "record_type", kind, "record", string(e.RecordID))
}

// document is the call that shows an invoice, or the history of another record.
func document(e schemas.Evidence) string {
	if strings.EqualFold(e.RecordType, "invoice") {
		return next("get_invoice", "invoice", string(e.RecordID))
	}
	return history(e)
}

// trace is the call that shows what is behind an account.
func (b *Books) trace(account schemas.ID, days schemas.Range) string {
	return next("trace_figure", "account", string(account), "start", string(days.Start), "end", string(days.End))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
