package fisklapi_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// company asks for one thing and returns the error.
func company(tb testing.TB, w world) *fisklapi.Error {
	tb.Helper()
	_, err := w.Companies.Fresh(tb.Context())
	var e *fisklapi.Error
	if !errors.As(err, &e) {
		tb.Fatalf("got %v, want an error of the client's", err)
	}
	return e
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status        int
		content, body string
		kind          fisklapi.Kind
		message       string
	}{
		{400, "application/json", `{"status":400,"error":"Bad Request","message":"start: not a date"}`, fisklapi.Invalid, "start: not a date"},
		{401, "application/json", `{"message":"This API key was revoked."}`, fisklapi.Unauthorized, "This API key was revoked."},
		{402, "application/json", `{}`, fisklapi.Subscription, ""},
		{403, "application/json", `{"message":"Access denied: invoice.send"}`, fisklapi.Forbidden, "Access denied: invoice.send"},
		{403, "application/json", `{"message":"Your SUBSCRIPTION has ended"}`, fisklapi.Subscription, "Your SUBSCRIPTION has ended"},
		{404, "application/problem+json", `{"title":"Not Found","detail":"No company"}`, fisklapi.NoPath, `this API has no GET /v1/company; Fiskl says: "No company"`},
		{404, "application/json", `{"timestamp":"2026-11-22T12:00:00Z","status":404,"error":"Not Found","path":"/v1/company"}`, fisklapi.NoPath, "this API has no GET /v1/company"},
		{401, "text/html", "<html><body>Sign in</body></html>", fisklapi.Unauthorized, ""},
		{403, "text/html", "<html><body>Blocked</body></html>", fisklapi.Forbidden, "a web page came with the refusal, as a firewall or a proxy on the way would send"},
		{403, "text/plain", "Access denied", fisklapi.Forbidden, "Access denied"},
		{400, "text/html", "<html>", fisklapi.WrongHost, ""},
		{302, "text/html", "<html>", fisklapi.WrongHost, ""},
		{405, "application/json", `{"error":"Method Not Allowed"}`, fisklapi.NoPath, "this API has no GET /v1/company"},
		{409, "application/json", `{"error":{"code":7}}`, fisklapi.Conflict, ""},
		{410, "", ``, fisklapi.NoPath, "this API has no GET /v1/company"},
		{412, "", ``, fisklapi.Conflict, ""},
		{422, "application/json", `{"title":"Unprocessable"}`, fisklapi.Invalid, "Unprocessable"},
		{423, "", ``, fisklapi.Conflict, ""},
		{500, "application/json", `{"message":"a\u202eb\u0007\nc"}`, fisklapi.Unavailable, "ab c"},
		{500, "text/plain", "panic: goroutine 7 [running]", fisklapi.Unavailable, ""},
		{501, "text/html", "<html>", fisklapi.Unavailable, ""},
		{200, "text/html; charset=utf-8", "<!doctype html>", fisklapi.WrongHost, ""},
		{200, "application/xhtml+xml", "<html/>", fisklapi.WrongHost, ""},
		{404, "text/html", "<html>", fisklapi.NoPath, "this API has no GET /v1/company"},
		{200, "application/json", `[]`, fisklapi.Misread, ""},
		{200, "application/json", `{"name":"N","currency":"GBP"}`, fisklapi.Misread, "looked for id (there are: name, currency)"},
		{200, "application/json", `{"id":{},"name":"N","currency":"GBP"}`, fisklapi.Misread, ""},
		{200, "application/json", `{"id":1,"name":[7],"currency":"GBP"}`, fisklapi.Misread, ""},
		{200, "application/json", ``, fisklapi.Unavailable, ""},
		{204, "", ``, fisklapi.Unavailable, ""},
	} {
		t.Run(fmt.Sprintf("%d %s", test.status, test.body), func(t *testing.T) {
			t.Parallel()
			world := answered(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", test.content)
				w.Header().Set("X-Request-Id", "r-1\u200b")
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			})
			err := company(t, world)
			if err.Kind != test.kind || !errors.Is(err, test.kind) || err.Status != test.status || test.message != "" && err.Message != test.message {
				t.Errorf("got %v, message %q, want %s and %q", err, err.Message, test.kind, test.message)
			}
			if test.status >= 400 && err.RequestID != "r-1" || err.OutcomeUnknown || err.Endpoint.Operation != fisklapi.OpGetCompany {
				t.Errorf("got %+v", err)
			}
			if strings.Contains(err.Error(), `""`) || strings.Contains(err.Error(), "goroutine") {
				t.Errorf("got %q", err)
			}
		})
	}
}

func TestSandboxRefusesKeys(t *testing.T) {
	t.Parallel()
	for key, kind := range map[string]fisklapi.Kind{
		sandbox.KeyRevoked: fisklapi.Unauthorized, sandbox.KeyExpired: fisklapi.Unauthorized, "fsk_half": fisklapi.Unauthorized, sandbox.KeyInvoiceOnly: fisklapi.Forbidden,
	} {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t, withKey(key))
			_, err := world.Vendors.List(t.Context(), schemas.ContactFilter{})
			var e *fisklapi.Error
			if !errors.As(err, &e) || e.Kind != kind || e.Endpoint.Permission != "vendor.read" || e.Endpoint.Scope != "contacts:read" {
				t.Errorf("got %v, want %s with the permission and scope that are needed", err, kind)
			}
		})
	}
}

func withKey(secret string) adjust {
	return func(o *fisklapi.Options) { o.TokenSource = fisklapi.Key(secret) }
}

// TestErrorsLogNoBooks holds that what Fiskl says, in which there may be names and amounts, is in no log.
func TestErrorsLogNoBooks(t *testing.T) {
	t.Parallel()
	world := answered(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"message":"Northwind owes 1200.00"}`))
	})
	err := company(t, world)
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).ErrorContext(t.Context(), "failed", slog.Any("error", err))
	for _, want := range []string{`"operation":"getCompany"`, `"kind":"invalid"`, `"status":400`, `"outcome_unknown":false`} {
		if !strings.Contains(logged.String(), want) {
			t.Errorf("got %s, want it to hold %s", &logged, want)
		}
	}
	if strings.Contains(logged.String(), "Northwind") || strings.Contains(logged.String(), "1200") {
		t.Errorf("got %s, want no words of Fiskl's", &logged)
	}
}

func TestRetryAfterIsReported(t *testing.T) {
	t.Parallel()
	begun := time.Now()
	for header, want := range map[string]time.Duration{
		"120": 2 * time.Minute, "": 0, "-5": 0, "soon": 0, "Thu, 01 Jan 1970 00:00:00 GMT": 0,
		begun.Add(time.Hour).UTC().Format(http.TimeFormat): time.Hour,
	} {
		world := answered(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", header)
			w.WriteHeader(http.StatusBadRequest)
		})
		got := company(t, world).RetryAfter
		if least := want - time.Since(begun) - 2*time.Second; got > want || got < max(0, least) {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}
