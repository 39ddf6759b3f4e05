package schemas

// VendorRef names one vendor.
type VendorRef struct {
	Vendor string `json:"vendor" jsonschema_description:"Name or id"`
}

// NewVendor is what a new vendor is made of.
type NewVendor struct {
	NewContact
	RegistrationNumber string `json:"registration_number,omitempty" jsonschema_description:"Registration number"`
}

// VendorPatch is what changes in one vendor.
type VendorPatch struct {
	VendorRef
	ContactPatch
	RegistrationNumber *string `json:"registration_number,omitempty" jsonschema_description:"Registration number"`
	Clearing
}

// Vendor is one vendor with everything Fiskl holds about it.
type Vendor struct {
	Contact
	RegistrationNumber string         `json:"registration_number,omitempty" jsonschema_description:"Registration number"`
	OtherFields        map[string]any `json:"other_fields,omitempty" jsonschema_description:"Fields of Fiskl's that this server does not know"`
	Written
}

var _ interface {
	Headed
	Worded
	Monied
	Addressed
} = Vendor{}

// Heading names the answer.
func (v Vendor) Heading() string { return "Vendor " + v.Name }

// VendorList is the answer to list_vendors.
type VendorList struct {
	Search string `json:"search,omitempty" jsonschema_description:"Filter used"`
	Page[ContactRow]
}

var (
	_ interface {
		Headed
		Monied
		Addressed
	} = VendorList{}
	_ Cuttable = (*VendorList)(nil)
)

// Heading names the answer.
func (VendorList) Heading() string { return "Vendors" }
