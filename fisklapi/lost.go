package fisklapi

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// lookTimeout bounds the look-up after a lost answer. It runs even when the
// call's own time is up, because the caller must learn what happened.
const lookTimeout = 5 * time.Second

// lost returns the error of a write whose answer did not come; nil for every
// other error.
func lost(err error) *Error {
	var e *Error
	if errors.As(err, &e) && e.OutcomeUnknown {
		return e
	}
	return nil
}

// lookUp says, after a creation whose answer was lost, whether a record of
// that name is there.
func lookUp(ctx context.Context, err error, noun, name string, count func(context.Context) (int, error)) error {
	e := lost(err)
	if e == nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookTimeout)
	defer cancel()
	shown := schemas.Clean(name, 60)
	switch n, lookErr := count(ctx); {
	case lookErr != nil:
		e.Found = fmt.Sprintf("Looking for the %s failed too.", noun)
	case n == 0:
		e.Found = fmt.Sprintf("A look-up just now found no %s called %q, so it was probably not created.", noun, shown)
	default:
		e.Found = fmt.Sprintf("A look-up just now found %d %s(s) matching %q: check whether it is the one meant before creating another.", n, noun, shown)
	}
	return e
}

// lookInvoice says, after a write to an invoice whose answer was lost, how the
// invoice stands now against how it stood before.
func (c *Client) lookInvoice(ctx context.Context, err error, before wireInvoice) error {
	e := lost(err)
	if e == nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookTimeout)
	defer cancel()
	now, lookErr := fetch[wireInvoice](ctx, c, OpGetInvoice, int64(before.ID))
	if lookErr != nil {
		e.Found = "Looking at the invoice failed too."
		return e
	}
	was, is := c.standing(before), c.standing(now.wire)
	switch written := before.Updated != now.wire.Updated || before.SentAt != now.wire.SentAt; {
	case was != is:
		e.Found = fmt.Sprintf("A look-up just now shows invoice %s as %s; before it was %s. It was probably carried out: do not repeat it.", before.Number, is, was)
	case written:
		e.Found = fmt.Sprintf("A look-up just now shows invoice %s still as %s, but written to since. It was probably carried out: do not repeat it.", before.Number, is)
	default:
		e.Found = fmt.Sprintf("A look-up just now shows invoice %s unchanged: %s. It was probably not carried out.", before.Number, is)
	}
	return e
}

func (c *Client) standing(w wireInvoice) string {
	return fmt.Sprintf("%s, outstanding %s %s", w.status(), c.minor.decimal(w.owed(), string(w.Currency)), w.Currency)
}
