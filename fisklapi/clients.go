package fisklapi

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Clients are the people and companies that invoices go to.
type Clients struct{ c *Client }

type wireClient struct {
	wireContact
	CC              texts `json:"cc"`
	BCC             texts `json:"bcc"`
	ShippingAddress prose `json:"shippingAddress"`
}

// List returns clients; archived ones only on request.
//
//	GET /v1/clients
func (s Clients) List(ctx context.Context, in schemas.ContactFilter) (schemas.ClientList, error) {
	page, err := s.listing(in).read(ctx, s.c, in.PageArgs)
	return schemas.ClientList{Search: schemas.Clean(in.Search, 100), Page: page}, err
}

func (s Clients) listing(in schemas.ContactFilter) listing[wireClient, schemas.ContactRow] {
	return listing[wireClient, schemas.ContactRow]{
		op:   OpListClients,
		asks: contactSearches[wireClient](in),
		row: func(w wireClient) (schemas.ContactRow, bool) {
			return w.row(), contactMatches(w.wireContact, in.Search, in.IncludeArchived)
		},
		id: func(r schemas.ContactRow) schemas.ID { return r.ID },
	}
}

// Get returns one client by name or id.
//
//	GET /v1/clients/{id}
func (s Clients) Get(ctx context.Context, in schemas.ClientRef) (schemas.Client, error) {
	r, err := s.finder().shown(ctx, s.c, in.Client)
	if err != nil {
		return schemas.Client{}, err
	}
	return clientNoun(r), nil
}

// Create makes a new client. Fiskl fills in country and currency from the
// company when they are left out (documented).
//
//	POST /v1/clients
func (s Clients) Create(ctx context.Context, in schemas.NewClient) (schemas.Client, error) {
	body := newContact(in.NewContact)
	body.set("shippingAddress", in.ShippingAddress)
	if cc := addresses(in.CC); len(cc) > 0 {
		body["cc"] = cc
	}
	if bcc := addresses(in.BCC); len(bcc) > 0 {
		body["bcc"] = bcc
	}
	if err := body.worded(); err != nil {
		return schemas.Client{}, err
	}
	w := Write{Noun: "client", Name: schemas.Clean(in.Name, nameLength)}
	defer s.c.making()()
	warnings, err := namesakes(ctx, s.c, s.finder(), &w, body, in.Twin)
	if err != nil {
		return schemas.Client{}, err
	}
	see := made(s.c, OpGetClient, body, wireClient.result, misnamed[wireClient])
	if _, err := s.c.write(ctx, w, request{op: OpCreateClient, body: body}, see); err != nil {
		return schemas.Client{}, err
	}
	see.warn(warnings...)
	return clientNoun(see.seen()), nil
}

// Update changes one client and leaves every other field as it is. Documents
// made before keep the old details (documented).
//
//	PUT /v1/clients/{id}
func (s Clients) Update(ctx context.Context, in schemas.ClientPatch) (schemas.Client, error) {
	changes := patchContact(in.ContactPatch)
	if in.CC != nil {
		changes["cc"] = addresses(*in.CC)
	}
	if in.BCC != nil {
		changes["bcc"] = addresses(*in.BCC)
	}
	change(changes, "shippingAddress", in.ShippingAddress)
	if err := changes.empty(in.Clear, clearable("cc", "bcc", "shippingAddress")); err != nil {
		return schemas.Client{}, err
	}
	if err := nothingToChange(changes); err != nil {
		return schemas.Client{}, err
	}
	now, err := s.whole(ctx, in.ClientRef)
	if err != nil {
		return schemas.Client{}, err
	}
	see := &sight[wireClient]{get: OpGetClient, about: wireClient.result}
	see.warn(joins(ctx, s.c, s.finder(), now.wire.ID.key, changes)...)
	w := Write{Noun: "client", ID: now.wire.ID.key, Name: schemas.Clean(string(now.wire.Name), nameLength)}
	if err := put(ctx, s.c, OpUpdateClient, w, now, changes, see); err != nil {
		return schemas.Client{}, err
	}
	return clientNoun(see.seen()), nil
}

// whole returns everything about one client: a list may hold less.
func (s Clients) whole(ctx context.Context, in schemas.ClientRef) (record[wireClient], error) {
	return s.finder().whole(ctx, s.c, in.Client)
}

func (s Clients) find(ctx context.Context, ref string) (wireClient, error) {
	return s.finder().find(ctx, s.c, ref)
}

func (s Clients) finder() finder[wireClient] {
	return finder[wireClient]{
		noun: "client", plural: "clients", get: OpGetClient, search: OpListClients,
		candidates: func(ctx context.Context, name string) ([]wireClient, error) {
			return collect[wireClient](ctx, s.c, OpListClients, contactQuery(name, true))
		},
		name:     func(w wireClient) string { return string(w.Name) },
		id:       func(w wireClient) schemas.ID { return w.ID.key },
		email:    func(w wireClient) string { return string(w.Email) },
		describe: func(w wireClient) string { return w.describe() },
	}
}

func clientNoun(r record[wireClient]) schemas.Client {
	w := r.wire
	return schemas.Client{
		Contact: w.noun(), CC: w.CC.strings(), BCC: w.BCC.strings(),
		ShippingAddress: string(w.ShippingAddress), OtherFields: r.other(), Written: r.told,
	}
}
