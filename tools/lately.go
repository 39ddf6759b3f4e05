package tools

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// before tells what was done to the invoice or its client in the last day.
func (d *description) before(entries []journal.Entry, now time.Time) {
	for _, e := range entries {
		d.add("changed lately", told(e, now))
	}
}

// boundTo has the state of a write stand for what was changed lately too: a yes
// is to that as well.
func boundTo(w fisklapi.Write, entries []journal.Entry) fisklapi.Write {
	if len(entries) == 0 {
		return w
	}
	all := []byte(w.State)
	for _, e := range entries {
		all = append(append(all, '\n'), e.ID...)
	}
	w.State = digest.Of(all)
	return w
}

// told says what an entry did, and how long ago.
func told(e journal.Entry, now time.Time) string {
	w := e.Write
	var what string
	switch w.Operation {
	case fisklapi.OpSendInvoice:
		what = "sent the invoice"
	case fisklapi.OpRecordPayment, fisklapi.OpMarkInvoicePaid:
		what = fmt.Sprintf("recorded %s %s as received on it", w.Amount, w.Currency)
	case fisklapi.OpCreateInvoice, fisklapi.OpCreateClient:
		what = "added the " + w.Noun
	default:
		what = "changed the " + w.Noun
		if fields := changed(w); len(fields) > 0 {
			what = "changed " + strings.Join(fields, ", ") + " of the " + w.Noun
		}
	}
	may := ""
	if e.Open() || e.Result.Outcome == fisklapi.Unknown {
		may = "may have "
	}
	return ago(now.Sub(e.Begun)) + " this assistant " + may + what
}

// changed names the fields that a write sets.
func changed(w fisklapi.Write) []string {
	names := map[string]string{
		"email": "the e-mail address", "cc": "the cc addresses", "bcc": "the bcc addresses", "name": "the name", "phone": "the telephone number",
		"address": "the address", "shippingAddress": "the shipping address", "taxNumber": "the tax number", "items": "the lines",
		"dueDate": "the due date", "invoiceDate": "the invoice date", "clientId": "the client", "notes": "the notes",
		"currency": "the currency", "country": "the country",
	}
	fields := slices.Sorted(maps.Keys(w.Sets))
	for i, f := range fields {
		if words := names[f]; words != "" {
			fields[i] = words
		}
	}
	return fields
}

// ago says how long ago something was. Before a clock that was set back it
// seems to lie ahead.
func ago(d time.Duration) string {
	n, unit := int(d/time.Hour), "hour"
	switch {
	case d < time.Minute:
		return "less than a minute ago"
	case d < time.Hour:
		n, unit = int(d/time.Minute), "minute"
	}
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s ago", n, unit)
}
