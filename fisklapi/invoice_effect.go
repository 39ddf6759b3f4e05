package fisklapi

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// newestOf is how many invoices are looked at before one is created, to know a
// new one from one that was there. Only those of the last minutes need it:
// older ones are told by when they were made.
const newestOf = 25

// newest are the ids of the last invoices; nil when they are not known.
func (s Invoices) newest(ctx context.Context) []schemas.ID {
	a, err := s.c.send(ctx, request{op: OpListInvoices, query: url.Values{"sort": {newestFirst}, "page": {"0"}, "size": {strconv.Itoa(newestOf)}}})
	if err != nil {
		return nil // the same reference is safe to ask for again all the same
	}
	page, err := open[wireListed](s.c, a)
	if err != nil {
		return nil
	}
	ids := make([]schemas.ID, 0, len(page.rows))
	for _, w := range page.rows {
		ids = append(ids, w.ID.key)
	}
	return ids
}

// result is what is kept of a write to an invoice.
func (s Invoices) result(w wireInvoice) Result {
	r := Result{ID: w.ID.key, Name: schemas.Clean(string(w.Number), nameLength)}
	if units(w.Total) != 0 {
		r.Amount, r.Currency = s.c.minor.decimal(w.Total, string(w.Currency)), string(w.Currency)
	}
	return r
}

// told is the invoice that a write left, with what to say of it.
func (s Invoices) told(ctx context.Context, see *sight[wireInvoice]) schemas.Invoice {
	out := s.noun(ctx, see.record)
	out.Warnings = append(out.Warnings, see.warnings...)
	return out
}

// another denies a new invoice with another client, currency, reference or
// lines than were asked for. What was there before under the reference is what
// Fiskl answers with (documented), whatever it holds.
func (s Invoices) another(body fields, there []schemas.ID) func(posted, record[wireInvoice]) error {
	return func(t posted, r record[wireInvoice]) error {
		w := r.wire
		same := string(w.ExternalID) == schemas.Clean(t.Reference, schemas.MaxText)
		if old := before(w.Created, t.begun) || slices.Contains(there, w.ID.key); old && same {
			return nil
		}
		other := otherTerms(body, w)
		if w.ExternalID != "" && !same {
			other = append(other, "external_id")
		}
		return another(t.Noun, other)
	}
}

// otherTerms are the arguments that an invoice has otherwise than was asked.
func otherTerms(body fields, w wireInvoice) (other []string) {
	if client, ok := body["clientId"].(id); ok && apart(w.ClientID.key, client.key) {
		other = append(other, "client")
	}
	if currency, ok := body["currency"].(string); ok && !strings.EqualFold(string(w.Currency), currency) {
		other = append(other, "currency")
	}
	if items, ok := body["items"].([]fields); ok && !sameLines(items, w.Items) {
		other = append(other, "price or quantity")
	}
	return other
}

// sameLines reports that lines come to what was asked.
func sameLines(items []fields, lines []wireLine) bool {
	if len(items) != len(lines) {
		return false
	}
	for i, item := range items {
		price, priced := item["price"].(int64)
		if priced && scale(big.NewRat(price, 1), rat(lines[i].Price)) != 0 || !sameScalar(plainValue(item["quantity"]), string(lines[i].Quantity)) {
			return false
		}
	}
	return true
}

// after is where it shows that an invoice was sent or paid. It is read again:
// what these operations answer is not documented.
func (s Invoices) after(op Operation, w Write) *sight[wireInvoice] {
	see := &sight[wireInvoice]{c: s.c, get: OpGetInvoice, key: w.ID, again: true, about: s.result}
	see.denies = func(_ posted, r record[wireInvoice]) error { return w.unpaid(r.wire) }
	if op == OpSendInvoice {
		see.denies = func(_ posted, r record[wireInvoice]) error { return w.unsent(r.wire) }
		see.notes = w.misdirected
	}
	return see
}

// unsent denies an invoice that does not show that it was sent since.
func (w Write) unsent(now wireInvoice) error {
	switch {
	case w.sent(now):
		return nil
	case now.status() != draft && now.SentAt == "" && w.SentAt == "":
		return errUnseeable // it was sent before, and Fiskl does not say when
	case now.status() == draft:
		return errors.New("the invoice is still a Draft")
	default:
		return errors.New("the invoice shows no new time of sending")
	}
}

// misdirected warns of an invoice that names another recipient once it is sent.
func (w Write) misdirected(now wireInvoice) []string {
	to := string(now.ClientEmail)
	if to == "" || w.Email == "" || strings.EqualFold(to, w.Email) {
		return nil
	}
	return []string{fmt.Sprintf("it was to go to %s, and the invoice now names %s", schemas.Name(w.Email), schemas.Name(to))}
}

// sent reports an invoice that was sent after it was read for a write.
func (w Write) sent(now wireInvoice) bool {
	left := w.Before.Status == draft && (now.unpaid() || now.status() == "Paid")
	return string(now.SentAt) != w.SentAt || left
}

// unpaid denies an invoice that does not show that all of it was paid since.
func (Write) unpaid(now wireInvoice) error {
	if now.Outstanding != nil && now.owed() <= 0 && (now.unpaid() || now.status() == "Paid") {
		return nil
	}
	return fmt.Errorf("the invoice is %s, and not all of it is paid", schemas.Name(now.status()))
}
