package fisklapi

import (
	"errors"
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
