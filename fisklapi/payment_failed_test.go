package fisklapi_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// retold is a sandbox that says something else of its payments.
type retold struct {
	next     http.RoundTripper
	was, now string
}

func (r retold) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := r.next.RoundTrip(req)
	if err != nil || req.Method != http.MethodGet || !strings.HasPrefix(req.URL.Path, "/v1/payments") {
		return res, err
	}
	body, err := io.ReadAll(res.Body)
	body = bytes.ReplaceAll(body, []byte(r.was), []byte(r.now))
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return res, err
}

// paying records a payment at the sandbox.
func paying(t *testing.T, was, now string) (schemas.Payment, error) {
	t.Helper()
	road := retold{inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})}, was, now}
	return connect(t, road).Payments.Record(t.Context(), schemas.NewPayment{
		InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0145"}, Amount: "100.00",
	})
}

// TestFailedPayment finds that a payment which Fiskl shows as failed or taken
// back is not told as done, however often it is looked up.
func TestFailedPayment(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"Failed", "VOIDED", "Declined"} {
		_, err := paying(t, `"status":"Paid"`, `"status":"`+status+`"`)
		var e *fisklapi.Error
		if !errors.As(err, &e) || e.Done || !e.OutcomeUnknown || !strings.Contains(e.Message, status) {
			t.Errorf("%s: got %v", status, err)
		}
	}
}

// TestOtherAccount finds that a payment which went to another account than was
// agreed to says so.
func TestOtherAccount(t *testing.T) {
	t.Parallel()
	p, err := paying(t, `"accountId":503`, `"accountId":501`)
	if err != nil || !strings.Contains(strings.Join(p.Warnings, " "), `it was to go to the account "1090 Undeposited Funds", and went to "1000 Cash on Hand"`) {
		t.Errorf("got %v and error %v", p.Warnings, err)
	}
}
