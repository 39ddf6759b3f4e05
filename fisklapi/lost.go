package fisklapi

import (
	"errors"
	"fmt"
	"time"
)

// lookTimeout bounds the look-up after a lost answer. It runs even when the
// call's own time is up, because the caller must learn what happened.
const lookTimeout = 5 * time.Second

// lost returns the error of a write whose answer did not come; nil for every
// other error.
func lost(err error) *Error {
	if e := asError(err); e != nil && e.OutcomeUnknown {
		return e
	}
	return nil
}

func asError(err error) *Error {
	e, _ := errors.AsType[*Error](err)
	return e
}

// standing says how an invoice stands.
func (c *Client) standing(w wireInvoice) string {
	return fmt.Sprintf("%s, outstanding %s %s", w.status(), c.minor.decimal(w.Outstanding, string(w.Currency)), w.Currency)
}
