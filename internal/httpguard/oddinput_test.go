package httpguard_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// What looks odd and is allowed.
func TestOddInput(t *testing.T) {
	t.Parallel()
	h := guarded(newTools(), func(o *httpguard.Options) {
		o.Hosts, o.Origins = []string{"mcp.example.com", "other.example.com:8443"}, []string{"https://app.example.com/"}
	})
	call := callModern(1, "echo", `{"text":"hello"}`)
	at := func(host string) request { return request{host: host, header: call.header, body: call.body} }
	for name, r := range map[string]request{
		"no accept":        call.with("Accept", " "),
		"any accept":       call.with("Accept", "*/*"),
		"accept html":      call.with("Accept", "text/html"),
		"charset":          call.with("Content-Type", `Application/JSON; charset="UTF-8"`),
		"identity":         call.with("Content-Encoding", "identity"),
		"allowed origin":   call.with("Origin", "https://APP.example.com"),
		"localhost":        at("LOCALHOST:8080"),
		"loopback":         at("127.1.2.3"),
		"IPv6":             at("[::1]:8080"),
		"bare IPv6":        at("[::1]"),
		"public host":      at("mcp.example.com:443"),
		"host and port":    at("other.example.com:8443"),
		"a stray session":  call.with("Mcp-Session-Id", "made-up"),
		"space around":     {header: call.header, body: "\r\n\t " + call.body + "\n"},
		"a text as id":     callModern("seven", "echo", `{"text":"hello"}`),
		"a name elsewhere": {header: call.header, body: strings.Replace(call.body, `{"text"`, `{"NAME":1,"method":2,"Method":3,"text"`, 1)},
	} {
		if got := do(t, h, r.as("alice")); got.status != http.StatusOK || !strings.Contains(got.body, "alice said hello") {
			t.Errorf("%s: got %d %s", name, got.status, got.body)
		}
	}
	if got := do(t, h, at("other.example.com").as("alice")); got.status != http.StatusForbidden {
		t.Errorf("another port: got %d", got.status)
	}
}

// What the library refuses as plain text is JSON-RPC behind the guard.
func TestPlainTextOfTheLibrary(t *testing.T) {
	t.Parallel()
	h := guarded(newTools())
	id := session(t, h, "alice", `{}`)
	r := legacy(id, 7, "tools/list", "").with("Mcp-Protocol-Version", "2001-01-01")
	got := do(t, h, r.as("alice"))
	if got.status != http.StatusBadRequest || got.code(t) != -32600 || !strings.Contains(got.body, `"id":7`) {
		t.Errorf("got %d %s", got.status, got.body)
	}
}
