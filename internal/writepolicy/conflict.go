package writepolicy

import (
	"fmt"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// checkConflict refuses a write for which another one pulls the record away. An
// update writes the whole record back as it was read, and so would undo what
// was changed since; an e-mail is agreed to as the invoice and its client were
// shown. Persons change records too, so one that was read too long ago, because
// Fiskl is slow, is read again. What lies in the future was noted before the
// clock was set back, and says nothing of what is under way.
func checkConflict(entries []journal.Entry, w fisklapi.Write, now time.Time) error {
	if !w.Seen.IsZero() && now.Sub(w.Seen) > graceWindow {
		return &Error{fmt.Sprintf("%s %s was looked at for this at %s UTC, which is too long ago. Call again", w.Noun, schemas.Name(w.Name), clock(w.Seen))}
	}
	for _, e := range entries {
		if !possiblyApplied(e) || !disturbs(e.Write, w) {
			continue
		}
		if problem := between(e, w, now); problem != "" {
			return &Error{problem}
		}
	}
	return nil
}

// between says that an entry came between a record's reading and a write, or
// may; empty when it did not.
func between(e journal.Entry, w fisklapi.Write, now time.Time) string {
	was, doing := verbs(e.Write)
	record := e.Write.Noun + " " + schemas.Name(e.Write.Name)
	switch age := now.Sub(e.Begun); {
	case unsure(e) && age >= 0 && age < graceWindow:
		return fmt.Sprintf("%s %s was begun at %s UTC and may be under way. Call again after %s UTC, or once it is done",
			doing, record, clock(e.Begun), clock(e.Begun.Add(graceWindow)))
	case w.Seen.IsZero(), e.Begun.Add(graceWindow).Before(w.Seen):
		return "" // whenever it was found out how it ended
	case e.Ended.After(w.Seen) && !e.Ended.After(now):
		return fmt.Sprintf("%s was %s at %s UTC, after it was looked at for this. Call again", record, was, clock(e.Ended))
	default:
		return ""
	}
}

// disturbs reports that one of two writes changes what the other takes as it
// was read.
func disturbs(one, other fisklapi.Write) bool {
	if updates(one) && one.Operation == other.Operation {
		return one.ID == other.ID
	}
	if creates(one) && one.Operation == other.Operation {
		return strings.EqualFold(one.Name, other.Name) // looked for before, and not found then
	}
	return changesOwed(one, other) || changesOwed(other, one) || changesSent(one, other) || changesSent(other, one)
}

// verbs are what a write did and does to its record, in words.
func verbs(w fisklapi.Write) (was, doing string) {
	switch {
	case sends(w):
		return "sent", "sending"
	case pays(w):
		return "paid", "paying"
	case creates(w):
		return "made", "making"
	default:
		return "changed", "changing"
	}
}

// changesOwed reports that a payment changes what is owed on an invoice that is
// paid or sent.
func changesOwed(payment, other fisklapi.Write) bool {
	return pays(payment) && (pays(other) || sends(other)) && payment.ID == other.ID
}

// changesSent reports that an update changes what is being sent.
func changesSent(update, sent fisklapi.Write) bool {
	switch {
	case !sends(sent):
		return false
	case update.Operation == fisklapi.OpUpdateInvoice:
		return update.ID == sent.ID
	case update.Operation == fisklapi.OpUpdateClient:
		return update.ID == sent.ClientID && sent.ClientID != "" || update.Name == sent.Client
	default:
		return false
	}
}

// creates reports that a record is made of which there is to be one of a name.
func creates(w fisklapi.Write) bool {
	switch w.Operation {
	case fisklapi.OpCreateClient, fisklapi.OpCreateVendor, fisklapi.OpCreateProduct:
		return true
	default:
		return false
	}
}

func updates(w fisklapi.Write) bool {
	switch w.Operation {
	case fisklapi.OpUpdateInvoice, fisklapi.OpUpdateClient, fisklapi.OpUpdateVendor, fisklapi.OpUpdateProduct:
		return true
	default:
		return false
	}
}
