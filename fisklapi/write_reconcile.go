package fisklapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// LookBack finds out whether a write whose answer was lost was carried out.
// begun is when it was about to be sent. An outcome of NotDone means not so
// far: a request that is still under way may arrive later. Nothing is written.
func (c *Client) LookBack(ctx context.Context, w Write, begun time.Time) (Result, error) {
	switch w.Operation {
	case OpSendInvoice:
		return c.lookSent(ctx, w, begun)
	case OpRecordPayment, OpMarkInvoicePaid:
		return c.lookPaid(ctx, w, begun)
	case OpCreateInvoice:
		return c.lookInvoiced(ctx, w, begun)
	case OpCreateClient, OpCreateVendor, OpCreateProduct:
		return c.lookCreated(ctx, w, begun)
	case OpUpdateInvoice, OpUpdateClient, OpUpdateVendor, OpUpdateProduct:
		return c.lookUpdated(ctx, w)
	default:
		return Result{Outcome: Unknown, unread: true, Found: "Fiskl has no way to look it up."}, nil
	}
}

// What a look-up comes to, for whoever reads it.
const (
	carriedOut  = "It was carried out: do not repeat it."
	probably    = "It was probably carried out: do not repeat it."
	probablyNot = "It was probably not carried out."
	unclear     = "That does not tell whether it was carried out: do not repeat it before you have looked at it."
	older       = " There is an older one of that name."
)

// within is how long after a write was begun its mark may be dated: a minute
// until it arrives, and what the clocks differ by. What is dated later is
// somebody else's doing, or this computer's clock is wrong.
const within = time.Minute + clockSkew

// late reports a date that is too late for a write's mark.
func late(at text, begun time.Time) bool {
	t, err := time.Parse(time.RFC3339, string(at))
	return err == nil && t.After(begun.Add(within))
}

// lookSent compares an invoice with how it was before it was sent.
func (c *Client) lookSent(ctx context.Context, w Write, begun time.Time) (Result, error) {
	now, err := fetch[wireInvoice](ctx, c, OpGetInvoice, w.ID)
	if err != nil {
		return Result{}, err
	}
	sent := w.sent(now.wire)
	if sent && late(now.wire.SentAt, begun) {
		return c.dated(now, "shows that it was sent"), nil
	}
	return c.compared(now, w, sent), nil
}

// dated says that an invoice has what was looked for, dated too late.
func (c *Client) dated(now record[wireInvoice], shows string) Result {
	return Result{Outcome: Unknown, ID: now.wire.ID.key, Name: string(now.wire.Number), Found: fmt.Sprintf(
		"A look-up just now at invoice %s, which is %s, %s so long after this write that it may be another's doing. %s",
		schemas.Name(string(now.wire.Number)), c.standing(now.wire), shows, unclear,
	)}
}

// compared says how an invoice stands against how it stood.
func (c *Client) compared(now record[wireInvoice], w Write, done bool) Result {
	r := Result{ID: w.ID, Name: string(now.wire.Number)}
	is := c.standing(now.wire)
	switch shows := "A look-up just now shows invoice " + schemas.Name(string(now.wire.Number)); {
	case done && is != w.Before:
		r.Outcome, r.Found = Done, fmt.Sprintf("%s as %s; %s. %s", shows, is, w.Before.earlier(), carriedOut)
	case done:
		r.Outcome, r.Found = Done, fmt.Sprintf("%s still as %s, but written to since. %s", shows, is, carriedOut)
	case now.state() == w.State:
		r.Outcome, r.Found = NotDone, fmt.Sprintf("%s unchanged: %s. %s", shows, is, probablyNot)
	case is == w.Before:
		r.Outcome, r.Found = Unknown, fmt.Sprintf("%s still as %s, but written to since. %s", shows, is, unclear)
	default:
		r.Outcome, r.Found = Unknown, fmt.Sprintf("%s as %s; %s. %s", shows, is, w.Before.earlier(), w.hint(is))
	}
	return r
}

// hint is what can be read from an invoice that stands otherwise than it did.
// Only less to pay speaks for a payment, and nothing for an e-mail.
func (w Write) hint(now Standing) string {
	if w.Operation != OpSendInvoice && now.lessThan(w.Before) {
		return probably
	}
	return unclear
}

