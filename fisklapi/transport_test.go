package fisklapi_test

import (
	"compress/gzip"
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// TestTransport holds that an API is asked over HTTP/2 where it speaks it, and that it may compress its answers.
func TestTransport(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Errorf("got %s and Accept-Encoding %q, want HTTP/2 and gzip", r.Proto, r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, `{"id":1,"name":"Acme","currency":"GBP","timeZone":"Europe/London"}`)
		_ = z.Close()
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	transport := fisklapi.NewTransport()
	transport.TLSClientConfig = &tls.Config{RootCAs: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs, MinVersion: tls.VersionTLS12}
	t.Cleanup(transport.CloseIdleConnections)
	c, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("fsk_test"), BaseURL: server.URL, Transport: transport})
	if err != nil {
		t.Fatal(err)
	}
	company, err := c.Companies.Get(t.Context())
	if err != nil || company.Name != "Acme" {
		t.Errorf("got %+v and error %v, want Acme", company, err)
	}
}
