package telemetry_test

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
	"github.com/fiskl-mcp/fiskl-mcp/internal/telemetry"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// client is Fiskl's client on an API that answers as told.
func client(t *testing.T, tel *telemetry.Telemetry, api http.HandlerFunc) *fisklapi.Client {
	t.Helper()
	s := httptest.NewServer(api)
	t.Cleanup(s.Close)
	c, err := fisklapi.New(fisklapi.Options{
		BaseURL:     s.URL,
		TokenSource: fisklapi.Key("fsk_" + canary),
		Transport:   tel.Transport(s.Client().Transport),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestUpstream(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	tel := start(t, observe.Options{Env: c.env})
	var asked atomic.Int32
	api := client(t, tel, func(w http.ResponseWriter, _ *http.Request) {
		switch asked.Add(1) {
		case 1:
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
		case 2:
			w.WriteHeader(http.StatusServiceUnavailable)
		case 3:
			_, _ = io.WriteString(w, `{"data":[]}`)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	ctx, end := tel.Start(t.Context(), observe.Request{Method: "ping"})
	if _, err := api.Clients.List(ctx, schemas.ContactFilter{}); err != nil {
		t.Fatal(err)
	}
	if _, err := api.Payments.Get(ctx, schemas.PaymentRef{Payment: "4711"}); err == nil {
		t.Fatal("a payment that is not there was found")
	}
	end(observe.Outcome{})
	stop(t, tel)
	wantLines(t, scrape(t, tel),
		`fiskl_mcp_upstream_requests_total{operation="listClients",status="4xx"} 1`,
		`fiskl_mcp_upstream_requests_total{operation="listClients",status="5xx"} 1`,
		`fiskl_mcp_upstream_requests_total{operation="listClients",status="2xx"} 1`,
		`fiskl_mcp_upstream_requests_total{operation="getPayment",status="4xx"} 1`,
		`fiskl_mcp_upstream_request_duration_seconds_count{operation="listClients"} 3`,
		`fiskl_mcp_upstream_requests_in_flight 0`,
		`fiskl_mcp_upstream_retries_total{operation="listClients"} 2`,
		`fiskl_mcp_limits_hit_total{limit="upstream"} 1`,
	)
	if got := scrape(t, tel); strings.Contains(got, `retries_total{operation="getPayment"}`) {
		t.Error("a first attempt counts as a retry")
	}
	spans := c.spans()
	list, get, parent := spans["GET /v1/clients"], spans["GET /v1/payments/{id}"], spans["ping"]
	if string(list.GetParentSpanId()) != string(parent.GetSpanId()) || len(parent.GetSpanId()) == 0 {
		t.Error("a request to Fiskl is not below the one that it was for")
	}
	want := map[string]string{
		"http.request.method": "GET", "url.template": "/v1/payments/{id}", "server.address": "127.0.0.1",
		"fiskl.operation": "getPayment", "http.response.status_code": "int_value:404", "error.type": "404",
	}
	if got := plain(get.GetAttributes()); !maps.Equal(got, want) {
		t.Errorf("a span has %v, want %v", got, want)
	}
	if points := c.histogram("http.client.request.duration").GetDataPoints(); len(points) != 4 {
		t.Errorf("%d points of the duration", len(points))
	}
}

// TestNoAnswer sends to an address at which nobody listens.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	tel := start(t, observe.Options{})
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, path := range []string{"/v1/company", "/base/v1/taxes", "/v1/Acme", "/v1/clients/7/Acme", ""} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, gone.URL+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		res, err := tel.Transport(gone.Client().Transport).RoundTrip(req)
		if err == nil {
			_ = res.Body.Close()
			t.Error("somebody answered")
		}
	}
	wantLines(t, scrape(t, tel),
		`fiskl_mcp_upstream_requests_total{operation="getCompany",status="error"} 1`,
		`fiskl_mcp_upstream_requests_total{operation="listTaxes",status="error"} 1`,
		`fiskl_mcp_upstream_requests_total{operation="_OTHER",status="error"} 3`,
	)
}

// TestNoTraceToFiskl holds that the trace stays here.
func TestNoTraceToFiskl(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	tel := start(t, observe.Options{Env: c.env})
	api := client(t, tel, func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"Traceparent", "Tracestate", "Baggage"} {
			if r.Header.Get(name) != "" {
				t.Errorf("Fiskl is sent %s", name)
			}
		}
		_, _ = io.WriteString(w, `{"data":[]}`)
	})
	ctx, end := tel.Start(t.Context(), observe.Request{Method: "ping", Traceparent: innerTrace})
	defer end(observe.Outcome{})
	if _, err := api.Clients.List(ctx, schemas.ContactFilter{}); err != nil {
		t.Fatal(err)
	}
}
