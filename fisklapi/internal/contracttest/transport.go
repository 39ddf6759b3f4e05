package contracttest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	faults "github.com/pb33f/libopenapi-validator/errors"
	"github.com/pb33f/libopenapi-validator/paths"
)

// Transport returns a road to the API on which every request and every response must keep
// the contract; what does not is an error of the test. A nil base is [http.DefaultTransport].
// Safe for concurrent use.
//
// A request that the server refuses is not judged, so that tests can send wrong ones on purpose.
// The refusal itself is.
func Transport(tb testing.TB, base http.RoundTripper) http.RoundTripper {
	tb.Helper()
	contract, err := Load()
	if err != nil {
		tb.Fatal(err)
	}
	if base == nil {
		base = http.DefaultTransport //nolint:forbidigo // A test's server is on this machine.
	}
	return &transport{tb: tb, base: base, contract: contract}
}

type transport struct {
	tb       testing.TB
	base     http.RoundTripper
	contract *Contract
}

// RoundTrip sends the request and holds what went and what came against the contract.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	t.tb.Helper()
	sent, err := drain(req.Body)
	if err != nil {
		return nil, fmt.Errorf("read the request to judge: %w", err)
	}
	resp, err := t.base.RoundTrip(withBody(req, sent))
	if err != nil {
		return nil, err
	}
	received, broken := drain(resp.Body)
	resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(received), ending{broken}))
	// A body cut short is the caller's to notice; half of it proves nothing.
	if broken == nil {
		for _, fault := range t.contract.judgeExchange(req, sent, resp, received) {
			t.tb.Errorf("%s %s (%d): %s", req.Method, req.URL.RequestURI(), resp.StatusCode, fault)
		}
	}
	return resp, nil
}

func (c *Contract) judgeExchange(req *http.Request, sent []byte, resp *http.Response, received []byte) []string {
	operation := c.Operation(req)
	if operation == "" {
		if resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusMethodNotAllowed {
			return nil
		}
		return []string{"the contract has no such operation"}
	}
	answer := *resp
	answer.Body = io.NopCloser(bytes.NewReader(received))
	_, found := c.judge.ValidateHttpResponse(withBody(req, sent), &answer)
	if !refused(resp.StatusCode) {
		_, wrong := c.judge.ValidateHttpRequestSync(withBody(req, sent))
		found = append(found, wrong...)
	}
	lines := texts(found)
	for i := range lines {
		lines[i] = operation + ": " + lines[i]
	}
	return lines
}

// Operation returns the operationId that a request is for, or "" when there is none.
func (c *Contract) Operation(req *http.Request) string {
	item, _, _ := paths.FindPath(req, c.Model, nil)
	if item == nil {
		return ""
	}
	operation := item.GetOperations().GetOrZero(strings.ToLower(req.Method))
	if operation == nil {
		return ""
	}
	return operation.OperationId
}

// refused reports whether a status puts the blame on the request or leaves it open.
func refused(status int) bool {
	return status >= http.StatusInternalServerError || slices.Contains([]int{
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden,
		http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusTooManyRequests,
	}, status)
}

// texts says each fault in one line, with the schema's objections where there are any.
func texts(found []*faults.ValidationError) []string {
	lines := make([]string, 0, len(found))
	for _, fault := range found {
		parts := []string{fault.Message + ": " + fault.Reason}
		for _, objection := range fault.SchemaValidationErrors {
			parts = append(parts, objection.FieldPath+": "+objection.Reason)
		}
		lines = append(lines, strings.Join(parts, "; "))
	}
	return lines
}

func withBody(req *http.Request, body []byte) *http.Request {
	clone := req.Clone(req.Context())
	if req.Body == nil || req.Body == http.NoBody {
		return clone
	}
	clone.Body = io.NopCloser(bytes.NewReader(body))
	clone.ContentLength = int64(len(body))
	return clone
}

func drain(body io.ReadCloser) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	content, err := io.ReadAll(body)
	return content, errors.Join(err, body.Close())
}

// ending gives a replayed body the end that the original had.
type ending struct{ err error }

// Read has nothing to give but the error, or the end.
func (e ending) Read([]byte) (int, error) {
	if e.err != nil {
		return 0, e.err
	}
	return 0, io.EOF
}
