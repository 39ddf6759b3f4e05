package telemetry_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
	"github.com/fiskl-mcp/fiskl-mcp/internal/telemetry"
)

func TestMetrics(t *testing.T) {
	t.Parallel()
	tel := start(t, observe.Options{
		Version: "1.2.3",
		Tools:   []string{"send_invoice", "list_clients"},
		Reasons: []string{"origin", "rate"},
		Limits:  []string{"rate"},
	})
	for _, of := range []struct {
		request observe.Request
		outcome observe.Outcome
	}{
		{observe.Request{Method: "tools/call", Tool: "list_clients", Protocol: "2026-07-28"}, observe.Outcome{}},
		{observe.Request{Method: "tools/call", Tool: "list_clients", Protocol: "2026-07-28"}, observe.Outcome{}},
		{observe.Request{Method: "tools/call", Tool: "send_invoice", Protocol: "2025-11-25"}, observe.Outcome{Kind: observe.ToolError}},
		{observe.Request{Method: "tools/call", Tool: "no_such_tool", Protocol: "2025-11-25"}, observe.Outcome{Kind: observe.ProtocolError, Code: -32602}},
		{observe.Request{Method: "tools/list"}, observe.Outcome{Kind: observe.Canceled}},
		{observe.Request{Method: "no/such", Protocol: "1999-01-01"}, observe.Outcome{Kind: observe.Refused, Reason: "rate"}},
	} {
		_, end := tel.Start(t.Context(), of.request)
		end(of.outcome)
		end(observe.Outcome{Kind: observe.ToolError}) // counts once
	}
	for _, reason := range []string{"origin", "made up"} {
		tel.Observe(observe.Event{Outcome: observe.Outcome{Kind: observe.Refused, Reason: reason}, Took: time.Second})
	}
	tel.Observe(observe.Event{Request: observe.Request{Method: "prompts/list"}, Took: time.Minute})
	tel.LimitHit("rate")
	tel.LimitHit("made up")
	_, end := tel.Start(t.Context(), observe.Request{Method: "ping"})
	got := scrape(t, tel)
	end(observe.Outcome{})
	wantLines(t, got,
		`fiskl_mcp_requests_total{era="modern",method="tools/call",outcome="ok",tool="list_clients"} 2`,
		`fiskl_mcp_requests_total{era="legacy",method="tools/call",outcome="tool_error",tool="send_invoice"} 1`,
		`fiskl_mcp_requests_total{era="legacy",method="tools/call",outcome="protocol_error",tool="_OTHER"} 1`,
		`fiskl_mcp_requests_total{era="",method="tools/list",outcome="canceled",tool=""} 1`,
		`fiskl_mcp_requests_total{era="_OTHER",method="_OTHER",outcome="refused",tool=""} 1`,
		`fiskl_mcp_requests_total{era="",method="",outcome="refused",tool=""} 2`,
		`fiskl_mcp_request_duration_seconds_count{method="tools/call",tool="list_clients"} 2`,
		`fiskl_mcp_request_duration_seconds_sum{method="prompts/list",tool=""} 60`,
		`fiskl_mcp_requests_in_flight{method="ping"} 1`,
		`fiskl_mcp_requests_in_flight{method="tools/call"} 0`,
		`fiskl_mcp_refusals_total{reason="_OTHER"} 1`,
		`fiskl_mcp_refusals_total{reason="origin"} 1`,
		`fiskl_mcp_refusals_total{reason="rate"} 1`,
		`fiskl_mcp_limits_hit_total{limit="rate"} 1`,
		`fiskl_mcp_limits_hit_total{limit="_OTHER"} 1`,
	)
	if strings.Contains(got, `_duration_seconds_count{method=""`) {
		t.Error("refusals are timed")
	}
	for _, begin := range []string{`fiskl_mcp_build_info{go_version="go1.`, "go_goroutines ", "process_start_time_seconds "} {
		if !strings.Contains(got, "\n"+begin) {
			t.Errorf("nothing begins with %s", begin)
		}
	}
}

// TestNothing calls all that there is on those that observe nothing.
func TestNothing(t *testing.T) {
	t.Parallel()
	for name, tel := range map[string]*telemetry.Telemetry{"nil": nil, "zero": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, end := tel.Start(t.Context(), observe.Request{Method: "ping"})
			if ctx != t.Context() {
				t.Error("the context is another one")
			}
			end(observe.Outcome{})
			tel.Observe(observe.Event{})
			tel.LimitHit("rate")
			if road := http.NewFileTransport(http.Dir(".")); tel.Transport(road) != road {
				t.Error("the transport is another one")
			}
			w := httptest.NewRecorder()
			tel.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody))
			if w.Code != http.StatusNotFound {
				t.Errorf("the metrics answer %d", w.Code)
			}
			stop(t, tel)
		})
	}
}

func TestHandler(t *testing.T) {
	t.Parallel()
	h := start(t, observe.Options{}).Handler()
	for _, of := range []struct {
		method, path string
		want         int
	}{
		{http.MethodGet, "/metrics", http.StatusOK},
		{http.MethodPost, "/metrics", http.StatusMethodNotAllowed},
		{http.MethodGet, "/", http.StatusNotFound},
		{http.MethodGet, "/debug/pprof/", http.StatusNotFound},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(of.method, of.path, http.NoBody))
		if w.Code != of.want {
			t.Errorf("%s %s answers %d, want %d", of.method, of.path, w.Code, of.want)
		}
	}
}

func TestWrongEnvironment(t *testing.T) {
	t.Parallel()
	_, err := telemetry.New(t.Context(), observe.Options{Env: func(name string) string {
		return map[string]string{"OTEL_TRACES_EXPORTER": "zipkin"}[name]
	}})
	if err == nil || !strings.Contains(err.Error(), `OTEL_TRACES_EXPORTER is "zipkin"`) {
		t.Errorf("the error is %v", err)
	}
}

func BenchmarkCall(b *testing.B) {
	tel, err := telemetry.New(b.Context(), observe.Options{Tools: []string{"list_clients"}})
	if err != nil {
		b.Fatal(err)
	}
	for name, tel := range map[string]*telemetry.Telemetry{"off": nil, "on": tel} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, end := tel.Start(b.Context(), observe.Request{Method: "tools/call", Tool: "list_clients", Protocol: "2026-07-28"})
				end(observe.Outcome{})
			}
		})
	}
}
