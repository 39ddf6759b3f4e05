package fisklapi

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Detail is one thing that a write would put down, such as a payment's method.
type Detail struct{ Name, Value string }

// Pending is a write that was checked against what Fiskl holds and has not
// been sent. Between the two a person can be asked.
type Pending[Out any] struct {
	Write   Write           // what it would do
	Invoice schemas.Invoice // the invoice it concerns, as Fiskl holds it
	Details []Detail        // what else is asked for, in the caller's words

	do func(ctx context.Context) (Out, error)
}

// Do sends it. A pending write is sent at most once: plan it again to send it
// again.
func (p Pending[Out]) Do(ctx context.Context) (Out, error) { return p.do(ctx) }

// once lets do be called a single time, whatever came of it.
func once[Out any](do func(ctx context.Context) (Out, error)) func(ctx context.Context) (Out, error) {
	var called atomic.Bool
	return func(ctx context.Context) (Out, error) {
		if called.Swap(true) {
			var none Out
			return none, errors.New("fisklapi: a pending write is sent at most once")
		}
		return do(ctx)
	}
}

// carryOut plans a write and sends it at once.
func carryOut[Out any](ctx context.Context, p Pending[Out], err error) (Out, error) {
	if err != nil {
		var none Out
		return none, err
	}
	return p.Do(ctx)
}
