package sandbox

import (
	"net/http"
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
)

// desk picks the clients or the vendors out of the books.
type desk func(*books.Books) *books.Contacts

func clientOperations() []operation {
	d := desk(func(b *books.Books) *books.Contacts { return b.Clients })
	return []operation{
		get("/v1/clients", "listClients", "client.read", d.list),
		get("/v1/clients/{id}", "getClient", "client.read", d.get),
		post("/v1/clients", "createClient", "client.write", d.create),
		put("/v1/clients/{id}", "updateClient", "client.write", d.update),
	}
}

func vendorOperations() []operation {
	d := desk(func(b *books.Books) *books.Contacts { return b.Vendors })
	return []operation{
		get("/v1/vendors", "listVendors", "vendor.read", d.list),
		get("/v1/vendors/{id}", "getVendor", "vendor.read", d.get),
		post("/v1/vendors", "createVendor", "vendor.write", d.create),
		put("/v1/vendors/{id}", "updateVendor", "vendor.write", d.update),
	}
}

func (d desk) list(c *call) (answer, error) {
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	archived, err := c.flag("includeArchived")
	if err != nil {
		return answer{}, err
	}
	name := c.query.Get("name")
	rows := slices.DeleteFunc(d(b).All(), func(x books.Contact) bool {
		return x.Archived && !archived || !contains(x.Name, name)
	})
	return list(c, rows, orders[books.Contact]{
		"id":      by(func(x books.Contact) int64 { return x.ID }),
		"name":    by(func(x books.Contact) string { return x.Name }),
		"created": byTime(func(x books.Contact) time.Time { return x.Created }),
		"updated": byTime(func(x books.Contact) time.Time { return x.Updated }),
	})
}

func (d desk) get(c *call) (answer, error) {
	return one(c, func(b *books.Books, id int64) (books.Contact, error) { return d(b).Get(id) })
}

func (d desk) create(c *call) (answer, error) {
	return made(c, func(b *books.Books, in books.ContactInput) (books.Contact, error) {
		return d(b).Create(c.key.actor, in)
	})
}

func (d desk) update(c *call) (answer, error) {
	return changed(c, func(b *books.Books, id int64, in books.ContactInput) (books.Contact, error) {
		return d(b).Update(c.key.actor, id, in)
	})
}

// one answers the record whose id is in the path.
func one[T any](c *call, find func(*books.Books, int64) (T, error)) (answer, error) {
	id, err := c.id()
	if err != nil {
		return answer{}, err
	}
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	found, err := find(b, id)
	if err != nil {
		return answer{}, err
	}
	return encoded(http.StatusOK, found), nil
}

// made answers what the body asked to create.
func made[In, Out any](c *call, create func(*books.Books, In) (Out, error)) (answer, error) {
	in, err := read[In](c)
	if err != nil {
		return answer{}, err
	}
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	out, err := create(b, in)
	if err != nil {
		return answer{}, err
	}
	return encoded(http.StatusCreated, out), nil
}

// changed answers the record whose id is in the path after the body replaced it.
func changed[In, Out any](c *call, update func(*books.Books, int64, In) (Out, error)) (answer, error) {
	in, err := read[In](c)
	if err != nil {
		return answer{}, err
	}
	return one(c, func(b *books.Books, id int64) (Out, error) { return update(b, id, in) })
}
