package doctor_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/doctor"
)

// noon is the moment at which every test takes place.
func noon() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) }

// road answers every request with a function.
type road func(*http.Request) (*http.Response, error)

func (r road) RoundTrip(req *http.Request) (*http.Response, error) { return r(req) }

func look(t *testing.T, h doctor.Host) ([]doctor.Finding, bool) {
	t.Helper()
	if h.Address == "" {
		h.Address = "https://api.example.com/v1/date-periods"
	}
	h.Now = noon
	return h.Look(t.Context())
}

// TestUnreached finds that the reasons for no answer are told apart, each with
// something to do.
func TestUnreached(t *testing.T) {
	t.Parallel()
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	proxy := func(*http.Request) (*url.URL, error) { return url.Parse("http://me:secret@proxy.example:3128") }
	for want, c := range map[string]struct {
		err   error
		proxy func(*http.Request) (*url.URL, error)
	}{
		"There is no host api.example.com":                                     {err: dial(&net.DNSError{Err: "no such host", Name: "api.example.com", IsNotFound: true})},
		"The name api.example.com could not be looked up":                      {err: dial(&net.DNSError{Err: "server misbehaving", IsTemporary: true})},
		"api.example.com is there, but nothing listens":                        {err: dial(syscall.ECONNREFUSED)},
		"There is no way to api.example.com":                                   {err: dial(syscall.ENETUNREACH)},
		"api.example.com did not answer within 10s.":                           {err: fmt.Errorf("read: %w", context.DeadlineExceeded)},
		"The check was interrupted.":                                           {err: context.Canceled},
		"The certificate of api.example.com is signed by nobody":               {err: &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}},
		"The certificate that answers for api.example.com is for another name": {err: &tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "api.example.com"}}},
		"The certificate of api.example.com has expired, or is not valid yet.": {err: &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}},
		"No secure connection to api.example.com could be made.":               {err: errors.New("remote error: tls: handshake failure")},
		"api.example.com does not speak TLS.":                                  {err: errors.New("http: server gave HTTP response to HTTPS client")},
		"The connection to api.example.com broke before":                       {err: io.ErrUnexpectedEOF},
		"The proxy proxy.example:3128 cannot be reached.":                      {&net.OpError{Op: "proxyconnect", Net: "tcp", Err: syscall.ECONNREFUSED}, proxy},
		"The proxy proxy.example:3128 asks for a name":                         {errors.New("Proxy Authentication Required"), proxy},
		"The proxy proxy.example:3128 does not let":                            {errors.New("Forbidden"), proxy},
		"api.example.com does not speak TLS. ":                                 {errors.New("http: server gave HTTP response to HTTPS client"), proxy},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			found, ok := look(t, doctor.Host{Transport: road(func(*http.Request) (*http.Response, error) { return nil, c.err }), Proxy: c.proxy})
			if ok || len(found) != 1 || found[0].Verdict != doctor.Problem || !strings.HasPrefix(found[0].Says, strings.TrimSpace(want)) ||
				found[0].Do == "" && !errors.Is(c.err, context.Canceled) || strings.Contains(found[0].Says+found[0].Do, "secret") {
				t.Errorf("got %+v", found)
			}
		})
	}
}

// TestUnreachedForReal finds the same where the errors are those of a network.
func TestUnreachedForReal(t *testing.T) {
	t.Parallel()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(secure.Close)
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	mute := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(mute.Close)
	forbids := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusProxyAuthRequired) }))
	t.Cleanup(forbids.Close)
	for want, c := range map[string]struct{ address, proxy string }{
		"is signed by nobody whom this machine trusts": {address: secure.URL},
		"does not speak TLS":                           {address: strings.Replace(plain.URL, "http:", "https:", 1)},
		"nothing listens at the port":                  {address: gone.URL},
		"broke before an answer came":                  {address: mute.URL},
		"cannot be reached":                            {"https://api.example.com", gone.URL},
		"asks for a name and a password":               {"https://api.example.com", forbids.URL},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			h := doctor.Host{Address: c.address}
			if c.proxy != "" {
				h.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse(c.proxy) }
			}
			transport := &http.Transport{Proxy: h.Proxy}
			t.Cleanup(transport.CloseIdleConnections)
			h.Transport = transport
			if found, ok := look(t, h); ok || len(found) != 1 || !strings.Contains(found[0].Says, want) {
				t.Errorf("got %+v", found)
			}
		})
	}
}

