package fisklapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// How a write ended is decided here, by one rule for all there are.
//
// Done is what was seen: a record that carries an id and what was asked, or a
// second reading that shows the effect. An error is an error whatever the
// status above it, unless the books show the effect all the same. Everything
// else is unknown, is looked up, and is told as it was found.

// posted is a write that was sent.
type posted struct {
	Write
	begun time.Time // when it was about to be sent
	see   effect
}

// effect is where it shows what a write came to.
type effect interface {
	// answered looks at Fiskl's answer, and reads the record again where that is
	// not enough. The error says why neither shows that the write was done.
	answered(ctx context.Context, t posted, a answer) (Result, error)

	// found reads the record that a look-up found.
	found(ctx context.Context, t posted, key schemas.ID) (Result, error)

	// warn adds a sentence for whoever reads what was done.
	warn(sentences ...string)
}

// ended tells how a write ended. The error is what the caller is told; there is
// none only where the write is known to be done.
func (c *Client) ended(ctx context.Context, t posted, a answer, err error) (Result, error) {
	ctx = context.WithoutCancel(ctx) // whoever gave up must learn all the same what happened
	e := asError(err)
	switch {
	case err == nil:
		return c.acknowledged(ctx, t, a)
	case e != nil && e.OutcomeUnknown:
		return c.lookedUp(ctx, t, e)
	case e != nil && e.mayHide():
		return c.hidden(ctx, t, e)
	default:
		return Result{Outcome: NotDone, Problem: problem(err), RequestID: requestID(err)}, err
	}
}

// acknowledged is a write whose answer says success.
func (c *Client) acknowledged(ctx context.Context, t posted, a answer) (Result, error) {
	words, refused := refusal(a.body)
	var why error
	if !refused {
		look, cancel := context.WithTimeout(ctx, lookTimeout)
		defer cancel()
		var r Result
		if r, why = t.see.answered(look, t, a); why == nil {
			r.RequestID = a.requestID
			return r, nil
		}
	}
	e := unproven(a, words, refused, why)
	found := c.look(ctx, t)
	found.RequestID = a.requestID
	switch found.Outcome {
	case Done, Existed:
		return c.seen(ctx, t, found, e)
	case NotDone:
		if !refused {
			break
		}
		e.OutcomeUnknown = false
		return Result{Outcome: NotDone, Problem: string(e.Kind), RequestID: a.requestID}, e
	case Unknown:
	}
	return unsettled(found, e)
}

// seen is a write whose effect a look-up shows though its answer does not.
func (c *Client) seen(ctx context.Context, t posted, found Result, e *Error) (Result, error) {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	r, err := t.see.found(ctx, t, cmp.Or(found.payment, found.ID))
	if err != nil {
		return unsettled(found, e)
	}
	t.see.warn("Fiskl's answer did not show that it was done, and a second reading does: " + e.Message)
	r.RequestID = found.RequestID
	if r.Outcome != Existed {
		r.Outcome, r.Found = found.Outcome, found.Found
	}
	return r, nil
}

// unsettled is what was looked up of a write whose end nobody told. What is not
// there may still arrive.
func unsettled(found Result, e *Error) (Result, error) {
	e.OutcomeUnknown, e.Found, e.Done = true, found.Found, found.Outcome == Done
	if found.Outcome == NotDone {
		found.Outcome = Unknown
	}
	found.Problem = string(e.Kind)
	return found, e
}

// lookedUp is a write whose answer was lost.
func (c *Client) lookedUp(ctx context.Context, t posted, e *Error) (Result, error) {
	found := c.look(ctx, t)
	found.RequestID = e.RequestID
	return unsettled(found, e)
}

