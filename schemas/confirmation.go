package schemas

// Confirmation is the person's yes to a write that cannot be taken back, for
// clients that cannot ask the person themselves.
type Confirmation struct {
	ConfirmToken string `json:"confirm_token,omitempty" jsonschema_description:"From the first call, once the person agreed"`
}

// Token is the confirmation that was given.
func (c Confirmation) Token() string { return c.ConfirmToken }

// InvoiceAction is a write to an invoice that takes no content.
type InvoiceAction struct {
	InvoiceRef
	Confirmation
}

// Ref is the invoice that is meant, as it was named.
func (r InvoiceRef) Ref() string { return r.Invoice }

// Pin names the invoice by its id, once a person agreed to what is to be done
// with it.
func (r *InvoiceRef) Pin(id ID) {
	r.Invoice, r.Agreed = string(id), true
}

// Unconfirmed says that nothing was done yet, what to show the person, and how
// to go on. All of it is empty once something was done.
type Unconfirmed struct {
	NotDone      string `json:"not_done,omitempty" jsonschema_description:"Nothing was done yet: what to show the person, and what to do then"`
	ConfirmToken string `json:"confirm_token,omitempty" jsonschema_description:"For the second call, once the person agreed"`
	Expires      string `json:"expires,omitempty" jsonschema_description:"UTC timestamp until which the token is good"`
}

// Plain is the whole text form of an answer that did nothing.
func (u Unconfirmed) Plain() string { return u.NotDone }

// Awaits reports that a person's yes is waited for.
func (u Unconfirmed) Awaits() bool { return u.ConfirmToken != "" }

// InvoiceOutcome is the answer to a write to an invoice: the invoice
// afterwards, or as it stands while nothing was done.
type InvoiceOutcome struct {
	Unconfirmed
	Invoice
}

var _ interface {
	Held
	Monied
} = InvoiceOutcome{}

// PaymentOutcome is the answer to record_payment: the payment, or what it
// would be while nothing was done.
type PaymentOutcome struct {
	Unconfirmed
	Payment
}

var _ interface {
	Held
	Monied
} = PaymentOutcome{}