// TestAnswered finds that the API is told from whatever else can answer.
func TestAnswered(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status     int
		kind, body string
		location   string
		verdict    doctor.Verdict
		want       string
	}{
		{401, "application/json", `{"status":401}`, "", doctor.OK, "asks for a key as the API does"},
		{401, "", "", "", doctor.OK, "asks for a key as the API does"},
		{403, "application/problem+json", `{}`, "", doctor.OK, "asks for a key"},
		{200, "application/json", `[]`, "", doctor.Note, "answers without a key"},
		{404, "application/json", `{}`, "", doctor.Note, "has nothing at the address of the date periods (HTTP 404)"},
		{400, "application/json", `{}`, "", doctor.Note, "refuses a plain request (HTTP 400)"},
		{200, "text/html; charset=utf-8", "<html>", "", doctor.Problem, "answers with a web page"},
		{404, "text/html", "<html>", "", doctor.Problem, "answers with a web page"},
		{401, "text/html", "<html>", "", doctor.Problem, "answers with a web page"},
		{302, "", "", "https://login.example.com/a?token=b", doctor.Problem, "sends callers on to https://login.example.com,"},
		{307, "", "", "", doctor.Problem, "sends callers on to another address,"},
		{503, "text/html", "<html>", "", doctor.Problem, "answers with HTTP 503"},
		{429, "application/json", "{}", "", doctor.Problem, "answers with HTTP 429"},
		{200, "text/plain", "hello", "", doctor.Problem, "is not JSON (HTTP 200)"},
		{200, "application/json", "", "", doctor.Problem, "is not JSON (HTTP 200)"},
		{401, "text/plain", "no", "", doctor.Problem, "is not JSON (HTTP 401)"},
	} {
		t.Run(fmt.Sprintf("%d %s", c.status, c.kind), func(t *testing.T) {
			t.Parallel()
			found, ok := look(t, doctor.Host{Transport: road(func(r *http.Request) (*http.Response, error) {
				if r.Header.Get("Authorization") != "" {
					t.Error("a credential was sent")
				}
				w := httptest.NewRecorder()
				w.Header().Set("Content-Type", c.kind)
				if c.location != "" {
					w.Header().Set("Location", c.location)
				}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
				return w.Result(), nil
			})})
			if len(found) != 2 || found[0].Verdict != c.verdict || ok != (c.verdict != doctor.Problem) || !strings.Contains(found[0].Says, c.want) || strings.Contains(found[0].Says, "token") {
				t.Errorf("got %+v", found)
			}
		})
	}
}

// TestClock finds how far a clock is off.
func TestClock(t *testing.T) {
	t.Parallel()
	for date, c := range map[string]struct {
		verdict doctor.Verdict
		want    string
	}{
		"":          {doctor.OK, "Not compared"},
		"yesterday": {doctor.OK, "Not compared"},
		noon().Add(30 * time.Second).Format(http.TimeFormat): {doctor.OK, "agree"},
		noon().Add(-3 * time.Minute).Format(http.TimeFormat): {doctor.Note, "is 3 minutes ahead of the host's"},
		noon().Add(5 * time.Minute).Format(http.TimeFormat):  {doctor.Note, "is 5 minutes behind the host's"},
		noon().Add(6 * time.Minute).Format(http.TimeFormat):  {doctor.Problem, "is 6 minutes behind the host's"},
		noon().Add(-5 * time.Hour).Format(http.TimeFormat):   {doctor.Problem, "is 5 hours ahead of"},
		noon().AddDate(-1, 0, 0).Format(http.TimeFormat):     {doctor.Problem, "is 365 days ahead of"},
	} {
		t.Run(date, func(t *testing.T) {
			t.Parallel()
			found, _ := look(t, doctor.Host{Transport: road(func(*http.Request) (*http.Response, error) {
				w := httptest.NewRecorder()
				w.Header().Set("Date", date)
				w.WriteHeader(http.StatusUnauthorized)
				return w.Result(), nil
			})})
			if len(found) != 2 || found[1].Check != "clock" || found[1].Verdict != c.verdict || !strings.Contains(found[1].Says, c.want) {
				t.Errorf("got %+v", found)
			}
		})
	}
}
