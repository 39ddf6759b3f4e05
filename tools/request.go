package tools

import "encoding/json"

// Request is one call as it came.
type Request struct {
	Args json.RawMessage

	// Asks says that the client can put a question to the person.
	Asks bool

	// Unable says that the client declared so, and answered that it cannot.
	Unable bool

	// State and Reply answer the [Question] of an earlier call with the same
	// arguments.
	State string
	Reply *Reply
}

// Reply is what the person made of a question.
type Reply struct {
	// Agreed is set when the person accepted and ticked the box.
	Agreed bool

	// Declined is set when the person, or the client for them, refused.
	Declined bool

	// Failed is set when the client could not ask.
	Failed bool

	// Typed is set when the person typed the reply at this program's terminal:
	// whoever reads the answer is that person.
	Typed bool
}

// Question asks the person for their yes. Nothing was done so far.
type Question struct {
	Message string // what would be done, a fact on each line
	Label   string // of the box to tick
	State   string // comes back with the reply; sealed
}
