package fisklapi

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Create saves an invoice as a draft. The same external id again returns the
// invoice that exists (documented), which makes a retry safe; without one, it
// is derived from the content. What that invoice has otherwise than was asked
// for is warned of, and one under a given id that is to somebody else or over
// another sum is refused.
//
//	POST /v1/invoices
func (s Invoices) Create(ctx context.Context, in schemas.InvoiceDraft) (schemas.Invoice, error) {
	return s.CreateAsShown(ctx, in, nil)
}

// CreateAsShown is Create for somebody who was shown a preview: Fiskl
// calculates the invoice once more, and it is created only if agrees returns
// nil for what comes out.
//
//	POST /v1/invoices/preview, POST /v1/invoices
func (s Invoices) CreateAsShown(ctx context.Context, in schemas.InvoiceDraft, agrees func(schemas.Invoice) error) (schemas.Invoice, error) {
	body, client, err := s.body(ctx, in.NewInvoice)
	if err != nil {
		return schemas.Invoice{}, err
	}
	asked := maps.Clone(body) // what names the invoice: the usual due date is another one once more was billed
	used, err := s.accustomed(ctx, body, client)
	if err != nil {
		return schemas.Invoice{}, err
	}
	undated := s.undated(ctx, in.NewInvoice)
	var there []schemas.ID
	newest := func(ctx context.Context) error { there = s.newest(ctx); return nil }
	if agrees == nil {
		_ = newest(ctx) // what cannot be read is not known
	} else {
		var shown schemas.Invoice
		err := s.c.Together(ctx, newest, func(ctx context.Context) (err error) { shown, err = s.calculated(ctx, body, client); return err })
		if err == nil {
			shown.Warnings = append(append(shown.Warnings, undated...), used.told(shown)...)
			err = agrees(shown)
		}
		if err != nil {
			return schemas.Invoice{}, err
		}
	}
	ref, err := s.reference(ctx, in.ExternalID, asked)
	if err != nil {
		return schemas.Invoice{}, err
	}
	order := maps.Clone(body)
	order["externalId"] = ref
	out, fresh, err := s.create(ctx, order, there, Write{
		Noun: "invoice", Client: schemas.Clean(string(client.Name), nameLength), ClientID: client.ID.key, Reference: ref, Currency: currencyOf(body),
	})
	out.Warnings = append(append(out.Warnings, undated...), used.told(out)...)
	if err != nil || fresh {
		return out, err
	}
	return s.existing(ctx, in.ExternalID, body, client, out)
}

// existing holds an invoice that was there against what was asked for. given is
// the reference, if the caller chose it.
func (s Invoices) existing(ctx context.Context, given string, body fields, client wireClient, there schemas.Invoice) (schemas.Invoice, error) {
	asked, err := s.calculated(ctx, body, client)
	if err != nil {
		there.Warnings = append(there.Warnings, "whether it is what was asked for could not be checked")
		return there, nil //nolint:nilerr // the invoice is there all the same
	}
	if err := s.mistaken(asked, there); err != nil && given != "" {
		return schemas.Invoice{}, err
	}
	there.Warnings = append(differing(asked, there), there.Warnings...)
	return there, nil
}

// maxReference is how long an external id may be (inferred).
const maxReference = 255

// reference is the external id that was given, else one derived from the
// content.
func (s Invoices) reference(ctx context.Context, given string, body fields) (string, error) {
	if len(given) > maxReference {
		return "", &schemas.ArgumentError{Argument: "external_id", Problem: fmt.Sprintf("is longer than %d bytes", maxReference)}
	}
	if given != "" {
		return given, nil
	}
	// A credential that may not read the company never may, and where there is
	// no path for it nobody can: the content alone decides. Every other failure passes, and the next attempt would
	// give another reference, and so a second invoice.
	company, err := s.c.Companies.cached(ctx)
	if err != nil && !OutOfReach(err) {
		return "", err
	}
	return externalID(cmp.Or(string(company.ID.key), "0"), body), nil
}

