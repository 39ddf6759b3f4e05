package telemetry_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	common "go.opentelemetry.io/proto/otlp/common/v1"
	metrics "go.opentelemetry.io/proto/otlp/metrics/v1"
	traces "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
	"github.com/fiskl-mcp/fiskl-mcp/internal/telemetry"
)

// collector is an OpenTelemetry collector that keeps all it is sent.
type collector struct {
	*httptest.Server

	t     *testing.T
	mutex sync.Mutex
	sent  map[string][]byte // by path; messages of one kind may be joined
}

func newCollector(t *testing.T) *collector {
	t.Helper()
	c := &collector{t: t, sent: make(map[string][]byte)}
	c.Server = httptest.NewServer(c)
	t.Cleanup(c.Close)
	return c
}

func (c *collector) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		c.t.Error(err)
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.sent[r.URL.Path] = append(c.sent[r.URL.Path], body...)
}

// env is what a user sets to send to it.
func (c *collector) env(name string) string {
	if name == "OTEL_EXPORTER_OTLP_ENDPOINT" {
		return c.URL
	}
	return ""
}

// spans are those that were sent, by name.
func (c *collector) spans() map[string]*traces.Span {
	c.t.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var all traces.TracesData
	if err := proto.Unmarshal(c.sent["/v1/traces"], &all); err != nil {
		c.t.Fatal(err)
	}
	found := make(map[string]*traces.Span)
	for _, r := range all.GetResourceSpans() {
		for _, s := range r.GetScopeSpans() {
			for _, span := range s.GetSpans() {
				found[span.GetName()] = span
			}
		}
	}
	return found
}

// histogram is the one of a name, or nil.
func (c *collector) histogram(name string) *metrics.Histogram {
	c.t.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var all metrics.MetricsData
	if err := proto.Unmarshal(c.sent["/v1/metrics"], &all); err != nil {
		c.t.Fatal(err)
	}
	for _, r := range all.GetResourceMetrics() {
		for _, s := range r.GetScopeMetrics() {
			for _, m := range s.GetMetrics() {
				if m.GetName() == name {
					return m.GetHistogram()
				}
			}
		}
	}
	return nil
}

// plain turns attributes into text.
func plain(all []*common.KeyValue) map[string]string {
	out := make(map[string]string)
	for _, a := range all {
		out[a.GetKey()] = strings.Trim(a.GetValue().String(), `"`)
		if s, ok := a.GetValue().GetValue().(*common.AnyValue_StringValue); ok {
			out[a.GetKey()] = s.StringValue
		}
	}
	return out
}

func start(t *testing.T, o observe.Options) *telemetry.Telemetry {
	t.Helper()
	tel, err := telemetry.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return tel
}

// stop sends what is left.
func stop(t *testing.T, tel *telemetry.Telemetry) {
	t.Helper()
	if err := tel.Shutdown(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// scrape reads the metrics as Prometheus does.
func scrape(t *testing.T, tel *telemetry.Telemetry) string {
	t.Helper()
	w := httptest.NewRecorder()
	tel.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody))
	if w.Code != http.StatusOK {
		t.Fatalf("the metrics answer %d", w.Code)
	}
	return w.Body.String()
}

// wantLines reports the lines that the metrics lack.
func wantLines(t *testing.T, metrics string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(metrics, line+"\n") {
			t.Errorf("no line %s in\n%s", line, ours(metrics))
		}
	}
}

// ours are the lines that are not about Go or the process.
func ours(metrics string) string {
	var out bytes.Buffer
	for line := range strings.Lines(metrics) {
		if strings.HasPrefix(line, "fiskl_mcp_") && !strings.Contains(line, "_bucket") {
			out.WriteString(line)
		}
	}
	return out.String()
}
