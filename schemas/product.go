package schemas

// ProductRef names one product or service.
type ProductRef struct {
	Product string `json:"product" jsonschema_description:"Name or id"`
}

// ProductFilter selects products and services.
type ProductFilter struct {
	Search          string `json:"search,omitempty" jsonschema_description:"Part of name or description"`
	IncludeArchived bool   `json:"include_archived,omitempty" jsonschema_description:"Archived ones too"`
	PageArgs
}

// NewProduct is what a new catalogue item is made of.
type NewProduct struct {
	Name        string      `json:"name" jsonschema:"minLength=1" jsonschema_description:"Name"`
	Type        ProductType `json:"type" jsonschema_description:"Cannot change later"`
	Price       Money       `json:"price" jsonschema_description:"Decimal, one unit before tax"`
	Currency    string      `json:"currency,omitempty" jsonschema_description:"Default the company's"`
	Unit        string      `json:"unit,omitempty" jsonschema_description:"Such as hour"`
	Description string      `json:"description,omitempty" jsonschema_description:"Printed on invoices"`
	Taxes       []string    `json:"taxes,omitempty" jsonschema_description:"Names or ids (list_taxes)"`
	Twin
}

// ProductPatch is what changes in one catalogue item; what is absent stays.
type ProductPatch struct {
	ProductRef
	Name        *string   `json:"name,omitempty" jsonschema:"minLength=1" jsonschema_description:"New name"`
	Price       *Money    `json:"price,omitempty" jsonschema_description:"Decimal, in the item's currency"`
	Unit        *string   `json:"unit,omitempty" jsonschema_description:"Unit"`
	Description *string   `json:"description,omitempty" jsonschema_description:"Printed on invoices"`
	Taxes       *[]string `json:"taxes,omitempty" jsonschema_description:"Names or ids, replaced"`
	Clearing
}

// ProductRow is a catalogue item in a list.
type ProductRow struct {
	ID       ID     `json:"id" jsonschema_description:"Id"`
	Name     string `json:"name" jsonschema_description:"Name"`
	Type     string `json:"type" jsonschema_description:"Product or Service"`
	Price    Money  `json:"price" jsonschema_description:"For one unit before tax"`
	Currency string `json:"currency,omitempty" jsonschema_description:"ISO 4217 code"`
	Unit     string `json:"unit,omitempty" jsonschema_description:"Unit"`
	Archived bool   `json:"archived,omitempty" jsonschema_description:"Archived"`
}

// ProductList is the answer to list_products.
type ProductList struct {
	Search string `json:"search,omitempty" jsonschema_description:"Filter used"`
	Page[ProductRow]
}

var (
	_ interface {
		Headed
		Monied
		Addressed
	} = ProductList{}
	_ Cuttable = (*ProductList)(nil)
)

// Heading names the answer.
func (ProductList) Heading() string { return "Products and services" }

// Product is one catalogue item.
type Product struct {
	ProductRow
	Description string         `json:"description,omitempty" jsonschema_description:"Printed on invoices"`
	Taxes       []string       `json:"taxes,omitempty" jsonschema_description:"Names of its taxes"`
	AccountID   ID             `json:"account_id,omitempty" jsonschema_description:"Income account"`
	Created     string         `json:"created,omitempty" jsonschema_description:"UTC timestamp"`
	Updated     string         `json:"updated,omitempty" jsonschema_description:"UTC timestamp"`
	OtherFields map[string]any `json:"other_fields,omitempty" jsonschema_description:"Fields of Fiskl's that this server does not know"`
	Written
}

var _ interface {
	Headed
	Worded
	Monied
	Addressed
} = Product{}

// Heading names the answer.
func (p Product) Heading() string { return p.Type + " " + p.Name }
