// Package otlp sends traces and metrics to an OpenTelemetry collector by
// OTLP over HTTP.
//
// The exporters that OpenTelemetry ships for that link gRPC, which they do not
// use, and with it twelve megabytes. This package keeps their form of a trace,
// which comes without, and holds its own form of a histogram to theirs by a
// test.
package otlp

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Signal is a kind of telemetry, as the standard variables spell it.
type Signal string

// The signals that are sent.
const (
	Traces  Signal = "TRACES"
	Metrics Signal = "METRICS"
)

// Settings say where one signal goes.
type Settings struct {
	URL         string
	Header      http.Header
	Timeout     time.Duration // of one attempt
	Gzip        bool
	Authorities string // file of the certificates to trust; empty trusts the system's
	Certificate string // file of the certificate to show; empty shows none
	Key         string // file of its key
}

// FromEnvironment reads the standard OTEL_ variables for one signal. Nothing is
// sent, and ok is false, unless they name a collector or ask for the exporter
// "otlp". Errors name the variable and never show headers, which hold secrets.
func FromEnvironment(env func(string) string, signal Signal) (s Settings, ok bool, err error) {
	v := variables{env, signal}
	if ok, err := v.wanted(); !ok || err != nil {
		return Settings{}, false, err
	}
	if name, protocol := v.own("PROTOCOL"); protocol != "" && protocol != "http/protobuf" {
		return Settings{}, false, fmt.Errorf("%s is %q; only http/protobuf is spoken", name, protocol)
	}
	if s.URL, err = v.url(); err != nil {
		return Settings{}, false, err
	}
	if s.Header, err = v.header(); err != nil {
		return Settings{}, false, err
	}
	if s.Timeout, err = v.timeout(); err != nil {
		return Settings{}, false, err
	}
	if s.Gzip, err = v.gzip(); err != nil {
		return Settings{}, false, err
	}
	_, s.Authorities = v.own("CERTIFICATE")
	_, s.Certificate = v.own("CLIENT_CERTIFICATE")
	_, s.Key = v.own("CLIENT_KEY")
	return s, true, nil
}

// variables are the environment as one signal sees it.
type variables struct {
	env    func(string) string
	signal Signal
}

// own is what is set for this signal, or else for all, and the name it has.
func (v variables) own(option string) (name, value string) {
	name = "OTEL_EXPORTER_OTLP_" + string(v.signal) + "_" + option
	if value = v.env(name); value != "" {
		return name, value
	}
	name = "OTEL_EXPORTER_OTLP_" + option
	return name, v.env(name)
}

func (v variables) wanted() (bool, error) {
	if strings.EqualFold(v.env("OTEL_SDK_DISABLED"), "true") {
		return false, nil
	}
	name := "OTEL_" + string(v.signal) + "_EXPORTER"
	switch exporter := v.env(name); exporter {
	case "otlp":
		return true, nil
	case "none":
		return false, nil
	case "":
		_, endpoint := v.own("ENDPOINT")
		return endpoint != "", nil
	default:
		return false, fmt.Errorf("%s is %q; only otlp and none are known", name, exporter)
	}
}

// url is the signal's own address as it is, or the common one with the
// signal's path below it.
func (v variables) url() (string, error) {
	name, address := v.own("ENDPOINT")
	u, err := url.Parse(cmp.Or(address, "http://localhost:4318"))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%s is not of the form http://host:port or https://host:port", name)
	}
	if name == "OTEL_EXPORTER_OTLP_ENDPOINT" {
		u = u.JoinPath("v1", strings.ToLower(string(v.signal)))
	}
	return u.String(), nil
}

func (v variables) header() (http.Header, error) {
	name, list := v.own("HEADERS")
	header := make(http.Header)
	for pair := range strings.SplitSeq(list, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		key, escaped, found := strings.Cut(pair, "=")
		value, err := url.PathUnescape(strings.TrimSpace(escaped))
		if !found || err != nil {
			return nil, fmt.Errorf("%s is not of the form name=value,name=value", name)
		}
		header.Set(strings.TrimSpace(key), value)
	}
	return header, nil
}

func (v variables) timeout() (time.Duration, error) {
	name, text := v.own("TIMEOUT")
	milliseconds, err := strconv.ParseUint(cmp.Or(text, "10000"), 10, 31)
	if err != nil || milliseconds == 0 {
		return 0, fmt.Errorf("%s is %q and not a number of milliseconds", name, text)
	}
	return time.Duration(milliseconds) * time.Millisecond, nil
}

func (v variables) gzip() (bool, error) {
	name, compression := v.own("COMPRESSION")
	switch compression {
	case "", "none":
		return false, nil
	case "gzip":
		return true, nil
	default:
		return false, fmt.Errorf("%s is %q; only gzip and none are known", name, compression)
	}
}
