package fisklapi

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Vendors are the people and companies that bills come from.
type Vendors struct{ c *Client }

type wireVendor struct {
	wireContact
	RegistrationNumber text `json:"registrationNumber"`
}

// List returns vendors; archived ones only on request.
//
//	GET /v1/vendors
func (s Vendors) List(ctx context.Context, in schemas.ContactFilter) (schemas.VendorList, error) {
	page, err := listing[wireVendor, schemas.ContactRow]{
		op:   OpListVendors,
		asks: contactSearches[wireVendor](in),
		row: func(w wireVendor) (schemas.ContactRow, bool) {
			return w.row(), contactMatches(w.wireContact, in.Search, in.IncludeArchived)
		},
		id: func(r schemas.ContactRow) schemas.ID { return r.ID },
	}.read(ctx, s.c, in.PageArgs)
	return schemas.VendorList{Search: schemas.Clean(in.Search, 100), Page: page}, err
}

// Get returns one vendor by name or id.
//
//	GET /v1/vendors/{id}
func (s Vendors) Get(ctx context.Context, in schemas.VendorRef) (schemas.Vendor, error) {
	r, err := s.finder().shown(ctx, s.c, in.Vendor)
	if err != nil {
		return schemas.Vendor{}, err
	}
	return vendorNoun(r), nil
}

// Create makes a new vendor. Fiskl fills in country and currency from the
// company when they are left out.
//
//	POST /v1/vendors
func (s Vendors) Create(ctx context.Context, in schemas.NewVendor) (schemas.Vendor, error) {
	body := newContact(in.NewContact)
	body.set("registrationNumber", in.RegistrationNumber)
	if err := body.worded(); err != nil {
		return schemas.Vendor{}, err
	}
	w := Write{Noun: "vendor", Name: schemas.Clean(in.Name, nameLength)}
	defer s.c.making()()
	warnings, err := namesakes(ctx, s.c, s.finder(), &w, body, in.Twin)
	if err != nil {
		return schemas.Vendor{}, err
	}
	see := made(s.c, OpGetVendor, body, wireVendor.result, misnamed[wireVendor])
	if _, err := s.c.write(ctx, w, request{op: OpCreateVendor, body: body}, see); err != nil {
		return schemas.Vendor{}, err
	}
	see.warn(warnings...)
	return vendorNoun(see.seen()), nil
}

// Update changes one vendor and leaves every other field as it is.
//
//	PUT /v1/vendors/{id}
func (s Vendors) Update(ctx context.Context, in schemas.VendorPatch) (schemas.Vendor, error) {
	changes := patchContact(in.ContactPatch)
	change(changes, "registrationNumber", in.RegistrationNumber)
	if err := changes.empty(in.Clear, clearable("registrationNumber")); err != nil {
		return schemas.Vendor{}, err
	}
	if err := nothingToChange(changes); err != nil {
		return schemas.Vendor{}, err
	}
	now, err := s.whole(ctx, in.VendorRef)
	if err != nil {
		return schemas.Vendor{}, err
	}
	see := &sight[wireVendor]{get: OpGetVendor, about: wireVendor.result}
	see.warn(joins(ctx, s.c, s.finder(), now.wire.ID.key, changes)...)
	w := Write{Noun: "vendor", ID: now.wire.ID.key, Name: schemas.Clean(string(now.wire.Name), nameLength)}
	if err := put(ctx, s.c, OpUpdateVendor, w, now, changes, see); err != nil {
		return schemas.Vendor{}, err
	}
	return vendorNoun(see.seen()), nil
}

func (s Vendors) whole(ctx context.Context, in schemas.VendorRef) (record[wireVendor], error) {
	return s.finder().whole(ctx, s.c, in.Vendor)
}

func (s Vendors) finder() finder[wireVendor] {
	return finder[wireVendor]{
		noun: "vendor", plural: "vendors", get: OpGetVendor, search: OpListVendors,
		candidates: func(ctx context.Context, name string) ([]wireVendor, error) {
			return collect[wireVendor](ctx, s.c, OpListVendors, contactQuery(name, true))
		},
		name:     func(w wireVendor) string { return string(w.Name) },
		id:       func(w wireVendor) schemas.ID { return w.ID.key },
		email:    func(w wireVendor) string { return string(w.Email) },
		describe: func(w wireVendor) string { return w.describe() },
	}
}

func vendorNoun(r record[wireVendor]) schemas.Vendor {
	return schemas.Vendor{
		Contact: r.wire.noun(), RegistrationNumber: string(r.wire.RegistrationNumber), OtherFields: r.other(), Written: r.told,
	}
}
