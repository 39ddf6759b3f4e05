package writepolicy

import (
	"fmt"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// duplicateWindow is how long an equal payment on the same invoice is taken for the
// same one, and a write of uncertain outcome stands in the way of its equal.
// What lies in the future counts too: the clock was set back.
const duplicateWindow = 15 * time.Minute

// unused refuses a confirmation that a write was made with before: one yes is
// for one write.
func unused(entries []journal.Entry, confirmation string) error {
	if confirmation == "" {
		return nil
	}
	for _, e := range entries {
		if e.Confirmation == confirmation {
			return &Error{fmt.Sprintf("this confirmation was used at %s UTC, and one yes is for one write. list_agent_actions shows what it was used for", clock(e.Begun))}
		}
	}
	return nil
}

// notTwice refuses what is being done already, or was done minutes ago, or may
// have been. Fiskl is looked at before every payment too; this catches what
// runs at the same time and what Fiskl may not show yet.
//
// Nobody agreed to an unattended write, so a send is not made again while the
// first is fresh; a person may want it again.
func notTwice(entries []journal.Entry, w fisklapi.Write, unattended bool, now time.Time) error {
	for _, e := range entries {
		if !possiblyApplied(e) || e.Write.ID != w.ID || now.Sub(e.Begun) >= duplicateWindow {
			continue
		}
		if problem := sameAs(e, w, unattended); problem != "" {
			return &Error{problem}
		}
	}
	return nil
}

// sameAs says what to do about a write minutes ago that may be the same one;
// empty when it is not.
func sameAs(e journal.Entry, w fisklapi.Write, unattended bool) string {
	switch {
	case sends(w) && sends(e.Write):
		return sentAlready(e, w, unattended)
	case pays(w) && pays(e.Write) && e.Write.Amount == w.Amount:
		return paidAlready(e, w)
	case unsure(e) && equal(e.Write, w):
		return uncertain("an equal write to the "+w.Noun+" "+schemas.Name(w.Name), e)
	default:
		return ""
	}
}

func sentAlready(e journal.Entry, w fisklapi.Write, unattended bool) string {
	switch {
	case unsure(e):
		return uncertain("sending invoice "+schemas.Name(w.Name), e)
	case e.Write.State == w.State:
		return fmt.Sprintf("invoice %s was sent at %s UTC, and it has not changed since. Look at it with get_invoice first", schemas.Name(w.Name), clock(e.Begun))
	case unattended:
		return fmt.Sprintf("invoice %s was sent at %s UTC. Nobody is asked here, so it is not sent again before %s UTC", schemas.Name(w.Name), clock(e.Begun), clock(e.Begun.Add(duplicateWindow)))
	default:
		return ""
	}
}

func paidAlready(e journal.Entry, w fisklapi.Write) string {
	what := fmt.Sprintf("a payment of %s %s on invoice %s", w.Amount, w.Currency, schemas.Name(w.Name))
	switch {
	case unsure(e):
		return uncertain(what, e)
	case w.Repeat, w.Operation == fisklapi.OpMarkInvoicePaid && e.Write.State != w.State:
		return "" // what is left to pay is another sum than it was
	default:
		return fmt.Sprintf("%s was recorded at %s UTC. If this is another one, call again with allow_duplicate set to true", what, clock(e.Begun))
	}
}

// uncertain says what to do about a write that may have been carried out.
// While it is so, an equal one would make it impossible to tell which of them
// was.
func uncertain(what string, e journal.Entry) string {
	return fmt.Sprintf("%s was begun at %s UTC and how it ended is not certain. Look whether it was done; after %s UTC it is looked up anew",
		what, clock(e.Begun), clock(e.Begun.Add(graceWindow)))
}

// possiblyApplied reports a write that was or may have been carried out.
func possiblyApplied(e journal.Entry) bool {
	return e.Result.Outcome != fisklapi.NotDone
}

// unsure reports a write that may or may not have been carried out.
func unsure(e journal.Entry) bool { return e.Open() || e.Result.Outcome == fisklapi.Unknown }

// equal reports writes that ask for the same. An invoice that is made under a
// reference is made once, however often it is asked for. A new record that is
// asked for again is often asked for in other words, and told by its name.
func equal(w, other fisklapi.Write) bool {
	switch other.Operation {
	case fisklapi.OpCreateInvoice:
		return false
	case fisklapi.OpCreateClient, fisklapi.OpCreateVendor, fisklapi.OpCreateProduct:
		return w.Operation == other.Operation && strings.EqualFold(w.Name, other.Name)
	default:
		return w.Content == other.Content
	}
}

func sends(w fisklapi.Write) bool { return w.Operation == fisklapi.OpSendInvoice }

func pays(w fisklapi.Write) bool {
	return w.Operation == fisklapi.OpRecordPayment || w.Operation == fisklapi.OpMarkInvoicePaid
}

func clock(t time.Time) string { return t.UTC().Format("15:04:05") }
