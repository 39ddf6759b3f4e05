package fisklapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// recipients are whom an invoice would be e-mailed to. Copies go where the
// client's record says (documented), which is read anew each time.
type recipients struct {
	email   string
	cc, bcc []string
	unseen  bool // the client's record could not be read
}

func (s Invoices) recipients(ctx context.Context, r record[wireInvoice], read clientRead) (recipients, error) {
	w := r.wire
	to := recipients{email: string(w.ClientEmail), unseen: true}
	if err := s.showable(r.raw, "clientEmail"); err != nil || w.ClientID.key == "" {
		return to, err
	}
	client, err := read.of(ctx, s.c, w.ClientID.key)
	switch {
	case OutOfReach(err), errors.Is(err, NotFound):
		return to, nil // not for this credential to see
	case err != nil:
		return recipients{}, err
	case to.email == "" && client.wire.Email == "":
		return recipients{}, &Error{Kind: Conflict, Endpoint: s.c.endpoints[OpSendInvoice], Message: fmt.Sprintf(
			"client %s (id %s) has no e-mail address to send invoice %s to. update_client adds one", schemas.Quoted(string(client.wire.Name), 60), w.ClientID.key, schemas.Name(string(w.Number)),
		)}
	case to.email == "":
		to.email = string(client.wire.Email)
	}
	to.cc, to.bcc, to.unseen = client.wire.CC.strings(), client.wire.BCC.strings(), false
	return to, s.showable(client.raw, "email", "cc", "bcc")
}

// clientRead is a client's record that was read for an invoice.
type clientRead struct {
	key    schemas.ID // whose; none if no client was read
	client record[wireClient]
	err    error
}

// of is the record of a client, read now if it is another.
func (r clientRead) of(ctx context.Context, c *Client, key schemas.ID) (record[wireClient], error) {
	if r.key == key {
		return r.client, r.err
	}
	return fetch[wireClient](ctx, c, OpGetClient, key)
}

// withClient reads an invoice and, beside it, the client that it went to when it
// was last seen.
func (s Invoices) withClient(ctx context.Context, in schemas.InvoiceRef) (now record[wireInvoice], of clientRead, err error) {
	invoice := schemas.ID(in.Invoice)
	if e, ok := s.c.directory.find(under(OpListInvoices, in.Invoice), s.c.now()); ok {
		invoice = e.id
	}
	e, ok := s.c.directory.find(recipientOf(invoice), s.c.now())
	if !ok {
		now, err = s.whole(ctx, in)
		return now, of, err
	}
	err = s.c.Together(ctx,
		func(ctx context.Context) (err error) { now, err = s.whole(ctx, in); return err },
		func(ctx context.Context) error {
			client, err := fetch[wireClient](ctx, s.c, OpGetClient, e.id)
			of = clientRead{e.id, client, err}
			return nil
		},
	)
	return now, of, err
}

// showable refuses addresses that could not be shown as they are. Texts are
// cleaned and cut when they are read, and Fiskl would send to what was there
// before.
func (s Invoices) showable(raw json.RawMessage, members ...string) error {
	var all map[string]json.RawMessage
	if json.Unmarshal(raw, &all) != nil {
		return nil //nolint:nilerr // what is no object has no addresses
	}
	for _, member := range members {
		var texts []string
		if json.Unmarshal(all[member], &texts) != nil {
			texts = []string{""}
			_ = json.Unmarshal(all[member], &texts[0]) // anything else is no text
		}
		for _, address := range texts {
			if address = strings.TrimSpace(address); schemas.Clean(address, schemas.MaxText) != address {
				return &Error{Kind: Conflict, Endpoint: s.c.endpoints[OpSendInvoice], Message: fmt.Sprintf(
					"the e-mail address %s holds characters that cannot be seen, or is too long to be one. Correct it with update_client, or in the Fiskl app", schemas.Quoted(address, 60))}
			}
		}
	}
	return nil
}