// lookPaid looks for a payment that was not there before.
func (c *Client) lookPaid(ctx context.Context, w Write, begun time.Time) (Result, error) {
	now, err := fetch[wireInvoice](ctx, c, OpGetInvoice, w.ID)
	if err != nil {
		return Result{}, err
	}
	equal, err := c.Payments.duplicates(ctx, w)
	if OutOfReach(err) { // who may record payments need not be allowed to list them
		return c.compared(now, w, false), nil
	}
	if err != nil {
		return Result{}, err
	}
	equal = slices.DeleteFunc(equal, func(p wirePayment) bool { return slices.Contains(w.Twins, p.ID.key) })
	if i := slices.IndexFunc(equal, func(p wirePayment) bool { return !late(p.Created, begun) }); i >= 0 {
		r := c.compared(now, w, true)
		r.payment = equal[i].ID.key
		return r, nil
	}
	if len(equal) > 0 {
		return c.dated(now, "finds such a payment, made"), nil
	}
	found := c.compared(now, w, false)
	// Which day Fiskl gives a payment that it makes itself is not documented, so
	// one that is not found does not tell against an invoice that is paid.
	settled := w.Operation == OpMarkInvoicePaid && !now.wire.awaits()
	if found.Outcome == Unknown && !settled { // something else happened to the invoice
		found.Outcome = NotDone
		found.Found = fmt.Sprintf("A look-up just now finds no such payment on invoice %s, which is %s. %s", schemas.Name(string(now.wire.Number)), c.standing(now.wire), probablyNot)
	}
	return found, nil
}

// lookInvoiced looks for the invoice with the reference that was asked for.
func (c *Client) lookInvoiced(ctx context.Context, w Write, begun time.Time) (Result, error) {
	oldest := begun.Add(-time.Hour)
	referenced, seen := false, wireInvoice{}
	err := scan(ctx, c, OpListInvoices, url.Values{"sort": {newestFirst}}, func(i wireInvoice) bool {
		referenced = referenced || i.ExternalID != ""
		if string(i.ExternalID) == schemas.Clean(w.Reference, schemas.MaxText) {
			seen = i
		}
		created, err := time.Parse(time.RFC3339, string(i.Created))
		return seen.ID.key == "" && (err != nil || !created.Before(oldest))
	})
	switch {
	case err != nil:
		return Result{}, err
	case seen.ID.key != "":
		return c.invoiced(seen, begun), nil
	case referenced:
		return Result{Outcome: NotDone, Found: "A look-up just now found no such invoice. " + w.again()}, nil
	default: // lists do not show references, or there are none yet
		return Result{Outcome: Unknown, Found: w.again()}, nil
	}
}

// invoiced is the invoice that was looked for, made by the write or before it.
func (c *Client) invoiced(seen wireInvoice, begun time.Time) Result {
	r := Result{Outcome: Done, ID: seen.ID.key, Name: string(seen.Number), Currency: string(seen.Currency)}
	r.Amount = c.minor.decimal(seen.Total, r.Currency)
	r.Found = fmt.Sprintf("A look-up just now shows it as invoice %s. %s", schemas.Name(string(seen.Number)), carriedOut)
	if created, err := time.Parse(time.RFC3339, string(seen.Created)); err == nil && created.Before(begun.Add(-clockSkew)) {
		r.Outcome = Existed
		r.Found = fmt.Sprintf("A look-up just now shows invoice %s of %s %s under its reference, which was there before: nothing new was made. See whether it is what was asked for, and do not repeat it.",
			schemas.Name(string(seen.Number)), r.Amount, r.Currency)
	}
	return r
}

// again says that a lost creation of an invoice can be repeated; empty for
// every other write.
func (w Write) again() string {
	if w.Reference == "" {
		return ""
	}
	return fmt.Sprintf("Creating it again with external_id %q is safe: if the invoice was created, Fiskl answers with it and makes no second one.", w.Reference)
}

// named is a record that is told by its name.
type named interface {
	named() (id schemas.ID, name, created string)
}

