package resources

import "github.com/fiskl-mcp/fiskl-mcp/schemas"

// Kind sorts failures by the code that a client is given.
type Kind int

// The kinds of failures.
const (
	Failed   Kind = iota // Fiskl did not give it
	NotFound             // nothing is at the address, for this caller
	Invalid              // a parameter of the address cannot be used
	Defect               // a fault of this program's own
)

// Error is a resource that was not read.
type Error struct {
	Kind    Kind
	Message string // says what to do
	URI     string

	cause error
}

func (e *Error) Error() string { return e.Message }

// Unwrap returns what caused the error.
func (e *Error) Unwrap() error { return e.cause }

// nowhere is an address that no resource can be at.
func nowhere(uri string) *Error {
	return &Error{Kind: NotFound, URI: uri, Message: "No answer: there is no resource " + schemas.Quoted(uri, 100) +
		". resources/list and resources/templates/list say what there is."}
}
