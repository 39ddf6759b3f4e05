package writepolicy

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// Call is what a write is part of, for the journal.
type Call struct {
	Tool         string
	Arguments    string // digest
	Confirmation string // how a person agreed; empty where nobody is asked

	rehearsed bool
	holds     func(fisklapi.Write) error
}

// callKey rides in the context, since what stands between the tool and the guard
// is a client of Fiskl that knows of no tools: every method of it that writes
// would have to pass the call on. [Policy.Check], which the tools ask
// themselves, takes what it needs as an argument.
type callKey struct{}

// WithCall names the call that the writes made under ctx are part of.
func WithCall(ctx context.Context, c Call) context.Context {
	return context.WithValue(ctx, callKey{}, c)
}

// WithConfirmation adds how a person agreed to the call.
func WithConfirmation(ctx context.Context, id string) context.Context {
	c := callOf(ctx)
	c.Confirmation = id
	return WithCall(ctx, c)
}

// Rehearsed has every write made under ctx end in a [DryRunError] that tells
// what it would be.
func Rehearsed(ctx context.Context) context.Context {
	c := callOf(ctx)
	c.rehearsed = true
	return WithCall(ctx, c)
}

// Agreed adds how a person agreed to the call, and what holds the write that is
// made under ctx against what they saw.
func Agreed(ctx context.Context, id string, holds func(fisklapi.Write) error) context.Context {
	c := callOf(ctx)
	c.Confirmation, c.holds = id, holds
	return WithCall(ctx, c)
}

func callOf(ctx context.Context) Call {
	c, _ := ctx.Value(callKey{}).(Call)
	return c
}

// agreed refuses a write that a person has to agree to and did not, and one
// that is not what they agreed to.
func (c *Policy) agreed(call Call, w fisklapi.Write) error {
	if call.holds != nil {
		return call.holds(w)
	}
	if c.o.Person && call.Confirmation == "" {
		return &Error{"this server changes nothing without a person's own answer (FISKL_CONFIRM=person), and nobody was asked"}
	}
	return nil
}
