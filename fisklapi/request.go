package fisklapi

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// maxAnswer bounds what is read of one answer.
const maxAnswer = 8 << 20

// request is one operation with what varies: the ids of its path, its query
// and its body.
type request struct {
	op    Operation
	ids   []string
	query url.Values
	body  any

	// idempotent marks a write that Fiskl carries out once however often it
	// arrives, so that it may be tried again.
	idempotent bool

	// guarded marks a write that the guard was asked about.
	guarded bool
}

// at makes a request to the record with this id.
func at(op Operation, key schemas.ID) request {
	return request{op: op, ids: []string{string(key)}}
}

// answer is what came back: the body of a success and its status.
type answer struct {
	endpoint  Endpoint
	status    int
	body      []byte
	requestID string
	location  string // of what was made, where the answer says so

	// detail is set when details were asked for.
	detail bool

	// again is set when an attempt before this one may have been carried out.
	again bool
}

// do carries a request out and decodes its answer.
func do[T any](ctx context.Context, c *Client, r request) (T, error) {
	var out T
	a, err := c.send(ctx, r)
	if err != nil {
		return out, err
	}
	return read[T](c, a)
}

// send carries a request out and returns the body of a success. Everything
// else is an *Error.
func (c *Client) send(ctx context.Context, r request) (answer, error) {
	e, ok := c.endpoints[r.op]
	if !ok {
		return answer{}, fmt.Errorf("fisklapi: no endpoint for operation %q", r.op)
	}
	if e.Writes() && !r.guarded {
		return answer{}, fmt.Errorf("fisklapi: %s is a write and did not come through the guard", r.op)
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	if r.idempotent {
		ctx = withRetry(ctx)
	}
	ctx, attempts := withTrail(ctx, r.op)
	req, err := c.prepare(ctx, e, r)
	if err != nil {
		return answer{}, err
	}
	res, err := c.transport.RoundTrip(req)
	if err != nil {
		return answer{}, unanswered(e, err, attempts.unsure.Load())
	}
	defer func() { _ = res.Body.Close() }() // nothing is lost: the body was read or is given up
	var body bytes.Buffer
	body.Grow(room(res.ContentLength))
	_, err = body.ReadFrom(io.LimitReader(res.Body, maxAnswer+1))
	a, err := judge(e, res, body.Bytes(), err, attempts.unsure.Load())
	a.detail = r.query.Get("detail") == "true"
	return a, c.placed(r, err)
}

// room is how many bytes an answer of the stated length is read into at first.
// Fiskl's framework states none of an answer that it makes as it goes.
func room(length int64) int {
	const likely = 4 << 10
	if length < 0 {
		return likely
	}
	return int(min(length, maxAnswer)) + bytes.MinRead
}

func (c *Client) prepare(ctx context.Context, e Endpoint, r request) (*http.Request, error) {
	path, err := fill(e.Path, r.ids)
	if err != nil {
		return nil, err
	}
	address := c.base + path
	if query := c.query(r); len(query) > 0 {
		address += "?" + query.Encode()
	}
	var body io.Reader
	if r.body != nil {
		b, err := c.body(r)
		if err != nil {
			return nil, fmt.Errorf("fisklapi: encode the body of %s: %w", r.op, err)
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, e.Method, address, body)
	if err != nil {
		return nil, fmt.Errorf("fisklapi: make the request %s: %w", r.op, err)
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "fiskl-mcp")
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// Writes reports whether the operation can change something. A preview is a
// POST that saves nothing (documented).
func (e Endpoint) Writes() bool {
	return e.Method != http.MethodGet && e.Operation != OpPreviewInvoice
}
