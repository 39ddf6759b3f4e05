package books

import (
	"strings"
	"time"
)

// Contact is a client or a vendor. Copies and a shipping address are a client's, a registration number is a vendor's.
type Contact struct {
	ID                 int64     `json:"id"`
	Name               string    `json:"name"`
	Email              string    `json:"email,omitempty"`
	CC                 []string  `json:"cc,omitempty"`
	BCC                []string  `json:"bcc,omitempty"`
	Phone              string    `json:"phone,omitempty"`
	Address            string    `json:"address,omitempty"`
	ShippingAddress    string    `json:"shippingAddress,omitempty"`
	Country            string    `json:"country"`
	Currency           string    `json:"currency"`
	TaxNumber          string    `json:"taxNumber,omitempty"`
	RegistrationNumber string    `json:"registrationNumber,omitempty"`
	Notes              string    `json:"notes,omitempty"`
	Archived           bool      `json:"archived,omitempty"`
	Created            time.Time `json:"created"`
	Updated            time.Time `json:"updated"`
}

// ContactInput is what a caller may say about a contact. An update replaces the whole of it.
type ContactInput struct {
	Name               string   `json:"name"`
	Email              string   `json:"email"`
	CC                 []string `json:"cc"`
	BCC                []string `json:"bcc"`
	Phone              string   `json:"phone"`
	Address            string   `json:"address"`
	ShippingAddress    string   `json:"shippingAddress"`
	Country            string   `json:"country"`
	Currency           string   `json:"currency"`
	TaxNumber          string   `json:"taxNumber"`
	RegistrationNumber string   `json:"registrationNumber"`
	Notes              string   `json:"notes"`
}

// Contacts are all clients, or all vendors, of a company.
type Contacts struct {
	kind  string
	books *Books
	rows  table[Contact]
}

// All is every contact in the order they were made, archived ones too. The caller owns the slice.
func (c *Contacts) All() []Contact { return c.rows.all() }

// Get finds one contact.
func (c *Contacts) Get(id int64) (Contact, error) { return c.rows.get(c.kind, id) }

// Create adds a contact.
func (c *Contacts) Create(actor string, in ContactInput) (Contact, error) {
	contact := Contact{Created: c.books.now(), Updated: c.books.now()}
	if err := c.fill(&contact, in); err != nil {
		return Contact{}, err
	}
	contact.ID = c.books.ids.next(c.kind)
	c.rows.put(contact.ID, contact)
	c.books.created(actor, record{c.kind, contact.ID, contact.Name})
	return contact, nil
}

// Update replaces what a caller may say about a contact.
func (c *Contacts) Update(actor string, id int64, in ContactInput) (Contact, error) {
	before, err := c.Get(id)
	if err != nil {
		return Contact{}, err
	}
	after := before
	if err := c.fill(&after, in); err != nil {
		return Contact{}, err
	}
	after.Updated = c.books.now()
	c.rows.put(id, after)
	c.books.edited(actor, record{c.kind, id, after.Name}, before, after)
	return after, nil
}

// Archive hides a contact from lists and from new documents. The API has no operation for it.
func (c *Contacts) Archive(actor string, id int64) error {
	before, err := c.Get(id)
	if err != nil {
		return err
	}
	after := before
	after.Archived, after.Updated = true, c.books.now()
	c.rows.put(id, after)
	c.books.edited(actor, record{c.kind, id, after.Name}, before, after)
	return nil
}

func (c *Contacts) fill(contact *Contact, in ContactInput) error {
	if in.Country == "" {
		in.Country = c.books.company.Country
	}
	if in.Currency == "" {
		in.Currency = c.books.company.Currency
	}
	if err := checkContact(in); err != nil {
		return err
	}
	contact.Name, contact.Email, contact.Phone = strings.TrimSpace(in.Name), in.Email, in.Phone
	contact.Address, contact.Country, contact.Currency = in.Address, in.Country, in.Currency
	contact.TaxNumber, contact.Notes = in.TaxNumber, in.Notes
	if c.kind == KindVendor {
		contact.RegistrationNumber = in.RegistrationNumber
		return nil
	}
	contact.CC, contact.BCC, contact.ShippingAddress = in.CC, in.BCC, in.ShippingAddress
	return nil
}

func checkContact(in ContactInput) error {
	if strings.TrimSpace(in.Name) == "" {
		return refuse("name: must not be blank")
	}
	if !capitals(in.Country, 2) {
		return refuse("country: %q is not a two-letter country code", in.Country)
	}
	if err := checkCurrency(in.Currency); err != nil {
		return err
	}
	if in.Email != "" && !emailLike(in.Email) {
		return refuse("email: %q is not a well-formed e-mail address", in.Email)
	}
	for _, copied := range append(append([]string{}, in.CC...), in.BCC...) {
		if !emailLike(copied) {
			return refuse("cc, bcc: %q is not a well-formed e-mail address", copied)
		}
	}
	return nil
}

func emailLike(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && local != "" && domain != "" && !strings.ContainsAny(s, " \t\r\n,;<>") && !strings.Contains(domain, "@")
}
