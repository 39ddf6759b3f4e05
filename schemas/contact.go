package schemas

// ContactFilter selects clients or vendors.
type ContactFilter struct {
	Search          string `json:"search,omitempty" jsonschema_description:"Part of the name"`
	IncludeArchived bool   `json:"include_archived,omitempty" jsonschema_description:"Archived ones too"`
	PageArgs
}

// ContactRow is a client or vendor in a list.
type ContactRow struct {
	ID       ID     `json:"id" jsonschema_description:"Id"`
	Name     string `json:"name" jsonschema_description:"Name"`
	Email    string `json:"email,omitempty" jsonschema_description:"E-mail address"`
	Country  string `json:"country,omitempty" jsonschema_description:"ISO 3166 code"`
	Currency string `json:"currency,omitempty" jsonschema_description:"Default currency, ISO 4217"`
	Archived bool   `json:"archived,omitempty" jsonschema_description:"Archived"`
}

// Contact is what clients and vendors have in common.
type Contact struct {
	ID        ID     `json:"id" jsonschema_description:"Id"`
	Name      string `json:"name" jsonschema_description:"Name"`
	Email     string `json:"email,omitempty" jsonschema_description:"E-mail address"`
	Phone     string `json:"phone,omitempty" jsonschema_description:"Telephone"`
	Address   string `json:"address,omitempty" jsonschema_description:"Billing address"`
	Country   string `json:"country,omitempty" jsonschema_description:"ISO 3166 code"`
	Currency  string `json:"currency,omitempty" jsonschema_description:"Default currency of new documents, ISO 4217"`
	TaxNumber string `json:"tax_number,omitempty" jsonschema_description:"Tax or VAT number"`
	Notes     string `json:"notes,omitempty" jsonschema_description:"Internal notes, never printed"`
	Archived  bool   `json:"archived,omitempty" jsonschema_description:"Archived"`
	Created   string `json:"created,omitempty" jsonschema_description:"UTC timestamp"`
	Updated   string `json:"updated,omitempty" jsonschema_description:"UTC timestamp"`

	Warnings Warnings `json:"warnings,omitempty" jsonschema_description:"What to check with the person"`
}

// NewContact is what a new client or vendor is made of.
type NewContact struct {
	Name      string `json:"name" jsonschema:"minLength=1" jsonschema_description:"Name"`
	Email     string `json:"email,omitempty" jsonschema_description:"E-mail address"`
	Phone     string `json:"phone,omitempty" jsonschema_description:"Telephone"`
	Address   string `json:"address,omitempty" jsonschema_description:"Billing address"`
	Country   string `json:"country,omitempty" jsonschema_description:"ISO code, default the company's"`
	Currency  string `json:"currency,omitempty" jsonschema_description:"ISO code, default the company's"`
	TaxNumber string `json:"tax_number,omitempty" jsonschema_description:"Tax or VAT number"`
	Notes     string `json:"notes,omitempty" jsonschema_description:"Internal notes"`
}

// ContactPatch is what changes in a client or vendor: nil leaves a field as
// it is, an empty string clears it.
type ContactPatch struct {
	Name      *string `json:"name,omitempty" jsonschema:"minLength=1" jsonschema_description:"New name"`
	Email     *string `json:"email,omitempty" jsonschema_description:"E-mail address"`
	Phone     *string `json:"phone,omitempty" jsonschema_description:"Telephone"`
	Address   *string `json:"address,omitempty" jsonschema_description:"Billing address"`
	Country   *string `json:"country,omitempty" jsonschema_description:"ISO code"`
	Currency  *string `json:"currency,omitempty" jsonschema_description:"ISO code"`
	TaxNumber *string `json:"tax_number,omitempty" jsonschema_description:"Tax or VAT number"`
	Notes     *string `json:"notes,omitempty" jsonschema_description:"Internal notes"`
}
