package schemas

// ClientRef names one client.
type ClientRef struct {
	Client string `json:"client" jsonschema_description:"Name or id"`
}

// NewClient is what a new client is made of.
type NewClient struct {
	NewContact
	CC              []string `json:"cc,omitempty" jsonschema_description:"E-mail copies"`
	BCC             []string `json:"bcc,omitempty" jsonschema_description:"Blind copies"`
	ShippingAddress string   `json:"shipping_address,omitempty" jsonschema_description:"Shipping address"`
}

// ClientPatch is what changes in one client.
type ClientPatch struct {
	ClientRef
	ContactPatch
	CC              *[]string `json:"cc,omitempty" jsonschema_description:"E-mail copies, replaced"`
	BCC             *[]string `json:"bcc,omitempty" jsonschema_description:"Blind copies, replaced"`
	ShippingAddress *string   `json:"shipping_address,omitempty" jsonschema_description:"Shipping address"`
	Clearing
}

// Client is one client with everything Fiskl holds about it.
type Client struct {
	Contact
	CC              []string       `json:"cc,omitempty" jsonschema_description:"Copies of invoice e-mails"`
	BCC             []string       `json:"bcc,omitempty" jsonschema_description:"Blind copies"`
	ShippingAddress string         `json:"shipping_address,omitempty" jsonschema_description:"Shipping address"`
	OtherFields     map[string]any `json:"other_fields,omitempty" jsonschema_description:"Fields of Fiskl's that this server does not know"`
	Written
}

var _ interface {
	Headed
	Worded
	Monied
	Addressed
} = Client{}

// Heading names the answer.
func (c Client) Heading() string { return "Client " + c.Name }

// ClientList is the answer to list_clients.
type ClientList struct {
	Search string `json:"search,omitempty" jsonschema_description:"Filter used"`
	Page[ContactRow]
}

var (
	_ interface {
		Headed
		Monied
		Addressed
	} = ClientList{}
	_ Cuttable = (*ClientList)(nil)
)

// Heading names the answer.
func (ClientList) Heading() string { return "Clients" }