// create also reports that the invoice is surely the one that was asked for.
// It may be another where one was there before this call, or before the last
// of its attempts.
func (s Invoices) create(ctx context.Context, body fields, there []schemas.ID, w Write) (out schemas.Invoice, fresh bool, err error) {
	again := false
	see := &sight[wireInvoice]{
		c: s.c, get: OpGetInvoice, asked: body, about: s.result, denies: s.another(body, there),
		older: func(t posted, a answer, inv wireInvoice) bool {
			again = again || a.again
			return before(inv.Created, t.begun) || slices.Contains(there, inv.ID.key)
		},
	}
	known, err := s.c.write(ctx, w, request{op: OpCreateInvoice, body: body, idempotent: true}, see)
	if err != nil {
		return schemas.Invoice{}, false, err
	}
	out = s.noun(ctx, see.record)
	out.ExternalID, out.Warnings = w.Reference, append(append(out.Warnings, untaxed(see.wire)...), see.warnings...)
	out.AlreadyExisted = known.Outcome == Existed
	return out, !out.AlreadyExisted && !again && there != nil, nil
}

// Update changes a draft; what is not given stays. Fiskl locks an invoice once
// it is sent (documented).
//
//	PUT /v1/invoices/{id}
func (s Invoices) Update(ctx context.Context, in schemas.InvoicePatch) (schemas.Invoice, error) {
	now, err := s.whole(ctx, in.InvoiceRef)
	if err != nil {
		return schemas.Invoice{}, err
	}
	if now.wire.status() != draft {
		return schemas.Invoice{}, &Error{Kind: Conflict, Endpoint: s.c.endpoints[OpUpdateInvoice], Message: "invoice " + schemas.Name(string(now.wire.Number)) +
			" is " + now.wire.status() + ", and only a Draft can be changed. In the Fiskl app it can be reverted to Draft"}
	}
	changes, err := s.changes(ctx, in, now.wire)
	if err != nil {
		return schemas.Invoice{}, err
	}
	see := &sight[wireInvoice]{get: OpGetInvoice, about: s.result}
	if err := put(ctx, s.c, OpUpdateInvoice, s.affects(now), now, changes, see); err != nil {
		return schemas.Invoice{}, err
	}
	return s.told(ctx, see), nil
}

// Send e-mails an invoice to its client at once and marks it sent. It cannot
// be recalled (documented).
//
//	POST /v1/invoices/{id}/send
func (s Invoices) Send(ctx context.Context, in schemas.InvoiceRef) (schemas.Invoice, error) {
	p, err := s.PlanSend(ctx, in)
	return carryOut(ctx, p, err)
}

// PlanSend reads the invoice that Send would e-mail, and sends nothing.
func (s Invoices) PlanSend(ctx context.Context, in schemas.InvoiceRef) (Pending[schemas.Invoice], error) {
	now, client, err := s.withClient(ctx, in)
	if err != nil {
		return Pending[schemas.Invoice]{}, err
	}
	if err := s.c.follows(OpSendInvoice, now); err != nil {
		return Pending[schemas.Invoice]{}, err
	}
	if err := s.sendable(ctx, now.wire); err != nil {
		return Pending[schemas.Invoice]{}, err
	}
	to, err := s.recipients(ctx, now, client)
	if err != nil {
		return Pending[schemas.Invoice]{}, err
	}
	now.wire.ClientEmail = text(to.email)
	w := s.affects(now)
	w.Amount, w.Email = s.c.minor.decimal(now.wire.Total, w.Currency), to.email
	w.CC, w.BCC, w.Unseen = to.cc, to.bcc, to.unseen
	return s.pending(ctx, OpSendInvoice, w, now)
}

// MarkPaid records a payment of the whole outstanding balance (documented).
//
//	POST /v1/invoices/{id}/mark-paid
func (s Invoices) MarkPaid(ctx context.Context, in schemas.InvoiceRef) (schemas.Invoice, error) {
	p, err := s.PlanMarkPaid(ctx, in)
	return carryOut(ctx, p, err)
}

