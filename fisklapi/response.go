package fisklapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// judge tells a success from the ways in which an answer can fail. unsure says
// that an attempt may have been carried out though its answer does not tell.
func judge(e Endpoint, res *http.Response, body []byte, readErr error, unsure bool) (answer, error) {
	err := &Error{
		Endpoint:   e,
		Status:     res.StatusCode,
		RequestID:  schemas.Clean(res.Header.Get("X-Request-Id"), 80),
		RetryAfter: retryAfter(res.Header),
		cause:      readErr,
	}
	// A write that was refused changed nothing. After any other failure it may
	// have been carried out, as it may by an attempt before.
	err.OutcomeUnknown = e.Writes() && (unsure || res.StatusCode < 300)
	switch {
	case elsewhere(res):
		err.Kind = WrongHost
	case len(body) > maxAnswer:
		err.Kind, err.Message = TooLarge, fmt.Sprintf("the answer is larger than %d MB", maxAnswer>>20)
	case readErr != nil:
		err.Kind, err.Message = Unavailable, "the connection broke in the middle of the answer"
	case res.StatusCode < 300:
		return answer{endpoint: e, status: res.StatusCode, body: body, requestID: err.RequestID, again: unsure, location: res.Header.Get("Location")}, nil
	default:
		err.refused(res, body)
	}
	return answer{}, err
}

// refused says how and in which words Fiskl refused. Plain text that comes with
// a failure of its own is for its developers. A page that comes with a 403 is
// more likely a firewall's than Fiskl's.
func (e *Error) refused(res *http.Response, body []byte) {
	page := isHTML(res.Header)
	if !page {
		e.Message = said(body, res.StatusCode < http.StatusInternalServerError)
	}
	e.Kind = kindOf(res.StatusCode, e.Message)
	if page && e.Kind == Forbidden {
		e.Ours, e.Message = true, "a web page came with the refusal, as a firewall or a proxy on the way would send"
	}
}

// elsewhere reports an answer that is not the API's: calling the host of the
// web app yields its page or a redirect (documented). An API, or a gateway in
// front of it, writes a page too when it refuses or fails.
func elsewhere(res *http.Response) bool {
	if res.StatusCode >= 300 && res.StatusCode < 400 {
		return true
	}
	if !isHTML(res.Header) || res.StatusCode >= 500 {
		return false
	}
	switch res.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusTooManyRequests:
		return false
	default:
		return true
	}
}

// kindOf sorts a status. 400, 401, 403 and 429 are documented; the rest is
// convention.
func kindOf(status int, message string) Kind {
	switch status {
	case http.StatusUnauthorized:
		return Unauthorized
	case http.StatusPaymentRequired:
		return Subscription
	case http.StatusForbidden:
		if strings.Contains(strings.ToLower(message), "subscription") {
			return Subscription
		}
		return Forbidden
	case http.StatusNotFound, http.StatusGone:
		return NotFound
	case http.StatusConflict, http.StatusPreconditionFailed, http.StatusLocked:
		return Conflict
	case http.StatusTooManyRequests:
		return RateLimited
	}
	if status >= http.StatusInternalServerError {
		return Unavailable
	}
	return Invalid
}

func isHTML(h http.Header) bool {
	kind := h.Get("Content-Type")
	if kind == "application/json" {
		return false
	}
	t, _, err := mime.ParseMediaType(kind)
	return err == nil && (t == "text/html" || t == "application/xhtml+xml")
}

// retryAfter reads the header in both its forms, seconds and a date.
func retryAfter(h http.Header) time.Duration {
	v := h.Get("Retry-After")
	if n, err := strconv.Atoi(v); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(v); err == nil {
		return max(0, time.Until(t).Round(time.Second))
	}
	return 0
}

// unanswered describes a request that got no answer. unsure says that it may
// have been carried out: it went out, or an attempt before it did.
func unanswered(e Endpoint, cause error, unsure bool) error {
	err := &Error{Kind: Unavailable, Endpoint: e, cause: cause, OutcomeUnknown: e.Writes() && unsure}
	var dns *net.DNSError
	var credential *CredentialError
	switch {
	case errors.As(cause, &credential):
		err.Kind, err.Message = Unauthorized, credential.Problem
	case errors.Is(cause, errNoTurn):
		err.Kind, err.Message = RateLimited, "too many requests are waiting for their turn in this program"
	case errors.As(cause, &dns):
		err.Message = "the name of the API's host could not be looked up"
	case unconnected(cause):
		err.Message = "the API's host could not be reached"
	case errors.Is(cause, context.DeadlineExceeded):
		err.Message = "the API did not answer in time"
	case errors.Is(cause, context.Canceled):
		err.Message = "the call was cancelled"
	default:
		err.Message = "the connection broke before an answer came"
	}
	return err
}

// undecodable describes a success whose body is not what the contract says.
func undecodable(a answer, cause error) error {
	err := &Error{Kind: Misread, Endpoint: a.endpoint, Status: a.status, OutcomeUnknown: a.endpoint.Writes(), cause: cause}
	var syntax *json.SyntaxError
	var mismatch *json.UnmarshalTypeError
	switch {
	case errors.As(cause, &mismatch) && mismatch.Field == "":
		err.Message = "it is of another form than expected"
	case errors.As(cause, &mismatch):
		err.Message = fmt.Sprintf("its member %q is %s and not what was looked for", schemas.Clean(mismatch.Field, 60), schemas.Clean(mismatch.Value, 20))
	case errors.As(cause, &syntax), errors.Is(cause, io.ErrUnexpectedEOF):
		err.Kind, err.Message = Unavailable, "the answer was cut off or is not JSON"
	default:
		err.Message = schemas.Clean(cause.Error(), 200)
	}
	return err
}
