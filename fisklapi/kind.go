package fisklapi

// Kind sorts failures by what a caller can do about them. It is an error, so
// that errors.Is(err, fisklapi.NotFound) asks for one.
type Kind string

// The kinds of failure.
const (
	Unauthorized Kind = "unauthorized" // the credential is missing, wrong, expired or revoked
	Forbidden    Kind = "forbidden"    // the credential lacks a permission
	Subscription Kind = "subscription" // the company's plan has lapsed
	NotFound     Kind = "not found"    // no such record, or not visible to this credential
	NoPath       Kind = "no path"      // the API has nothing at the operation's path
	Ambiguous    Kind = "ambiguous"    // several records match a name, or may
	Invalid      Kind = "invalid"      // Fiskl refused the content or a business rule forbids it
	Conflict     Kind = "conflict"     // the record is not in a state that allows it
	RateLimited  Kind = "rate limited" // too many requests
	Unavailable  Kind = "unavailable"  // no answer, or Fiskl failed
	WrongHost    Kind = "wrong host"   // something answered that is not the API
	Unexpected   Kind = "unexpected"   // the API answered in a form this version does not know
	Misread      Kind = "misread"      // the answer lacks what the operation has to hold, or has it in a form that is not understood
	Unproven     Kind = "unproven"     // the API answered a write with success, and nothing shows that it was done
	TooLarge     Kind = "too large"    // the answer is larger than the client takes
	ReadOnly     Kind = "read-only"    // this client does not write
)

// Error makes a Kind usable with errors.Is.
func (k Kind) Error() string { return string(k) }