// PlanMarkPaid reads the invoice that MarkPaid would pay, and records nothing.
func (s Invoices) PlanMarkPaid(ctx context.Context, in schemas.InvoiceRef) (Pending[schemas.Invoice], error) {
	now, err := s.whole(ctx, in)
	if err != nil {
		return Pending[schemas.Invoice]{}, err
	}
	if err := s.c.follows(OpMarkInvoicePaid, now); err != nil {
		return Pending[schemas.Invoice]{}, err
	}
	if err := s.c.Payments.takes(OpMarkInvoicePaid, now.wire); err != nil {
		return Pending[schemas.Invoice]{}, err
	}
	w := s.affects(now)
	w.Amount = s.c.minor.decimal(now.wire.Outstanding, w.Currency)
	if w.Date, err = s.c.Payments.received(ctx, schemas.NewPayment{}, now.wire); err != nil {
		return Pending[schemas.Invoice]{}, err
	}
	if w.Account, err = s.c.Accounts.receiving(ctx); err != nil {
		return Pending[schemas.Invoice]{}, err
	}
	return s.pending(ctx, OpMarkInvoicePaid, w, now)
}

// affects begins the account of a write to an invoice.
func (s Invoices) affects(now record[wireInvoice]) Write {
	return Write{
		Noun: "invoice", ID: now.wire.ID.key, Name: string(now.wire.Number), Client: schemas.Clean(string(now.wire.ClientName), nameLength),
		ClientID: now.wire.ClientID.key, Currency: string(now.wire.Currency), State: now.state(), Seen: now.seen, Before: s.c.standing(now.wire), SentAt: string(now.wire.SentAt),
	}
}

// pending is an operation on an invoice that takes no content.
func (s Invoices) pending(ctx context.Context, op Operation, w Write, now record[wireInvoice]) (Pending[schemas.Invoice], error) {
	r := at(op, w.ID)
	w, err := w.asked(r)
	return Pending[schemas.Invoice]{Write: w, Invoice: s.noun(ctx, now), do: once(func(ctx context.Context) (schemas.Invoice, error) {
		if op == OpMarkInvoicePaid {
			if err := s.c.Payments.note(ctx, &w, sameDay{}); err != nil {
				return schemas.Invoice{}, err
			}
		}
		see := s.after(op, w)
		if _, err := s.c.write(ctx, w, r, see); err != nil {
			return schemas.Invoice{}, err
		}
		return s.told(ctx, see), nil
	})}, err
}

// calculated has Fiskl calculate an invoice.
func (s Invoices) calculated(ctx context.Context, body fields, client wireClient) (schemas.Invoice, error) {
	r, err := do[record[wireInvoice]](ctx, s.c, request{op: OpPreviewInvoice, body: body})
	if err != nil {
		return schemas.Invoice{}, err
	}
	if err := s.c.echoed(OpPreviewInvoice, body, r.wire); err != nil {
		return schemas.Invoice{}, err
	}
	if r.wire.ClientName == "" {
		r.wire.ClientName = client.Name
	}
	if r.wire.ClientID.key == "" {
		r.wire.ClientID = client.ID
	}
	if currency, ok := body["currency"].(string); ok && r.wire.Currency == "" {
		r.wire.Currency = text(currency)
	}
	out := s.noun(ctx, r)
	out.Warnings = append(append(out.Warnings, untaxed(r.wire)...), taxedAnyway(body, r.wire)...)
	if r.wire.Paid == nil || r.wire.Outstanding == nil {
		out.Warnings = append(out.Warnings, "Fiskl's calculation does not say what would be paid and outstanding")
	}
	return out, nil
}

// externalID derives a reference from a company and the content of an invoice:
// the same content always has the same reference, so a second attempt finds
// the first one's invoice.
func externalID(company string, body fields) string {
	content, err := digest.JSON(body, company+"\n")
	if err != nil {
		panic(fmt.Sprintf("fisklapi: an invoice cannot be written: %v", err)) // it holds only strings, numbers and lists of them
	}
	return "mcp-" + content[:24]
}
