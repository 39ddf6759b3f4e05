package fisklapi

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Write is one request that changes something: what a [Guard] decides on
// before it is sent, and what [Client.LookBack] needs to find out later
// whether it was carried out. It holds neither notes nor secrets, so that it
// can be kept.
type Write struct {
	Operation Operation         `json:"operation"`
	Noun      string            `json:"noun"`                // what is changed: "invoice", "client"
	ID        schemas.ID        `json:"id,omitempty"`        // of the record changed; none when it is yet to be made
	Name      string            `json:"name,omitempty"`      // its number or name, cleaned of what could mislead
	Client    string            `json:"client,omitempty"`    // whom an invoice goes to
	ClientID  schemas.ID        `json:"client_id,omitempty"` // of that client
	Email     string            `json:"email,omitempty"`     // where an invoice is sent
	CC        []string          `json:"cc,omitempty"`        // who gets a copy of it
	BCC       []string          `json:"bcc,omitempty"`       // who gets one unseen by the others
	Unseen    bool              `json:"unseen,omitempty"`    // whether there are copies could not be read
	Account   string            `json:"account,omitempty"`   // what a payment goes to, by name
	Reference string            `json:"reference,omitempty"` // external id of a new invoice
	Amount    schemas.Money     `json:"amount,omitempty"`    // of a payment, or the total of an invoice to be sent
	Currency  string            `json:"currency,omitempty"`  // of Amount
	Date      schemas.Date      `json:"date,omitempty"`      // day of a payment
	Ahead     bool              `json:"ahead,omitempty"`     // whether that day lies in the future
	Content   string            `json:"content"`             // digest of what is asked: the same content has the same digest
	State     string            `json:"state,omitempty"`     // digest of the record as it was before
	Seen      time.Time         `json:"seen,omitzero"`       // when it was read as that
	Before    Standing          `json:"before,omitzero"`     // how an invoice stood before
	SentAt    string            `json:"sent_at,omitempty"`   // when an invoice was last sent before
	Sets      map[string]string `json:"sets,omitempty"`      // digest of the new value of each of Fiskl's fields that changes
	Twins     []schemas.ID      `json:"twins,omitempty"`     // ids of equal payments that were there before

	// Repeat says that the caller wants an equal payment a second time.
	Repeat bool `json:"repeat,omitempty"`
}

// Outcome is how a write ended.
type Outcome string

// The outcomes.
const (
	Done    Outcome = "done"            // seen to be so
	Existed Outcome = "already existed" // Fiskl answered with the record that was there
	NotDone Outcome = "not done"
	Unknown Outcome = "unknown" // it may or may not have been carried out
)

// Result tells how a write ended.
type Result struct {
	Outcome   Outcome       `json:"outcome"`
	ID        schemas.ID    `json:"id,omitempty"`         // of the record that was made or found
	Name      string        `json:"name,omitempty"`       // its number or name, cleaned
	Amount    schemas.Money `json:"amount,omitempty"`     // what an invoice came to
	Currency  string        `json:"currency,omitempty"`   // of Amount
	RequestID string        `json:"request_id,omitempty"` // Fiskl's, for its support
	Problem   string        `json:"problem,omitempty"`    // the kind of failure
	Found     string        `json:"found,omitempty"`      // what a look-up showed, as a sentence
	NotTaken  string        `json:"not_taken,omitempty"`  // arguments that Fiskl did not take, though the write is done

	payment schemas.ID // that a look-up found on the invoice
	failed  bool       // the look-up did, and may not the next time
	unread  bool       // nothing that this credential may ask shows the effect
}

// Guard is asked before every write and learns how it ended. An error keeps
// the write from being sent and reaches the caller as it is. Otherwise end is
// called exactly once, whatever happens to the request or to ctx. It returns
// the result in the light of other writes: what a look-up found may be the
// doing of another.
type Guard func(ctx context.Context, w Write) (end func(Result) Result, err error)

// write sends a request that changes something, and is the only way to send
// one: the guard is asked before it, what came of it is looked for where see
// says, and the guard learns how it ended. Without an error it is done, and see
// holds the record.
func (c *Client) write(ctx context.Context, w Write, r request, see effect) (known Result, err error) {
	if c.readOnly {
		return Result{}, &Error{Kind: ReadOnly, Endpoint: c.endpoints[r.op]}
	}
	if w, err = w.asked(r); err != nil {
		return Result{}, err
	}
	if err := c.countable(r.op, w.Currency); err != nil {
		return Result{}, err
	}
	if err := c.holds(ctx, r.op); err != nil {
		return Result{}, err
	}
	end, err := c.guard(ctx, w)
	if err != nil {
		return Result{}, err
	}
	t := posted{Write: w, begun: c.now(), see: see}
	result := Result{Outcome: Unknown, Problem: "defect"}
	defer func() {
		known = end(result)
		err = settled(c, w, result, known, err)
	}()
	r.guarded = true
	a, err := c.send(ctx, r)
	c.directory.clear()
	result, err = c.ended(ctx, t, a, err)
	return result, err
}

// asked completes a write by what its request says. To whom an invoice goes,
// what a payment goes to, and that it is wanted a second time, is not in the
// request and counts as content all the same: a yes to one is no yes to the
// other.
func (w Write) asked(r request) (Write, error) {
	content, err := r.content()
	if err != nil {
		return w, err
	}
	var beside []byte
	if len(w.CC)+len(w.BCC) > 0 || w.Unseen || w.Account != "" {
		if beside, err = json.Marshal([]any{w.CC, w.BCC, w.Unseen, w.Account}); err != nil {
			return w, fmt.Errorf("fisklapi: encode whom %s concerns: %w", r.op, err)
		}
	}
	w.Operation, w.Content = r.op, digest.Of([]byte(content), []byte(w.Email+"\n"+string(w.Date)+"\n"), strconv.AppendBool(nil, w.Repeat), beside)
	return w, nil
}

// nameLength caps the names that are kept of a write.
const nameLength = 60

func problem(err error) string {
	if e := asError(err); e != nil {
		return string(e.Kind)
	}
	return "not sent"
}

func requestID(err error) string {
	if e := asError(err); e != nil {
		return e.RequestID
	}
	return ""
}

// content tells requests apart by what they ask. Where they are idempotent, the
// reference that makes them so does not count.
func (r request) content() (string, error) {
	body := r.body
	if f, ok := body.(fields); ok && f["externalId"] != nil {
		whole := fields{}
		for k, v := range f {
			if k != "externalId" {
				whole[k] = v
			}
		}
		body = whole
	}
	d, err := digest.JSON(body, string(r.op)+"\n", strings.Join(r.ids, "/")+"\n")
	if err != nil {
		return "", fmt.Errorf("fisklapi: encode the body of %s: %w", r.op, err)
	}
	return d, nil
}