// look looks a write up. A look-up that fails is one that found nothing out.
// Fiskl's word is all there is on what nothing reads again.
func (c *Client) look(ctx context.Context, t posted) Result {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	r, err := c.LookBack(ctx, t.Write, t.begun)
	if err != nil {
		return Result{Outcome: Unknown, failed: !OutOfReach(err), unread: OutOfReach(err), Found: strings.TrimSpace(fmt.Sprintf("Looking for the %s failed too. %s", t.Noun, t.again()))}
	}
	return r
}

// hidden is a write that something refused, after it may have been carried out:
// what stands between Fiskl and its caller may have sent it twice, and passed
// the second answer on.
func (c *Client) hidden(ctx context.Context, t posted, e *Error) (Result, error) {
	found := c.look(ctx, t)
	switch {
	case found.failed: // whether it hides anything is not known
	case found.unread && !e.plain(): // nor will it be
	case found.Outcome != Done && found.Outcome != Existed:
		return Result{Outcome: NotDone, Problem: string(e.Kind), RequestID: e.RequestID}, e
	case e.Status >= http.StatusBadRequest:
		found.Outcome = Unknown
		found.Found = "It was refused, and yet a look-up shows what was asked for. Another may have done it: do not repeat it before you have looked at it."
	}
	found.RequestID = e.RequestID
	return unsettled(found, e)
}

// mayHide reports a failure that can be the second answer to a write of which
// the first was lost. A refusal for want of a credential, a permission or a
// path cannot: the first would have met it too.
func (e *Error) mayHide() bool {
	switch e.Status {
	case http.StatusBadRequest, http.StatusRequestTimeout, http.StatusConflict, http.StatusPreconditionFailed, http.StatusUnprocessableEntity,
		http.StatusLocked, http.StatusTooEarly, http.StatusTooManyRequests, statusClosed:
		return e.Endpoint.Writes()
	default:
		return e.Endpoint.Writes() && e.Status >= 300 && e.Status < http.StatusBadRequest
	}
}

// plain reports a refusal that is taken at its word where no look-up can tell:
// of what the request says, which every copy of it would have met, and of its
// pace, with which Fiskl says that it did not look at it.
func (e *Error) plain() bool {
	switch e.Status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusTooManyRequests:
		return true
	default:
		return false
	}
}

// statusClosed is nginx's for a caller that went away.
const statusClosed = 499

// unproven describes an answer that says success and does not show it.
func unproven(a answer, words string, refused bool, why error) *Error {
	e := &Error{Kind: Unproven, Endpoint: a.endpoint, Status: a.status, RequestID: a.requestID, Ours: true, OutcomeUnknown: true, cause: why}
	var known *Error
	switch {
	case refused:
		e.Kind, e.Ours, e.Message = Invalid, false, words
		if words == "" {
			e.Ours, e.Message = true, "it answered with an error, though its status says success, and gave no words for it"
		}
	case len(strings.TrimSpace(string(a.body))) == 0:
		e.Message = fmt.Sprintf("the answer is empty (HTTP %d)", a.status)
	case errors.As(why, &known) && known.Kind == Misread:
		e.Message = "the answer holds no record that can be read"
	case errors.As(why, &known):
		e.Message = known.Message
	case why != nil:
		e.Message = why.Error()
	}
	if said := schemas.Clean(said(a.body, true), maxSaid); !refused && said != "" {
		e.Message = strings.TrimSuffix(e.Message, ".") + "; it says " + schemas.Quoted(said, maxSaid)
	}
	return e
}

// settled holds what the caller is told to what the guard knows, which sees the
// writes of others too.
func settled(c *Client, w Write, found, known Result, err error) error {
	if e := lost(err); e != nil {
		if known.Found != found.Found {
			e.Found, e.Done = known.Found, known.Outcome == Done
		}
		return e
	}
	if err != nil || known.Outcome == Done || known.Outcome == Existed {
		return err
	}
	return &Error{
		Kind: Unproven, Endpoint: c.endpoints[w.Operation], RequestID: found.RequestID, Ours: true, OutcomeUnknown: true, Found: known.Found,
		Message: "the answer does not show it",
	}
}
