package fisklapi

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// writing is how this API was seen to write amounts and dates. It may not
// change between two answers: an amount would be read a hundred times wrong.
type writing struct {
	mu    sync.Mutex
	money dialect.Money
	days  dialect.Days
}

// wrote notes how an answer writes amounts and dates, and reports that it is
// how the answers before it did. An empty form tells nothing.
func (c *Client) wrote(money dialect.Money, days dialect.Days) bool {
	c.writing.mu.Lock()
	defer c.writing.mu.Unlock()
	if money != "" && c.writing.money != "" && money.Major() != c.writing.money.Major() {
		return false
	}
	c.writing.money = cmp.Or(c.writing.money, money)
	c.writing.days = cmp.Or(c.writing.days, days)
	return true
}

func (c *Client) known() dialect.Known {
	c.writing.mu.Lock()
	defer c.writing.mu.Unlock()
	return dialect.Known{Money: c.writing.money, Days: c.writing.days, Places: c.places}
}

func (c *Client) places(currency string) int { return int(c.minor.wireScale(currency)) }

// translated is an answer in the canonical form.
type translated struct {
	canonical []byte
	theirs    []byte
	mapping   dialect.Mapping
	page      dialect.Page
}

// form is what an answer has to hold.
func (c *Client) form(a answer) *dialect.Form { return c.forms.of(a.endpoint.Operation, a.detail) }

// translate brings an answer into the canonical form: as the dialect says, or
// as it can be told from the answer itself. What is not understood is an error
// that names it.
func (c *Client) translate(a answer, form *dialect.Form) (translated, error) {
	c.slowly.Add(1)
	node, err := dialect.Parse(a.body)
	if err != nil {
		return translated{}, misread(a, err)
	}
	t := translated{theirs: a.body, page: dialect.PageOf(&node)}
	if !c.dialect.Totals() {
		t.page.Total = -1
	}
	var missing []string
	if m, ok := c.dialect.Answer(string(a.endpoint.Operation), form, c.places); ok {
		t.mapping, missing, err = c.taught(m, form, &node)
	} else {
		t.mapping, missing, err = c.inferred(form, &node)
	}
	switch {
	case errors.Is(err, dialect.ErrEmptyPage):
		t.canonical = []byte("[]")
		return t, nil
	case err == nil && len(missing) > 0:
		err = errors.New("looked for " + strings.Join(missing, "; "))
	}
	if err != nil {
		return t, misread(a, err)
	}
	out, err := t.mapping.Read(form, &node)
	if err != nil {
		return t, misread(a, err)
	}
	t.canonical = out.Append(nil)
	return t, nil
}

// errStale is a dialect that was learned from other answers than this.
var errStale = errors.New("it does not read as the dialect says: the API may have changed, or the dialect is of another API")

// taught reads an answer as the dialect says, and holds what was learned
// against the arithmetic.
func (c *Client) taught(m dialect.Mapping, form *dialect.Form, node *dialect.Node) (dialect.Mapping, []string, error) {
	if dialect.Refused(node) {
		return m, nil, dialect.ErrRefused
	}
	out, err := m.Read(form, node)
	switch {
	case err != nil && dialect.EmptyPage(form, node):
		return m, nil, dialect.ErrEmptyPage
	case err != nil:
		return m, nil, errors.Join(errStale, err)
	}
	if e := dialect.Weigh(form, &out); c.dialect.Learned && e.Broken > e.Held {
		return m, nil, errors.Join(errStale, errors.New(e.First+" does not hold"))
	}
	return m, dialect.Missing(form, &out), nil
}

// inferred reads an answer as it can be told from itself.
func (c *Client) inferred(form *dialect.Form, node *dialect.Node) (dialect.Mapping, []string, error) {
	in, err := dialect.Infer(form, node, c.known())
	if err != nil || len(in.Missing) > 0 {
		return in.Mapping, in.Missing, err
	}
	if (len(in.Fields) > 0 || in.Money.Major()) && in.Evidence.Broken > in.Evidence.Held {
		return in.Mapping, nil, errors.New("read as it seems to be meant, its amounts do not add up: " + in.Evidence.First + " does not hold")
	}
	money := in.Money
	if !in.Counts {
		money = ""
	}
	if !c.wrote(money, in.Days) {
		err = errors.New("its amounts are written otherwise than in the answers before")
	}
	return in.Mapping, nil, err
}

// misread describes a success that was not understood. Nothing of it may be
// shown as a figure.
func misread(a answer, cause error) error {
	err := &Error{Kind: Misread, Endpoint: a.endpoint, Status: a.status, RequestID: a.requestID, OutcomeUnknown: a.endpoint.Writes(), cause: cause}
	switch {
	case errors.Is(cause, dialect.ErrRefused):
		err.Kind = Invalid
		err.Message = "it answered with an error, though its status says success: " + cmp.Or(said(a.body, false), "no words were given")
	case errors.Is(cause, dialect.ErrCutOff):
		err.Kind, err.Message = Unavailable, cause.Error()
	default:
		err.Message = schemas.Clean(strings.ReplaceAll(cause.Error(), "\n", ": "), 400)
	}
	return err
}

// read decodes an answer: at once where it is in the canonical form, else
// translated into it.
func read[T any](c *Client, a answer) (T, error) {
	var out T
	form := c.form(a)
	if form == nil {
		return out, plainly(a, a.body, &out)
	}
	if !c.dialect.Knows(string(a.endpoint.Operation)) && json.Unmarshal(a.body, &out) == nil && c.complete(a, form, wired(&out)) {
		return out, nil
	}
	t, err := c.translate(a, form)
	if err != nil {
		return out, err
	}
	var fresh T
	if err := plainly(a, t.canonical, &fresh); err != nil {
		return fresh, err
	}
	if r, ok := any(&fresh).(interface{ came(translated) }); ok {
		r.came(t)
	}
	return fresh, nil
}

func plainly(a answer, body []byte, out any) error {
	if err := json.Unmarshal(body, out); err != nil {
		return undecodable(a, err)
	}
	return nil
}

// wired is the struct that holds what was decoded: a record holds it inside.
func wired(out any) any {
	if r, ok := out.(interface{ inside() any }); ok {
		return r.inside()
	}
	return out
}
