package tools

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/mailbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// description is what a person is shown before a write that cannot be taken
// back: what Fiskl holds, a fact on each line.
type description struct {
	opening string // that nothing was done
	title   string
	facts   []fact
	warning string
	label   string // of the box to tick
}

// fact is a name and a value. Values that people typed are quoted, so that
// they cannot be taken for words of this server.
type fact struct{ name, value string }

// message is the description for a client's dialogue.
func (d description) message() string {
	var b strings.Builder
	b.WriteString(d.title + "\n")
	for _, f := range d.facts {
		b.WriteString("\n" + f.name + ": " + f.value)
	}
	return b.String() + "\n\n" + d.warning
}

// text is the description for a model to pass on.
func (d description) text() string {
	var b strings.Builder
	b.WriteString(d.opening + " " + d.title)
	for _, f := range d.facts {
		b.WriteString("\n" + f.name + "\t" + f.value)
	}
	return b.String() + "\n" + d.warning
}

func describe(ctx context.Context, t Tool, w fisklapi.Write, i schemas.Invoice, details []fisklapi.Detail) (description, error) {
	d := description{facts: []fact{{"company", quote(t.company(ctx))}, {"invoice", fmt.Sprintf("%s (id %s)", numbered(w.Name), w.ID)}}}
	d.add("client", fmt.Sprintf("%s (id %s)", quote(i.Client), i.ClientID))
	if t.Effect == Send {
		if err := d.send(w, i); err != nil {
			return description{}, err
		}
	} else {
		d.pay(w, i)
	}
	for _, each := range details {
		d.add(each.Name, schemas.QuotedWhole(each.Value))
	}
	return d, nil
}

func (d *description) add(name, value string) { d.facts = append(d.facts, fact{name, value}) }

func (d *description) send(w fisklapi.Write, i schemas.Invoice) error {
	d.opening, d.label = "Nothing has been sent.", "Yes, send it"
	d.title = fmt.Sprintf("E-mail invoice %s to its client?", numbered(w.Name))
	if err := d.recipients(w); err != nil {
		return err
	}
	d.add("total", string(i.Total)+" "+i.Currency)
	d.add("outstanding", string(i.Outstanding)+" "+i.Currency)
	if i.DueDate != "" {
		d.add("due", string(i.DueDate))
	}
	d.add("lines", strconv.Itoa(len(i.Items)))
	d.add("status", i.Status)
	if i.SentAt != "" {
		d.add("sent before", i.SentAt)
	}
	d.warning = "An e-mail cannot be recalled."
	return nil
}

// recipients names everybody who would get an e-mail, whole.
func (d *description) recipients(w fisklapi.Write) error {
	for _, to := range []struct {
		name, none string
		addresses  []string
	}{
		{"recipient", "the client's address in Fiskl, which this credential may not read", []string{w.Email}},
		{"cc", "", w.CC},
		{"bcc", "", w.BCC},
	} {
		shown, err := mailbox.Show(to.addresses...)
		if err != nil {
			return err
		}
		if shown = cmp.Or(shown, to.none); shown != "" {
			d.add(to.name, shown)
		}
	}
	if w.Unseen {
		d.add("cc and bcc", "the client's addresses in Fiskl, which this credential may not read")
	}
	return nil
}

func (d *description) pay(w fisklapi.Write, i schemas.Invoice) {
	d.opening, d.label = "Nothing has been recorded.", "Yes, record it"
	d.title = fmt.Sprintf("Record %s %s as received on invoice %s?", w.Amount, w.Currency, numbered(w.Name))
	d.add("amount", string(w.Amount)+" "+w.Currency)
	d.add("date received", string(w.Date)+unlikely(w, i))
	account := "Fiskl's own choice, the name of which could not be read"
	if w.Account != "" {
		account = quote(w.Account)
	}
	d.add("account", account)
	d.add("outstanding before", string(i.Outstanding)+" "+i.Currency)
	d.add("outstanding after", i.Outstanding.Decimal().Sub(w.Amount.Decimal()).StringFixed(decimals(i.Outstanding))+" "+i.Currency)
	d.add("status", i.Status)
	if w.Repeat {
		d.add("equal payment", "one that equals it may be there already; this would be another")
	}
	d.warning = "A payment cannot be taken out again here; that is done in the Fiskl app."
}

// unlikely marks a day that was asked for on purpose.
func unlikely(w fisklapi.Write, i schemas.Invoice) string {
	switch {
	case i.InvoiceDate != "" && w.Date.Before(i.InvoiceDate):
		return " (before the invoice, which is dated " + string(i.InvoiceDate) + ")"
	case w.Ahead:
		return " (in the future)"
	default:
		return ""
	}
}

// decimals is how many digits an amount has behind its point.
func decimals(m schemas.Money) int32 {
	_, fraction, _ := strings.Cut(string(m), ".")
	return int32(len(fraction)) //nolint:gosec // a handful of digits
}

// numbered is an invoice's number. People can type that too: one of several
// words is quoted.
func numbered(s string) string {
	if strings.Contains(s, " ") {
		return quote(s)
	}
	return schemas.Name(s)
}

// quote marks what people typed.
func quote(s string) string { return schemas.Quoted(s, 100) }
