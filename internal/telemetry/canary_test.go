package telemetry_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// canary is what nobody may see.
const canary = "kanarienvogel"

// TestCanaries puts a name into everything that a caller or Fiskl can write,
// and looks for it in all that leaves: the metrics as Prometheus reads them
// and every byte that a collector is sent.
func TestCanaries(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	tel := start(t, observe.Options{
		Version: "1.2.3", Tools: []string{"list_clients"}, Reasons: []string{"rate"}, Limits: []string{"rate"}, Env: c.env,
	})
	api := client(t, tel, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", canary)
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusUnprocessableEntity)
			_, _ = io.WriteString(w, `{"error":{"message":"`+canary+`"}}`)
			return
		}
		_, _ = io.WriteString(w, `{"data":[{"id":1,"name":"`+canary+`"}]}`)
	})
	for _, r := range []observe.Request{
		{Method: "tools/call", Tool: "list_clients", Protocol: "2026-07-28", ID: "1", HTTP: "2"},
		{Method: "tools/call", Tool: canary, Protocol: "2026-07-28"},
		{Method: "tools/list", Tool: canary},
		{Method: canary, Protocol: canary, ID: canary + " ltd", HTTP: canary, Traceparent: canary, Header: canaryHeader()},
	} {
		ctx, end := tel.Start(t.Context(), r)
		_, err := api.Clients.List(ctx, schemas.ContactFilter{Search: canary})
		_, failed := api.Clients.Create(ctx, schemas.NewClient{NewContact: schemas.NewContact{Name: canary}})
		if err != nil || failed == nil {
			t.Fatalf("listed with %v, created with %v", err, failed)
		}
		end(observe.Outcome{Kind: observe.Refused, Reason: canary})
		tel.Observe(observe.Event{Request: r, Outcome: observe.Outcome{Kind: observe.Refused, Reason: canary}})
	}
	tel.LimitHit(canary)
	broken := tel.Transport(failing{})
	req, err := http.NewRequestWithContext(t.Context(), canary, "https://api.example.com/v1/"+canary+"?q="+canary, strings.NewReader(canary))
	if err != nil {
		t.Fatal(err)
	}
	if res, err := broken.RoundTrip(req); err == nil {
		_ = res.Body.Close()
		t.Error("a broken road leads somewhere")
	}
	metrics := scrape(t, tel)
	stop(t, tel)
	if strings.Contains(metrics, canary) {
		t.Errorf("the metrics show it:\n%s", ours(metrics))
	}
	for _, path := range []string{"/v1/traces", "/v1/metrics"} {
		if sent := c.sent[path]; len(sent) < 1000 || bytes.Contains(sent, []byte(canary)) {
			t.Errorf("%d bytes went to %s:\n%q", len(sent), path, sent)
		}
	}
}

func canaryHeader() http.Header {
	return http.Header{
		"Traceparent": {outerTrace}, "Tracestate": {canary + "=" + canary}, "Baggage": {"user=" + canary},
		"Authorization": {"Bearer " + canary}, "User-Agent": {canary}, "Mcp-Session-Id": {canary},
	}
}

// failing is a road on which something is said about what went wrong.
type failing struct{}

func (failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New(canary) }
