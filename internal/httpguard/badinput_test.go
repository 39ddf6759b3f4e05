package httpguard_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// bad is a request that must be refused, and how.
type bad struct {
	request
	status, code int
	header       string // one that the answer must have, as Name: value
}

func badInput() map[string]bad {
	ping := modern(1, "tools/list", "")
	body := func(text string) request { return request{header: ping.header, body: text} }
	method := func(m string) request { return request{method: m, header: ping.header} }
	old := func(m string) request { return request{method: m} }
	return map[string]bad{
		"foreign origin":       {ping.with("Origin", "https://evil.example"), 403, 403, ""},
		"origin null":          {ping.with("Origin", "null"), 403, 403, ""},
		"origin looks local":   {ping.with("Origin", "http://localhost.evil.example"), 403, 403, ""},
		"origin by user":       {ping.with("Origin", "http://localhost@evil.example"), 403, 403, ""},
		"foreign host":         {request{host: "evil.example", header: ping.header, body: ping.body}, 403, 403, ""},
		"host looks local":     {request{host: "127.0.0.1.evil.example:8080", header: ping.header, body: ping.body}, 403, 403, ""},
		"GET":                  {method("GET"), 405, 405, "Allow: POST"},
		"HEAD":                 {method("HEAD"), 405, 0, "Allow: POST"},
		"modern DELETE":        {method("DELETE"), 405, 405, "Allow: POST"},
		"legacy GET":           {old("GET"), 405, 405, "Allow: POST, DELETE"},
		"PUT":                  {old("PUT"), 405, 405, "Allow: POST, DELETE"},
		"PATCH":                {old("PATCH"), 405, 405, "Allow: POST, DELETE"},
		"TRACE":                {old("TRACE"), 405, 405, "Allow: POST, DELETE"},
		"OPTIONS":              {old("OPTIONS"), 405, 405, "Allow: POST, DELETE"},
		"preflight":            {old("OPTIONS").with("Origin", "http://localhost").with("Access-Control-Request-Method", "POST"), 405, 405, ""},
		"text":                 {ping.with("Content-Type", "text/plain"), 415, 415, ""},
		"form":                 {ping.with("Content-Type", "application/x-www-form-urlencoded"), 415, 415, ""},
		"no content type":      {ping.with("Content-Type", " "), 415, 415, ""},
		"latin":                {ping.with("Content-Type", "application/json; charset=latin1"), 415, 415, ""},
		"broken content type":  {ping.with("Content-Type", "application/json; charset"), 415, 415, ""},
		"gzip":                 {ping.with("Content-Encoding", "gzip"), 415, 415, ""},
		"gzip of a bomb":       {request{header: ping.with("Content-Encoding", "gzip").header, body: bomb()}, 415, 415, ""},
		"nobody":               {ping.as(" "), 401, 401, `Www-Authenticate: Bearer realm="fiskl-mcp"`},
		"nothing":              {body(""), 400, -32700, ""},
		"blank":                {body(" \n"), 400, -32700, ""},
		"half":                 {body(`{"jsonrpc":"2.0","id":1,"method":"tools/list"`), 400, -32700, ""},
		"two":                  {body(`{"jsonrpc":"2.0","id":1,"method":"ping"}{}`), 400, -32700, ""},
		"not JSON":             {body("hello"), 400, -32700, ""},
		"NUL":                  {body("\x00"), 400, -32700, ""},
		"a string":             {body(`"hello"`), 400, -32600, ""},
		"a number":             {body("7"), 400, -32600, ""},
		"null":                 {body("null"), 400, -32600, ""},
		"an empty batch":       {body("[]"), 400, -32600, ""},
		"a batch":              {body(" [" + ping.body + "," + ping.body + "]"), 400, -32600, ""},
		"an empty object":      {body("{}"), 400, -32600, ""},
		"no version":           {body(`{"id":1,"method":"ping"}`), 400, -32600, ""},
		"another version":      {body(`{"jsonrpc":"1.0","id":1,"method":"ping"}`), 400, -32600, ""},
		"no method":            {body(`{"jsonrpc":"2.0","id":1}`), 400, -32600, ""},
		"an empty method":      {body(`{"jsonrpc":"2.0","id":1,"method":""}`), 400, -32600, ""},
		"a method of numbers":  {body(`{"jsonrpc":"2.0","id":1,"method":7}`), 400, -32600, ""},
		"two methods":          {body(`{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/list"}`), 400, -32600, ""},
		"two ids":              {body(`{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}`), 400, -32600, ""},
		"two params":           {body(`{"jsonrpc":"2.0","id":1,"method":"ping","params":{},"params":{}}`), 400, -32600, ""},
		"two names":            {body(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}`), 400, -32600, ""},
		"a method in capitals": {body(`{"jsonrpc":"2.0","id":1,"Method":"ping"}`), 400, -32600, ""},
		"an id of null":        {body(`{"jsonrpc":"2.0","id":null,"method":"ping"}`), 400, -32600, ""},
		"an id of objects":     {body(`{"jsonrpc":"2.0","id":{},"method":"ping"}`), 400, -32600, ""},
		"an id of truth":       {body(`{"jsonrpc":"2.0","id":true,"method":"ping"}`), 400, -32600, ""},
		"half an id":           {body(`{"jsonrpc":"2.0","id":1.5,"method":"ping"}`), 400, -32600, ""},
		"a huge id":            {body(`{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}`), 400, -32600, ""},
		"a long id":            {body(`{"jsonrpc":"2.0","id":"` + strings.Repeat("x", 300) + `","method":"ping"}`), 400, -32600, ""},
		"a list of params":     {body(`{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}`), 400, -32602, ""},
		"both":                 {body(`{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}`), 400, -32600, ""},
		"result and error":     {body(`{"jsonrpc":"2.0","id":1,"result":{},"error":{}}`), 400, -32600, ""},
		"deep":                 {body(deep(100)), 400, -32600, ""},
		"very deep":            {body(strings.Repeat("[", 1<<19)), 400, -32700, ""},
		"large":                {body(`"` + strings.Repeat("x", 1<<20) + `"`), 413, 413, ""},
		"no session":           {legacy("", 1, "tools/list", ""), 400, -32600, ""},
		"a made-up session":    {legacy("made-up", 1, "tools/list", ""), 404, 404, ""},
		"a forged session":     {legacy(strings.Repeat("A", 43), 1, "tools/list", ""), 404, 404, ""},
		"an end of no session": {old("DELETE"), 400, -32600, ""},
		"an end of another's":  {old("DELETE").with("Mcp-Session-Id", strings.Repeat("A", 43)), 404, 404, ""},
		"an answer to nobody":  {request{body: `{"jsonrpc":"2.0","id":1,"result":{}}`}, 400, -32600, ""},
	}
}

// deep is a message whose arguments nest.
func deep(levels int) string {
	return `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":` +
		strings.Repeat(`{"a":`, levels) + "1" + strings.Repeat("}", levels) + "}}"
}

// bomb is a megabyte of gzip that would be a gigabyte.
func bomb() string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for range 16 {
		_, _ = w.Write(zeros)
	}
	_ = w.Close()
	return b.String()
}

// Every refusal is what it should be, reaches nobody, and leaves nothing
// running: a test in a bubble fails when goroutines outlive it.
func TestBadInput(t *testing.T) {
	t.Parallel()
	for name, c := range badInput() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				next := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the library was reached") })
				url, client := serve(t, httpguard.New(next, httpguard.Options{Authenticator: byName{}, Loopback: true, LoopbackOrigins: true}), httpguard.ServeOptions{})
				r := c.request
				if r.header["Authorization"] == "" {
					r = r.as("alice")
				}
				check(t, fetch(t, client, r.http(t.Context(), url)), c)
			})
		})
	}
}

