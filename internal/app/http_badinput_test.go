package app

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// badInput is a request that a caller should not make, and what is to come of
// it. Code is that of JSON-RPC; the status of HTTP stands for it where there is
// none that fits.
type badInput struct {
	method string
	header []string // in place of those of a good call, by pairs
	body   string   // empty for that of a good call
	status int
	code   int
}

// badInputs is the table of the bad input that an endpoint meets.
func badInputs(t *testing.T, good string) map[string]badInput {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(good)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	wrong := func(status int, header ...string) badInput { return badInput{"", header, "", status, status} }
	malformed := func(body string, code int) badInput {
		return badInput{"", nil, body, http.StatusBadRequest, code}
	}
	of := func(method string) badInput { return badInput{method, nil, "", 405, 405} }
	zipped := wrong(415, "Content-Encoding", "gzip")
	zipped.body = packed.String()
	const early = "2025-11-25"
	return map[string]badInput{
		"a page of another site":     wrong(403, "Origin", "https://evil.example"),
		"a page from a file":         wrong(403, "Origin", "null"),
		"another name":               wrong(403, "Host", "evil.example"),
		"another name and this port": wrong(403, "Host", "evil.example:8080"),
		"too large":                  {"", nil, strings.Replace(good, `{`, `{"x":"`+strings.Repeat("x", 1<<20)+`",`, 1), 413, 413},
		"packed":                     zipped,
		"not JSON by its type":       wrong(415, "Content-Type", "text/plain"),
		"a form":                     wrong(415, "Content-Type", "application/x-www-form-urlencoded"),
		"GET":                        of(http.MethodGet),
		"PUT":                        of(http.MethodPut),
		"DELETE of today":            of(http.MethodDelete),
		"DELETE of nothing":          {http.MethodDelete, []string{"MCP-Protocol-Version", early, "Mcp-Session-Id", "none"}, "", 404, 404},
		"a session that is none":     {"", []string{"MCP-Protocol-Version", early, "Mcp-Session-Id", "none"}, `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, 404, 404},
		"no session":                 {"", []string{"MCP-Protocol-Version", early}, `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, 400, -32600},
		"nothing":                    malformed(" ", -32700),
		"half a message":             malformed(good[:len(good)/2], -32700),
		"two messages":               malformed(good+good, -32700),
		"not UTF-8 nor JSON":         malformed("\xff\xfe{}", -32700),
		"a batch":                    malformed("["+good+"]", -32600),
		"a number":                   malformed("7", -32600),
		"too deep":                   malformed(strings.Replace(good, `{}`, strings.Repeat(`{"a":`, 100)+"1"+strings.Repeat("}", 100), 1), -32600),
		"a member twice":             malformed(strings.Replace(good, `{`, `{"method":"tools/list",`, 1), -32600),
		"an id that is a fraction":   malformed(strings.Replace(good, `"id":1`, `"id":1.5`, 1), -32600),
		"a method that is none":      {"", []string{"Mcp-Method", "tools/lost", "Mcp-Name", ""}, strings.Replace(good, "tools/call", "tools/lost", 1), 404, -32601},
		"headers of another call":    {"", []string{"Mcp-Name", "record_payment"}, "", 400, -32020},
	}
}

// make makes the request.
func (b badInput) make(v visitor, good string, header []string) said {
	v.t.Helper()
	method, body := b.method, b.body
	if method == "" {
		method = http.MethodPost
	}
	if body == "" {
		body = good
	}
	return v.send(method, v.url, body, append(append([]string{}, header...), b.header...)...)
}

// TestBadRequests makes every bad request of the table once, and some that are
// slow, to the program in a process of its own. Each gets its status and an
// error of JSON-RPC; a good caller is served all the while, and at the end the
// program has no more goroutines than at the start.
func TestBadRequests(t *testing.T) {
	t.Parallel()
	h := separate(t, nil, "--sandbox", "--metrics-listen", "127.0.0.1:0")
	v := h.by()
	if a := v.told("list_taxes", `{}`); a.failed {
		t.Fatalf("got %+v", a)
	}
	base := h.goroutines()
	good, header := v.request("tools/call", "list_taxes", `"name":"list_taxes","arguments":{}`)
	for name, bad := range badInputs(t, good) {
		got := bad.make(v, good, header)
		var read struct {
			JSONRPC string `json:"jsonrpc"`
			Error   struct {
				Code    int    `json:"code"`
				Message string `json:"message"`
			} `json:"error"`
		}
		err := json.Unmarshal([]byte(got.body), &read)
		if err != nil || got.status != bad.status || read.JSONRPC != "2.0" || read.Error.Code != bad.code || read.Error.Message == "" {
			t.Errorf("%s: got %d %s, want %d and %d", name, got.status, got.body, bad.status, bad.code)
		}
	}
	slow := h.slow()
	if a := v.told("list_taxes", `{}`); a.failed {
		t.Errorf("a good caller got %+v", a)
	}
	for what, conn := range slow {
		h.cut(what, conn)
	}
	h.client.CloseIdleConnections()
	eventually(t, "the goroutines are as few as before", func() bool { return h.goroutines() <= base+2 })
	h.end()
}

// slow are connections of callers who begin to say something and stop.
func (h *host) slow() map[string]net.Conn {
	h.t.Helper()
	all := make(map[string]net.Conn)
	for what, begun := range map[string]string{
		"nothing":   "",
		"a line":    "POST /mcp HT",
		"a header":  "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: appl",
		"big heads": "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + strings.Repeat("x", 64<<10),
	} {
		conn := dialled(h.t, h.url)
		_, _ = io.WriteString(conn, begun) // it may be cut off already
		all[what] = conn
	}
	return all
}

// cut waits until the program hangs up on a caller.
func (h *host) cut(what string, conn net.Conn) {
	h.t.Helper()
	defer func() { _ = conn.Close() }()
	if err := conn.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		h.t.Fatal(err)
	}
	_, err := io.Copy(io.Discard, conn)
	if timeout, ok := err.(net.Error); ok && timeout.Timeout() { //nolint:errorlint // connections do not wrap it
		h.t.Errorf("%s: the program waits for ever", what)
	}
}

// goroutines is how many the program has.
func (h *host) goroutines() int {
	h.t.Helper()
	found := regexp.MustCompile(`(?m)^go_goroutines (\d+)$`).FindStringSubmatch(h.get(h.metrics()).body)
	if found == nil {
		h.t.Fatal("no count of goroutines in the metrics")
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// TestSameID finds that in a session of an older revision a second call with
// the id of one that still runs is refused.
func TestSameID(t *testing.T) {
	t.Parallel()
	h := separate(t, nil, "--sandbox")
	l := h.earlier(`{"elicitation":{}}`)
	question := l.open(7, "send_invoice", draftInvoice)
	defer question.close()
	if got := l.post(`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_taxes","arguments":{}}}`); got.status != http.StatusBadRequest || !strings.Contains(got.body, "still running") {
		t.Errorf("got %d %s", got.status, got.body)
	}
	asked := question.event(t)
	if got := l.reply(asked, declined); got.status != http.StatusAccepted {
		t.Errorf("got %d %s", got.status, got.body)
	}
	if rest := question.rest(t); !strings.Contains(rest, "Not done, nothing was changed: ") {
		t.Errorf("got %s", rest)
	}
	if got := l.post(`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_taxes","arguments":{}}}`); got.status != http.StatusOK {
		t.Errorf("afterwards: got %d %s", got.status, got.body)
	}
	h.end()
}
