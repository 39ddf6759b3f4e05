package observe

// Outcome is how a request ended. The zero value is a success.
type Outcome struct {
	Kind   Kind
	Code   int    // the JSON-RPC error code of a ProtocolError, 0 where it is not known
	Reason string // why it was Refused; shown if it is one of Options.Reasons
}

// Kind is a kind of [Outcome].
type Kind int

// The kinds of outcomes.
const (
	OK            Kind = iota
	ToolError          // a tool answered that it could not: isError
	ProtocolError      // a JSON-RPC error
	Refused            // turned away before anything was done
	Canceled           // the caller went away
)

// String is the outcome label.
func (k Kind) String() string {
	switch k {
	case OK:
		return "ok"
	case ToolError:
		return "tool_error"
	case ProtocolError:
		return "protocol_error"
	case Refused:
		return "refused"
	case Canceled:
		return "canceled"
	default:
		return "_OTHER"
	}
}
