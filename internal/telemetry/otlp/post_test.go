package otlp_test

import (
	"bytes"
	"encoding/pem"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/sdk/metric"
	metrics "go.opentelemetry.io/proto/otlp/collector/metrics/v1"

	"github.com/fiskl-mcp/fiskl-mcp/internal/telemetry/otlp"
)

// deliver exports one reading and returns what was logged.
func deliver(t *testing.T, e metric.Exporter) {
	t.Helper()
	if err := e.Export(t.Context(), reading(t, metric.CumulativeTemporalitySelector)); err != nil {
		t.Error(err)
	}
}

func exporter(t *testing.T, s otlp.Settings, log *bytes.Buffer) metric.Exporter {
	t.Helper()
	e, err := otlp.NewReadings(env{}.get, s, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestHeaderAndGzip(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	s := c.settings("/v1/metrics")
	s.Gzip, s.Header = true, http.Header{"X-Team": {"books"}}
	var log bytes.Buffer
	deliver(t, exporter(t, s, &log))
	var got metrics.ExportMetricsServiceRequest
	c.decode("/v1/metrics", &got)
	if len(got.GetResourceMetrics()) != 1 || c.header.Get("X-Team") != "books" ||
		c.header.Get("Content-Type") != "application/x-protobuf" || c.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("it was sent %v with %v", &got, c.header)
	}
	if log.Len() > 0 {
		t.Errorf("logged %s", &log)
	}
}

// TestAway holds that a collector's failures are tried again where it says so,
// are logged once, and never reach the program.
func TestAway(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]struct {
		status, refuses int
		asked           int // by three deliveries
		want            []string
	}{
		"busy for a moment": {http.StatusServiceUnavailable, 2, 5, nil},
		"wrong":             {http.StatusUnauthorized, 2, 3, []string{"telemetry is not taken", "telemetry is taken again"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCollector(t)
			c.status, c.refuses = of.status, of.refuses
			var log bytes.Buffer
			e := exporter(t, c.settings("/v1/metrics"), &log)
			for range 3 {
				deliver(t, e)
			}
			if c.asked != of.asked || strings.Count(log.String(), "\n") != len(of.want) {
				t.Errorf("it was asked %d times, want %d; logged\n%s", c.asked, of.asked, &log)
			}
			for _, line := range of.want {
				if !strings.Contains(log.String(), line) {
					t.Errorf("%q was not logged", line)
				}
			}
		})
	}
}

// TestTLS trusts a collector by a file.
func TestTLS(t *testing.T) {
	t.Parallel()
	var asked int
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer s.Close()
	file := filepath.Join(t.TempDir(), "ca.pem")
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(file, ca, 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	deliver(t, exporter(t, otlp.Settings{URL: s.URL, Timeout: time.Minute, Authorities: file}, &log))
	if asked != 1 || log.Len() > 0 {
		t.Errorf("asked %d times, logged %s", asked, &log)
	}
}

func TestWrongFiles(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, s := range []otlp.Settings{{Authorities: "nowhere.pem"}, {Authorities: empty}, {Certificate: empty}, {Key: empty}} {
		logger := slog.New(slog.DiscardHandler)
		if _, err := otlp.NewSpans(t.Context(), s, logger); err == nil {
			t.Errorf("%+v is taken for spans", s)
		}
		if _, err := otlp.NewReadings(env{}.get, s, logger); err == nil {
			t.Errorf("%+v is taken for readings", s)
		}
	}
	wrong := env{"OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE": "sometimes"}
	if _, err := otlp.NewReadings(wrong.get, otlp.Settings{}, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a temporality that is none is taken")
	}
}
