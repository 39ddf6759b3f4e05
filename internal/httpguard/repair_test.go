package httpguard_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// The mistake of Claude's connectors is mended, and no other.
func TestRepair(t *testing.T) {
	t.Parallel()
	call := callModern(1, "echo", `{"text":"hello"}`)
	connector := call.with("Mcp-Protocol-Version", "2025-11-25").with("Mcp-Method", "").with("Mcp-Name", "")
	for name, c := range map[string]struct {
		request
		status, code int
		strict       int
	}{
		"as it should be":           {call, 200, 0, 200},
		"an older version":          {connector, 200, 0, 400},
		"only the version":          {call.with("Mcp-Protocol-Version", "2025-06-18"), 200, 0, 400},
		"no version":                {connector.with("Mcp-Protocol-Version", ""), 200, 0, 400},
		"an unknown version":        {connector.with("Mcp-Protocol-Version", "2001-01-01"), 400, -32020, 400},
		"a later version":           {connector.with("Mcp-Protocol-Version", "2027-01-01"), 400, -32020, 400},
		"another method":            {connector.with("Mcp-Method", "tools/list"), 400, -32020, 400},
		"another tool":              {connector.with("Mcp-Name", "wait"), 400, -32020, 400},
		"no method, new version":    {call.with("Mcp-Method", ""), 400, -32020, 400},
		"no name, new version":      {call.with("Mcp-Name", ""), 400, -32020, 400},
		"wrong method, new version": {call.with("Mcp-Method", "TOOLS/CALL"), 400, -32020, 400},
		"a stray session":           {connector.with("Mcp-Session-Id", "made-up"), 200, 0, 400},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var seen httpguard.Event
			h := guarded(newTools(), func(o *httpguard.Options) { o.Observe = func(e httpguard.Event) { seen = e } })
			got := do(t, h, c.as("alice"))
			if got.status != c.status || got.code(t) != c.code {
				t.Errorf("got %d %s, want %d and %d", got.status, got.body, c.status, c.code)
			}
			if seen.Repaired != (c.strict != c.status || strings.HasPrefix(name, "another ")) {
				t.Errorf("the event says repaired %t", seen.Repaired)
			}
			strict := guarded(newTools(), func(o *httpguard.Options) { o.Strict = true })
			if got := do(t, strict, c.as("alice")); got.status != c.strict {
				t.Errorf("strict: got %d %s, want %d", got.status, got.body, c.strict)
			}
		})
	}
}

// The names that are set are those of the body, whatever they are made of.
func TestRepairOfNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ method, params, want string }{
		{"tools/call", `"name":"echo"`, "echo"},
		{"tools/call", `"name":"zählen"`, "=?base64?esOkaGxlbg==?="},
		{"prompts/get", `"name":"month_end"`, "month_end"},
		{"resources/read", `"uri":"fiskl://invoices/5"`, "fiskl://invoices/5"},
		{"tools/list", `"name":"nothing"`, ""},
	} {
		got := ""
		next := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			got = r.Header.Get("Mcp-Name")
			if r.Header.Get("Mcp-Method") != c.method || r.Header.Get("Mcp-Protocol-Version") != "2026-07-28" {
				t.Errorf("%s: got the headers %v", c.method, r.Header)
			}
		})
		h := httpguard.New(next, httpguard.Options{Authenticator: byName{}, Loopback: true})
		do(t, h, modern(1, c.method, c.params).with("Mcp-Method", "").with("Mcp-Protocol-Version", "2025-11-25").as("alice"))
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.params, got, c.want)
		}
	}
}
