package reports

import (
	"cmp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// noContact is what stands where a transaction names nobody.
const noContact = "No contact"

// contactName is a contact's name today, which may not be the one on the transaction.
func (r *Reports) contactName(contact ledger.Ref, onTransaction string) string {
	desk := r.books.Clients
	if contact.Kind == books.KindVendor {
		desk = r.books.Vendors
	}
	if found, err := desk.Get(contact.ID); err == nil {
		return found.Name
	}
	return cmp.Or(onTransaction, noContact)
}

// partner is whom a transaction is with: a client, a vendor, or a payee who is only a name on a statement.
func (r *Reports) partner(t ledger.Transaction) string {
	if t.Contact().ID == 0 {
		return t.ContactName()
	}
	return r.contactName(t.Contact(), t.ContactName())
}

// checkClient refuses the id of no client; 0 asks for none in particular.
func (r *Reports) checkClient(id int64) error {
	if id == 0 {
		return nil
	}
	if _, err := r.books.Clients.Get(id); err != nil {
		return refuse("clientId: there is no client with id %d; GET /v1/clients lists them", id)
	}
	return nil
}

func (r *Reports) checkVendor(id int64) error {
	if id == 0 {
		return nil
	}
	if _, err := r.books.Vendors.Get(id); err != nil {
		return refuse("vendorId: there is no vendor with id %d; GET /v1/vendors lists them", id)
	}
	return nil
}
