package otlp_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/telemetry/otlp"
)

type env map[string]string

func (e env) get(name string) string { return e[name] }

const local = "http://localhost:4318"

func TestFromEnvironment(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]struct {
		env     env
		traces  string // address; empty for nothing sent
		metrics string
	}{
		"nothing":         {env{}, "", ""},
		"common endpoint": {env{"OTEL_EXPORTER_OTLP_ENDPOINT": "https://c.example/otlp/"}, "https://c.example/otlp/v1/traces", "https://c.example/otlp/v1/metrics"},
		"own endpoint":    {env{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://c.example:4318/take"}, "http://c.example:4318/take", ""},
		"both": {
			env{"OTEL_EXPORTER_OTLP_ENDPOINT": local, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "http://m.example/x"},
			local + "/v1/traces", "http://m.example/x",
		},
		"asked for by exporter": {env{"OTEL_METRICS_EXPORTER": "otlp"}, "", local + "/v1/metrics"},
		"one is off":            {env{"OTEL_EXPORTER_OTLP_ENDPOINT": local, "OTEL_TRACES_EXPORTER": "none"}, "", local + "/v1/metrics"},
		"all is off":            {env{"OTEL_EXPORTER_OTLP_ENDPOINT": local, "OTEL_SDK_DISABLED": "True"}, "", ""},
		"other variables":       {env{"OTEL_SERVICE_NAME": "books", "OTEL_EXPORTER_OTLP_HEADERS": "a=b"}, "", ""},
		"protocol":              {env{"OTEL_EXPORTER_OTLP_ENDPOINT": local, "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}, local + "/v1/traces", local + "/v1/metrics"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for signal, want := range map[otlp.Signal]string{otlp.Traces: of.traces, otlp.Metrics: of.metrics} {
				s, ok, err := otlp.FromEnvironment(of.env.get, signal)
				if err != nil || ok != (want != "") || s.URL != want {
					t.Errorf("%s: %q, %v, %v; want %q", signal, s.URL, ok, err, want)
				}
			}
		})
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	all := env{
		"OTEL_EXPORTER_OTLP_ENDPOINT":           local,
		"OTEL_EXPORTER_OTLP_HEADERS":            "authorization=Bearer%20abc%3D, x-team = books ,",
		"OTEL_EXPORTER_OTLP_METRICS_HEADERS":    "x-team=numbers",
		"OTEL_EXPORTER_OTLP_TIMEOUT":            "2500",
		"OTEL_EXPORTER_OTLP_COMPRESSION":        "gzip",
		"OTEL_EXPORTER_OTLP_TRACES_COMPRESSION": "none",
		"OTEL_EXPORTER_OTLP_CERTIFICATE":        "ca.pem",
		"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE": "me.pem",
		"OTEL_EXPORTER_OTLP_CLIENT_KEY":         "me.key",
	}
	traces, _, err := otlp.FromEnvironment(all.get, otlp.Traces)
	if err != nil {
		t.Fatal(err)
	}
	metrics, _, err := otlp.FromEnvironment(all.get, otlp.Metrics)
	if err != nil {
		t.Fatal(err)
	}
	want := http.Header{"Authorization": {"Bearer abc="}, "X-Team": {"books"}}
	if !maps.EqualFunc(traces.Header, want, slices.Equal) {
		t.Errorf("the headers are %v, want %v", traces.Header, want)
	}
	if len(metrics.Header) != 1 || metrics.Header.Get("X-Team") != "numbers" {
		t.Errorf("the headers of metrics are %v", metrics.Header)
	}
	if traces.Timeout != 2500*time.Millisecond || traces.Gzip || !metrics.Gzip {
		t.Errorf("timeout %v, gzip %v and %v", traces.Timeout, traces.Gzip, metrics.Gzip)
	}
	if traces.Authorities != "ca.pem" || traces.Certificate != "me.pem" || traces.Key != "me.key" {
		t.Errorf("the files are %q, %q and %q", traces.Authorities, traces.Certificate, traces.Key)
	}
}

func TestWrong(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"OTEL_TRACES_EXPORTER":                  "zipkin",
		"OTEL_EXPORTER_OTLP_PROTOCOL":           "grpc",
		"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL":    "http/json",
		"OTEL_EXPORTER_OTLP_ENDPOINT":           "localhost:4317",
		"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT":    "ftp://c.example",
		"OTEL_EXPORTER_OTLP_HEADERS":            "authorization",
		"OTEL_EXPORTER_OTLP_TRACES_HEADERS":     "authorization=%zz",
		"OTEL_EXPORTER_OTLP_TIMEOUT":            "10s",
		"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT":     "0",
		"OTEL_EXPORTER_OTLP_COMPRESSION":        "zstd",
		"OTEL_EXPORTER_OTLP_TRACES_COMPRESSION": "deflate",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := env{"OTEL_EXPORTER_OTLP_ENDPOINT": local}
			all[name] = value
			_, ok, err := otlp.FromEnvironment(all.get, otlp.Traces)
			if ok || err == nil || !strings.HasPrefix(err.Error(), name+" is ") {
				t.Errorf("%s=%s: %v, %v", name, value, ok, err)
			}
			if err != nil && strings.Contains(err.Error(), "authorization") {
				t.Errorf("a header is shown: %v", err)
			}
		})
	}
}
