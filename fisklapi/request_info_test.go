package fisklapi_test

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// looking notes what a transport can know of the requests that it carries.
type looking struct {
	next http.RoundTripper
	seen []fisklapi.RequestInfo
}

func (l *looking) RoundTrip(req *http.Request) (*http.Response, error) {
	l.seen = append(l.seen, fisklapi.RequestInfoOf(req.Context()))
	return l.next.RoundTrip(req)
}

// TestRequestInfo holds that a transport knows the operation, the attempt, and since when it waited for its turn.
func TestRequestInfo(t *testing.T) {
	t.Parallel()
	inside := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	var asked atomic.Int32
	road := &looking{next: inprocess.Transport{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		inside.ServeHTTP(w, r)
	})}}
	for name, limit := range map[string]float64{"a limit": 1000, "none": -1} {
		asked.Store(0)
		road.seen = nil
		begun := time.Now()
		w := connect(t, road, func(o *fisklapi.Options) { o.Rate = limit })
		if _, err := w.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: "5268"}); err != nil {
			t.Fatal(err)
		}
		if len(road.seen) < 2 {
			t.Fatalf("%s: got %v", name, road.seen)
		}
		for i, info := range road.seen[:2] {
			queued := !info.Queued.Before(begun) && !info.Queued.After(time.Now())
			if info.Operation != fisklapi.OpGetInvoice || info.Attempt != i+1 || queued != (limit > 0) || !queued && !info.Queued.IsZero() {
				t.Errorf("%s: attempt %d is %+v", name, i+1, info)
			}
		}
	}
	if info := fisklapi.RequestInfoOf(t.Context()); info != (fisklapi.RequestInfo{}) {
		t.Errorf("no request has %+v", info)
	}
}
