package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

func TestKeysThatOpenNothing(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for name, tt := range map[string]struct{ header, message string }{
		"missing": {"", "No API key"},
		"basic":   {"Basic abc", "No API key"},
		"partial": {"Bearer fsk_sandboxOwn", "not known"},
		"revoked": {"Bearer " + sandbox.KeyRevoked, "revoked"},
		"expired": {"Bearer " + sandbox.KeyExpired, "expired"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v1/me/permissions", http.NoBody)
		if tt.header != "" {
			r.Header.Set("Authorization", tt.header)
		}
		w := httptest.NewRecorder()
		sandbox.New(sandbox.Options{Now: present, Like: demoCompany}).ServeHTTP(w, r)
		if w.Code != http.StatusUnauthorized || !strings.Contains(w.Body.String(), tt.message) {
			t.Errorf("%s: got %d %s, want 401 with %q", name, w.Code, w.Body, tt.message)
		}
		if w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: no WWW-Authenticate", name)
		}
		seen[tt.message] = true
	}
	if len(seen) != 4 {
		t.Errorf("got %d different messages, want 4", len(seen))
	}
}

func TestEveryRouteNeedsItsPermission(t *testing.T) {
	t.Parallel()
	handler := sandbox.New(sandbox.Options{Now: present, Empty: true})
	for _, key := range sandbox.Keys() {
		if key.Status != "active" {
			continue
		}
		a := api{handler, key.Secret}
		for _, route := range sandbox.Routes() {
			target := strings.NewReplacer("{id}", "1", "{type}", "client").Replace(route.Path)
			code, data := a.call(t, route.Method, target, nil)
			holds := route.Permission == "" || slices.Contains(key.Permissions, route.Permission)
			if holds == (code == http.StatusForbidden) {
				t.Errorf("%s on %s %s: got %d, holds %s: %t", key.Name, route.Method, target, code, route.Permission, holds)
			}
			if !holds && !strings.Contains(string(data), route.Permission) {
				t.Errorf("%s on %s %s: the answer does not name %s: %s", key.Name, route.Method, target, route.Permission, data)
			}
		}
	}
}

func TestPresets(t *testing.T) {
	t.Parallel()
	keys := map[string][]string{}
	for _, key := range sandbox.Keys() {
		keys[key.Secret] = key.Permissions
	}
	for _, tt := range []struct {
		key, permission string
		holds           bool
	}{
		{sandbox.KeyOwner, "subscription.delete", true},
		{sandbox.KeyReadOnly, "audit.read", true},
		{sandbox.KeyReadOnly, "report.export", true},
		{sandbox.KeyReadOnly, "client.write", false},
		{sandbox.KeyInvoiceOnly, "invoice.send", true},
		{sandbox.KeyInvoiceOnly, "payment.write", true},
		{sandbox.KeyInvoiceOnly, "company.read", true},
		{sandbox.KeyInvoiceOnly, "vendor.read", false},
		{sandbox.KeyInvoiceOnly, "report.read", false},
		{sandbox.KeyInvoiceOnly, "accounting.read", false},
		{sandbox.KeyInvoiceOnly, "audit.read", false},
		{sandbox.KeyInvoiceOnly, "product.write", false},
	} {
		if got := slices.Contains(keys[tt.key], tt.permission); got != tt.holds {
			t.Errorf("%s holds %s: got %t, want %t", tt.key, tt.permission, got, tt.holds)
		}
	}
}

func TestRoutesHaveDistinctNames(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, route := range sandbox.Routes() {
		if names[route.Operation] {
			t.Errorf("%s is there twice", route.Operation)
		}
		names[route.Operation] = true
	}
	if len(names) < 32 {
		t.Errorf("got %d operations, want at least 32", len(names))
	}
}