// uncut is the name without the mark of having been cut, which Fiskl's own
// record does not have.
func (w Write) uncut() string { return strings.TrimSuffix(w.Name, "…") }

// quoted is the name in a sentence: people typed it.
func (w Write) quoted() string { return schemas.Quoted(w.Name, nameLength) }

// lookCreated looks for a new record by its name.
func (c *Client) lookCreated(ctx context.Context, w Write, begun time.Time) (Result, error) {
	switch w.Operation {
	case OpCreateClient:
		return lookNamed[wireClient](ctx, c, w, begun, OpListClients, contactQuery(w.uncut(), true))
	case OpCreateVendor:
		return lookNamed[wireVendor](ctx, c, w, begun, OpListVendors, contactQuery(w.uncut(), true))
	default:
		return lookNamed[wireProduct](ctx, c, w, begun, OpListProducts, productQuery(w.uncut(), true))
	}
}

// lookNamed looks for a record of that name that was not there before.
func lookNamed[W named](ctx context.Context, c *Client, w Write, begun time.Time, list Operation, query url.Values) (Result, error) {
	all, err := collect[W](ctx, c, list, query)
	if err != nil {
		return Result{}, err
	}
	found := Result{Outcome: NotDone, Found: fmt.Sprintf("A look-up just now found no new %s called %s, so it was probably not created.", w.Noun, w.quoted())}
	for _, each := range all {
		n, name, created := each.named()
		if name = schemas.Clean(name, nameLength); !strings.EqualFold(name, w.Name) {
			continue
		}
		switch made, err := time.Parse(time.RFC3339, created); {
		case late(text(created), begun):
			found = Result{Outcome: Unknown, ID: n, Name: name, Found: fmt.Sprintf(
				"A look-up just now shows the %s %s, id %s, made so long after this write that it may be another's doing: check whether it is the one meant before creating another.", w.Noun, w.quoted(), n,
			)}
		case err != nil:
			found = Result{Outcome: Unknown, ID: n, Name: name, Found: fmt.Sprintf(
				"A look-up just now shows the %s %s, id %s, but not when it was made: check whether it is the one meant before creating another.", w.Noun, w.quoted(), n)}
		case !made.Before(begun.Add(-clockSkew)):
			return Result{Outcome: Done, ID: n, Name: name, Found: fmt.Sprintf(
				"A look-up just now shows a new %s called %s, id %s: do not create it again.", w.Noun, w.quoted(), n)}, nil
		case found.Outcome == NotDone && !strings.HasSuffix(found.Found, older):
			found.Found += older
		}
	}
	return found, nil
}

// lookUpdated compares a record with how it was and with what was to change.
func (c *Client) lookUpdated(ctx context.Context, w Write) (Result, error) {
	get := map[Operation]Operation{
		OpUpdateInvoice: OpGetInvoice, OpUpdateClient: OpGetClient, OpUpdateVendor: OpGetVendor, OpUpdateProduct: OpGetProduct,
	}[w.Operation]
	now, err := fetch[struct{}](ctx, c, get, w.ID)
	if err != nil {
		return Result{}, err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(now.raw, &members); err != nil {
		return Result{}, undecodable(answer{endpoint: c.endpoints[get]}, err)
	}
	r := Result{ID: w.ID, Name: w.Name}
	switch shows := fmt.Sprintf("A look-up just now shows %s %s", w.Noun, schemas.Name(w.Name)); {
	case now.state() == w.State:
		r.Outcome, r.Found = NotDone, shows+" unchanged. "+probablyNot
	case setIn(members, w.Sets):
		r.Outcome, r.Found = Done, shows+" with the change. "+carriedOut
	default:
		r.Outcome, r.Found = Unknown, shows+" written to since. "+unclear
	}
	return r, nil
}

// setIn reports that every field has the value it was to get. The lines of an
// invoice come back in another form than they are sent and cannot be compared;
// an update of nothing else is not told by it.
func setIn(members map[string]json.RawMessage, sets map[string]string) bool {
	compared := 0
	for name, want := range sets {
		if name == "items" {
			continue
		}
		if is, err := valueDigest(members[name]); err != nil || is != want {
			return false
		}
		compared++
	}
	return compared > 0
}
