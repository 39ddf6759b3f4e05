package schemas

// TaxRef names one tax.
type TaxRef struct {
	Tax string `json:"tax" jsonschema_description:"Name or id"`
}

// Tax is a rate, or a group of rates, that can stand on a line.
type Tax struct {
	ID       ID       `json:"id" jsonschema_description:"Id"`
	Name     string   `json:"name" jsonschema_description:"Name"`
	Rate     string   `json:"rate,omitempty" jsonschema_description:"Percent"`
	Kind     string   `json:"type,omitempty" jsonschema_description:"Rate or Group"`
	Compound bool     `json:"compound,omitempty" jsonschema_description:"Each tax of the group is taken on the ones before it too"`
	Members  []string `json:"members,omitempty" jsonschema_description:"Taxes in the group"`
	Agency   string   `json:"agency,omitempty" jsonschema_description:"Tax agency"`
	Default  bool     `json:"default,omitempty" jsonschema_description:"The company's default"`
	Archived bool     `json:"archived,omitempty" jsonschema_description:"Archived"`
}

// Heading names the answer.
func (Tax) Heading() string { return "Tax" }

// TaxList is the answer to list_taxes.
type TaxList struct {
	Page[Tax]
}

var (
	_ Headed   = TaxList{}
	_ Cuttable = (*TaxList)(nil)
)

// Heading names the answer.
func (TaxList) Heading() string { return "Taxes" }