// check compares an answer with what it should be.
func check(t *testing.T, got reply, want bad) {
	t.Helper()
	if got.status != want.status {
		t.Errorf("got %d %s, want %d", got.status, got.body, want.status)
	}
	if want.code != 0 && got.code(t) != want.code {
		t.Errorf("got %s, want the code %d", got.body, want.code)
	}
	if name, value, ok := strings.Cut(want.header, ": "); ok && got.header.Get(name) != value {
		t.Errorf("%s: got %q, want %q", name, got.header.Get(name), value)
	}
	if got.header.Get("Cache-Control") != "no-store" || got.header.Get("X-Request-Id") == "" {
		t.Errorf("got the headers %v", got.header)
	}
}

// serve serves a handler on a network of its own until the test is over.
func serve(t *testing.T, h http.Handler, o httpguard.ServeOptions) (string, *http.Client) {
	t.Helper()
	l := newPipes()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	served := make(chan error, 1)
	go func() { served <- httpguard.Serve(ctx, l, h, o) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return "http://127.0.0.1:8080/mcp", l.client(t)
}

// fetch sends r and reads all of the answer.
func fetch(t *testing.T, client *http.Client, r *http.Request) reply {
	t.Helper()
	got, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{got.StatusCode, got.Header, string(body)}
}

// What the bare library makes of the same, for those holes that it has.
func TestBadInputOfTheBareLibrary(t *testing.T) {
	t.Parallel()
	h, all := bare(newTools()), badInput()
	for name, status := range map[string]int{
		"foreign origin": 200, "PUT": 404, "OPTIONS": 404, "HEAD": 200, "text": 400, "gzip": 200,
	} {
		if got := do(t, h, all[name].request); got.status != status {
			t.Errorf("%s: got %d %s, want %d: the library has mended this", name, got.status, got.body, status)
		}
	}
	call := callModern(1, "echo", "{}")
	for name, body := range map[string]string{
		"deep":      strings.Replace(call.body, `"arguments":{}`, `"arguments":{"a":`+strings.Repeat("[", 100)+strings.Repeat("]", 100)+"}", 1),
		"two ids":   strings.Replace(call.body, `"id":1`, `"id":1,"ID":2`, 1),
		"two names": strings.Replace(call.body, `"name":"echo"`, `"name":"wait","NAME":"echo"`, 1),
	} {
		if got := do(t, h, request{header: call.header, body: body}); got.status != http.StatusOK {
			t.Errorf("%s: got %d %s: the library has mended this", name, got.status, got.body)
		}
	}
}

// Two calls of a session under one id are one too many; from 2026-07-28 on
// they are two clients that count alike.
func TestOneIDTwice(t *testing.T) {
	t.Parallel()
	ts := newTools()
	h := guarded(ts)
	id := session(t, h, "alice", `{}`)
	done := make(chan reply)
	go func() { done <- do(t, h, callLegacy(id, 7, "wait", `{}`).as("alice")) }()
	go func() { done <- do(t, h, callModern(7, "wait", `{}`).as("alice")) }()
	<-ts.began
	<-ts.began
	got := do(t, h, callLegacy(id, 7, "echo", `{}`).as("alice"))
	if got.status != http.StatusBadRequest || got.code(t) != -32600 {
		t.Errorf("the same session: got %d %s", got.status, got.body)
	}
	for name, r := range map[string]request{
		"another id":      callLegacy(id, 8, "echo", `{}`),
		"an id of text":   callLegacy(id, "7", "echo", `{}`),
		"another session": callLegacy(session(t, h, "alice", `{}`), 7, "echo", `{}`),
		"modern":          callModern(7, "echo", `{}`),
	} {
		if got := do(t, h, r.as("alice")); got.status != http.StatusOK {
			t.Errorf("%s: got %d %s", name, got.status, got.body)
		}
	}
	close(ts.end)
	<-done
	<-done
	if got := do(t, h, callLegacy(id, 7, "echo", `{}`).as("alice")); got.status != http.StatusOK {
		t.Errorf("afterwards: got %d %s", got.status, got.body)
	}
}

// A header given twice may mean two things to two readers.
func TestHeaderTwice(t *testing.T) {
	t.Parallel()
	h := guarded(newTools())
	for _, name := range []string{"Mcp-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Session-Id", "Content-Type"} {
		r := callModern(1, "echo", `{}`).as("alice").http(t.Context(), "http://127.0.0.1/mcp")
		r.Header.Add(name, "x")
		r.Header.Add(name, "y")
		w := recorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusBadRequest {
			t.Errorf("%s: got %d %s", name, w.Code, w.Body)
		}
	}
}

// A message whose era the guard and the library might see differently gets no
// session that nobody checked.
func TestEraInDoubt(t *testing.T) {
	t.Parallel()
	h := guarded(newTools(), func(o *httpguard.Options) { o.Strict = true })
	call := callModern(1, "echo", `{"text":"hello"}`).with("Mcp-Protocol-Version", "")
	for _, odd := range []string{`"progressToken":{"a":[1]}`, `"progressToken":1e999`, `"io.modelcontextprotocol/clientCapabilities":7`} {
		r := request{header: call.header, body: strings.Replace(call.body, `"_meta":{`, `"_meta":{`+odd+",", 1)}
		if got := do(t, h, r.as("mallory")); got.status == http.StatusOK || strings.Contains(got.body, "hello") {
			t.Errorf("%s: got %d %s", odd, got.status, got.body)
		}
	}
}
