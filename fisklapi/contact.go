package fisklapi

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// wireContact is what clients and vendors have in common on the wire.
type wireContact struct {
	ID        id    `json:"id" form:"required"`
	Name      text  `json:"name" form:"required"`
	Email     text  `json:"email"`
	Phone     text  `json:"phone"`
	Address   prose `json:"address"`
	Country   text  `json:"country"`
	Currency  text  `json:"currency"`
	TaxNumber text  `json:"taxNumber"`
	Notes     prose `json:"notes"`
	Archived  bool  `json:"archived"`
	Created   text  `json:"created"`
	Updated   text  `json:"updated"`
}

func (w wireContact) noun() schemas.Contact {
	return schemas.Contact{
		ID: w.ID.key, Name: string(w.Name), Email: string(w.Email), Phone: string(w.Phone),
		Address: string(w.Address), Country: string(w.Country), Currency: string(w.Currency),
		TaxNumber: string(w.TaxNumber), Notes: string(w.Notes), Archived: w.Archived,
		Created: string(w.Created), Updated: string(w.Updated),
	}
}

func (w wireContact) named() (id schemas.ID, name, created string) {
	return w.ID.key, string(w.Name), string(w.Created)
}

// result is what is kept of a write to it.
func (w wireContact) result() Result {
	return Result{ID: w.ID.key, Name: schemas.Clean(string(w.Name), nameLength)}
}

func (w wireContact) row() schemas.ContactRow {
	return schemas.ContactRow{
		ID: w.ID.key, Name: string(w.Name), Email: string(w.Email),
		Country: string(w.Country), Currency: string(w.Currency), Archived: w.Archived,
	}
}

func (w wireContact) describe() string {
	s := fmt.Sprintf("id %s, %s", w.ID.key, cmp.Or(schemas.Name(string(w.Email)), "no e-mail"))
	if w.Archived {
		s += ", archived"
	}
	return s
}

// contactQuery is the query of a contact list; contactMatches applies the same
// filter to what comes back.
func contactQuery(search string, archived bool) url.Values {
	q := url.Values{}
	if search = strings.TrimSpace(search); search != "" {
		q.Set("name", search)
	}
	if archived {
		q.Set("includeArchived", "true")
	}
	return q
}

func contactMatches(w wireContact, search string, archived bool) bool {
	return (archived || !w.Archived) && mentions(string(w.Name), search)
}

// searches asks for a text and, where nothing is found, for everything: Fiskl
// may know only the exact spelling, and "muller" is to find "Müller". Who reads
// so many pages at most does without.
func searches[W any](query func(search string) url.Values, search string, page schemas.PageArgs) []ask[W] {
	asks := []ask[W]{{query: query(search)}}
	if strings.TrimSpace(search) != "" && page.Pages == 0 {
		asks = append(asks, ask[W]{query: query(""), last: true})
	}
	return asks
}

func contactSearches[W any](in schemas.ContactFilter) []ask[W] {
	return searches[W](func(search string) url.Values { return contactQuery(search, in.IncludeArchived) }, in.Search, in.PageArgs)
}

// mentions reports that a text holds another, whoever may have typed them.
func mentions(s, part string) bool {
	return part == "" || strings.Contains(plain(s), plain(part))
}

func newContact(in schemas.NewContact) fields {
	f := fields{"name": in.Name}
	f.set("email", in.Email)
	f.set("phone", in.Phone)
	f.set("address", in.Address)
	f.set("country", strings.ToUpper(in.Country))
	f.set("currency", strings.ToUpper(in.Currency))
	f.set("taxNumber", in.TaxNumber)
	f.set("notes", in.Notes)
	return f
}

func patchContact(in schemas.ContactPatch) fields {
	f := fields{}
	change(f, "name", in.Name)
	change(f, "email", in.Email)
	change(f, "phone", in.Phone)
	change(f, "address", in.Address)
	change(f, "country", upper(in.Country))
	change(f, "currency", upper(in.Currency))
	change(f, "taxNumber", in.TaxNumber)
	change(f, "notes", in.Notes)
	return f
}

func upper(s *string) *string {
	if s == nil {
		return nil
	}
	u := strings.ToUpper(*s)
	return &u
}

// nothingToChange refuses an update without content.
func nothingToChange(f fields) error {
	if len(f) == 0 {
		return &schemas.ArgumentError{Argument: "update", Problem: "holds no change; give at least one field to change"}
	}
	return nil
}
