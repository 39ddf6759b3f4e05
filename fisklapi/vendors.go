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
		asks: []ask[wireVendor]{{query: contactQuery(in.Search, in.IncludeArchived)}},
		row: func(w wireVendor) (schemas.ContactRow, bool) {
			return w.row(), contactMatches(w.wireContact, in.Search, in.IncludeArchived)
		},
		id: func(r schemas.ContactRow) int64 { return r.ID },
	}.read(ctx, s.c, in.PageArgs)
	return schemas.VendorList{Search: schemas.Clean(in.Search, 100), Page: page}, err
}

// Get returns one vendor by name or id.
//
//	GET /v1/vendors/{id}
func (s Vendors) Get(ctx context.Context, in schemas.VendorRef) (schemas.Vendor, error) {
	r, err := s.whole(ctx, in)
	if err != nil {
		return schemas.Vendor{}, err
	}
	return r.wire.noun(r.other()), nil
}

// Create makes a new vendor. Fiskl fills in country and currency from the
// company when they are left out.
//
//	POST /v1/vendors
func (s Vendors) Create(ctx context.Context, in schemas.NewVendor) (schemas.Vendor, error) {
	body := newContact(in.NewContact)
	body.set("registrationNumber", in.RegistrationNumber)
	r, err := do[record[wireVendor]](ctx, s.c, request{op: OpCreateVendor, body: body})
	if err != nil {
		return schemas.Vendor{}, lookUp(ctx, err, "vendor", in.Name, func(ctx context.Context) (int, error) {
			l, err := s.List(ctx, schemas.ContactFilter{Search: in.Name})
			return l.Count, err
		})
	}
	return r.wire.noun(r.other()), nil
}

// Update changes one vendor and leaves every other field as it is.
//
//	PUT /v1/vendors/{id}
func (s Vendors) Update(ctx context.Context, in schemas.VendorPatch) (schemas.Vendor, error) {
	changes := patchContact(in.ContactPatch)
	change(changes, "registrationNumber", in.RegistrationNumber)
	if err := nothingToChange(changes); err != nil {
		return schemas.Vendor{}, err
	}
	now, err := s.whole(ctx, in.VendorRef)
	if err != nil {
		return schemas.Vendor{}, err
	}
	r, err := put(ctx, s.c, OpUpdateVendor, int64(now.wire.ID), now, changes)
	if err != nil {
		return schemas.Vendor{}, err
	}
	return r.wire.noun(r.other()), nil
}

func (s Vendors) whole(ctx context.Context, in schemas.VendorRef) (record[wireVendor], error) {
	w, err := s.find(ctx, in.Vendor)
	if err != nil {
		return record[wireVendor]{}, err
	}
	return fetch[wireVendor](ctx, s.c, OpGetVendor, int64(w.ID))
}

func (s Vendors) find(ctx context.Context, ref string) (wireVendor, error) {
	return finder[wireVendor]{
		noun: "vendor", plural: "vendors", get: OpGetVendor, search: OpListVendors,
		candidates: func(ctx context.Context, name string) ([]wireVendor, error) {
			return collect[wireVendor](ctx, s.c, OpListVendors, contactQuery(name, true))
		},
		name:     func(w wireVendor) string { return string(w.Name) },
		id:       func(w wireVendor) int64 { return int64(w.ID) },
		describe: func(w wireVendor) string { return w.describe() },
	}.find(ctx, s.c, ref)
}

func (w wireVendor) noun(other map[string]any) schemas.Vendor {
	return schemas.Vendor{
		Contact: w.wireContact.noun(), RegistrationNumber: string(w.RegistrationNumber), OtherFields: other,
	}
}
