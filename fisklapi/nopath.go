package fisklapi

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Documented reports that Fiskl prints the operation's path; the others are
// inferred, and may be elsewhere or nowhere.
func (e Endpoint) Documented() bool {
	switch e.Operation {
	case OpListDatePeriods, OpGetPermissions, OpListClients, OpListInvoices, OpCreateInvoice, OpPreviewInvoice:
		return true
	default:
		return false
	}
}

// OutOfReach reports that something cannot be read with this credential however
// often it is asked for: it may not, or there is no path for it. What is not
// needed for sure is gone without then.
func OutOfReach(err error) bool { return errors.Is(err, Forbidden) || errors.Is(err, NoPath) }

// Untold reports a failure that says nothing against the credential: there is
// no answer to be had, or none that this version understands.
func Untold(err error) bool {
	return OutOfReach(err) || errors.Is(err, NotFound) || errors.Is(err, Unexpected) || errors.Is(err, Misread)
}

// placed tells a record that is not there from a path that is not, and keeps
// in mind which paths are not.
func (c *Client) placed(r request, err error) error {
	e := asError(err)
	switch {
	case err == nil:
		c.missing.found(r.op)
		return nil
	case e == nil || !c.pathless(r, e):
		return e.ambiguous(err)
	}
	e.nowhere()
	c.missing.note(e, c.now())
	return e
}

// pathless reports an answer which says that there is no such path. One that
// names a record says so only in so many words. Where a query or a body names
// one, Fiskl may mean that by what it says.
func (c *Client) pathless(r request, e *Error) bool {
	switch {
	case e.Status == http.StatusMethodNotAllowed:
		return true
	case e.Kind != NotFound || e.Status == 0:
		return false
	case saysPathless(e.Message):
		return true
	case len(parameters(e.Endpoint.Path)) > 0:
		return false
	default:
		return wordless(e.Message) || !r.namesRecord()
	}
}

// namesRecord reports a query or a body that may hold the id of a record.
func (r request) namesRecord() bool {
	for name := range r.query {
		if strings.HasSuffix(name, "Id") || strings.HasSuffix(name, "Ids") {
			return true
		}
	}
	return r.body != nil
}

// wordless reports words that are no more than the status is.
func wordless(words string) bool {
	return slices.Contains([]string{
		"", "not found", "404", "404 not found", "404 page not found", "no message available", "gone", "method not allowed",
	}, strings.ToLower(strings.TrimSuffix(words, ".")))
}

// saysPathless reports the words in which frameworks say that they have no such
// path.
func saysPathless(words string) bool {
	words = strings.ToLower(words)
	return slices.ContainsFunc([]string{
		"no static resource", "no endpoint", "no handler found", "no route", "no mapping for", "cannot get /", "cannot post /", "cannot put /",
	}, func(s string) bool { return strings.HasPrefix(words, s) })
}

// nowhere makes of an error one that says that there is no such path.
func (e *Error) nowhere() {
	own := ""
	if !wordless(e.Message) && !saysPathless(e.Message) {
		own = "; Fiskl says: " + schemas.Quoted(strings.TrimSuffix(e.Message, "."), maxSaid/2)
	}
	e.Kind, e.Ours, e.bare = NoPath, true, false
	e.Message = fmt.Sprintf("this API has no %s %s%s", e.Endpoint.Method, e.Endpoint.Path, own)
}

// ambiguous gives both readings of a 404 at a record's path that comes without
// a word.
func (e *Error) ambiguous(err error) error {
	if e == nil || e.Kind != NotFound || e.Status == 0 || !wordless(e.Message) {
		return err
	}
	e.Ours, e.bare = true, true
	e.Message = fmt.Sprintf("there is no such record, or this credential may not see it, or this API has no %s %s: Fiskl answers HTTP %d and does not say which",
		e.Endpoint.Method, e.Endpoint.Path, e.Status)
	return err
}

// bare reports a 404 that may mean the record or the path.
func bare(err error) bool {
	e := asError(err)
	return e != nil && e.bare
}

// absences are the operations that were found to have no path.
type absences struct {
	mu    sync.Mutex
	known map[Operation]absence
}

type absence struct {
	is Error
	at time.Time
}

func (a *absences) note(e *Error, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil {
		a.known = make(map[Operation]absence)
	}
	a.known[e.Endpoint.Operation] = absence{*e, now}
}

func (a *absences) found(op Operation) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.known, op)
}

// lately returns the error of an operation that was found to have no path not
// longer ago than ttl; nil for others.
func (a *absences) lately(op Operation, now time.Time, ttl time.Duration) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	known, ok := a.known[op]
	if !ok || now.Sub(known.at) >= ttl {
		return nil
	}
	is := known.is // a copy: whoever gets it may add to it
	return &is
}

// Missing returns the operations that this client has asked for and found no
// path of, in the contract's order.
func (c *Client) Missing() []Operation {
	c.missing.mu.Lock()
	defer c.missing.mu.Unlock()
	var all []Operation
	for _, e := range Endpoints() {
		if _, missing := c.missing.known[e.Operation]; missing {
			all = append(all, e.Operation)
		}
	}
	return all
}

// missed is the error of a record that a list has and that is not at its own
// path: it is the path that is missing.
func (c *Client) missed(err error) error {
	e := asError(err)
	if !bare(err) {
		return err
	}
	e.Message = ""
	e.nowhere()
	c.missing.note(e, c.now())
	return e
}
