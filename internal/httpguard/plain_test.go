package httpguard_test

import (
	"strings"
	"testing"
)

// TestNotDirect finds that what is out of the ordinary is left to the library.
func TestNotDirect(t *testing.T) {
	t.Parallel()
	d := newDesk()
	short, long := d.handler(t, true), d.handler(t, false)
	id := session(t, long, "ann", "{}")
	plain, old := callModern(1, "say", `{}`), callLegacy(id, 1, "say", `{}`)
	for name, r := range map[string]request{
		"a progress token":          plain.sub(`"_meta":{`, `"_meta":{"progressToken":1,`),
		"a progress token, legacy":  legacy(id, 1, "tools/call", `"name":"say","_meta":{"progressToken":"x"}`),
		"no capabilities":           plain.sub(`,"io.modelcontextprotocol/clientCapabilities":{}`, ``),
		"null capabilities":         plain.sub(`Capabilities":{}`, `Capabilities":null`),
		"odd capabilities":          plain.sub(`Capabilities":{}`, `Capabilities":{"elicitation":7}`),
		"a task":                    plain.sub(`"name"`, `"task":{},"name"`),
		"a reply":                   plain.sub(`"name"`, `"requestState":"x","inputResponses":{},"name"`),
		"more at the top":           old.sub(`"params"`, `"extra":{"arguments":{}},"params"`),
		"no object":                 old.sub(`"arguments":{}`, `"arguments":[{}]`),
		"null arguments":            old.sub(`"arguments":{}`, `"arguments":null`),
		"arguments twice":           old.sub(`"arguments":{}`, `"arguments":{"a":1},"arguments":{"b":1}`),
		"Arguments":                 old.sub(`"arguments":{}`, `"Arguments":{"a":1}`),
		"_meta that is none":        old.sub(`"arguments":{}`, `"_meta":7`),
		"another name above":        plain.with("Mcp-Name", "echo"),
		"no name above":             plain.with("Mcp-Name", ""),
		"another method above":      plain.with("Mcp-Method", "tools/list"),
		"another era above":         plain.with("Mcp-Protocol-Version", "2027-01-01"),
		"an unknown era above":      old.with("Mcp-Protocol-Version", "2025-12-01"),
		"a modern header alone":     old.with("Mcp-Protocol-Version", "2026-07-28"),
		"an event to resume from":   plain.with("Last-Event-ID", "1"),
		"a tool that nobody takes":  callModern(1, "written", `{}`),
		"a tool that there is not":  callModern(1, "nothing", `{}`),
		"a call that is left":       callModern(1, "told", `{}`),
		"a name that is none":       old.sub(`"say"`, `7`),
		"no name":                   old.sub(`"name":"say",`, ``),
		"no params":                 {header: old.header, body: `{"jsonrpc":"2.0","id":1,"method":"tools/call"}`},
		"another method":            legacy(id, 1, "tools/list", `"name":"say","arguments":{}`),
		"a notification":            {header: old.header, body: `{"jsonrpc":"2.0","method":"tools/call","params":{"name":"say"}}`},
		"a session of others":       old.with("Mcp-Session-Id", "foreign"),
		"a name that is no plain":   plain.with("Mcp-Name", "=?base64?c2F5?="),
		"a body of a later era":     plain.sub(`"2026-07-28"`, `"2027-01-01"`).with("Mcp-Protocol-Version", "2027-01-01"),
		"misspelt":                  old.sub(`"name"`, `"Name"`),
		"a result beside the call":  old.sub(`"params"`, `"result":{},"params"`),
		"parameters that are a row": {header: old.header, body: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[{"name":"say"}]}`},
	} {
		sameReply(t, name, do(t, short, r.as("ann")), do(t, long, r.as("ann")))
		if d.calls.Load() != 0 {
			t.Fatalf("%s: it was taken directly", name)
		}
	}
}

// sub returns r with a part of its body exchanged, which must be there.
func (r request) sub(old, with string) request {
	if !strings.Contains(r.body, old) {
		panic(old + " is not in " + r.body)
	}
	r.body = strings.Replace(r.body, old, with, 1)
	return r
}

// FuzzDirect finds that any body is answered the same with the way past the
// library and without.
func FuzzDirect(f *testing.F) {
	d := newDesk()
	short, long := d.handler(f, true), d.handler(f, false)
	w := recorder()
	long.ServeHTTP(w, initialize(`{}`).as("ann").http(f.Context(), "http://127.0.0.1/mcp"))
	id := w.Header().Get("Mcp-Session-Id")
	for _, r := range []request{
		callModern(1, "say", `{"text":"hello","a":[{}]}`), callLegacy(id, "x", "say", `{"b":{"c":"}"}}`), legacy(id, 1, "tools/call", `"name":"say","_meta":{"a":{}}`),
		callLegacy(id, 1, "say", `{}`).sub(`"arguments":{}`, `"arguments":{"a":1},"arguments":[2],"Arguments":{"a":1}`),
		callModern(1, "say", `null`), callModern(1, "nothing", `{}`), legacy(id, 1, "tools/call", `"name":"say","x":[{"y":1}],"arguments":{"z":{}}`),
	} {
		f.Add(r.header["Mcp-Protocol-Version"], []byte(r.body))
	}
	f.Fuzz(func(t *testing.T, version string, body []byte) {
		r := request{header: map[string]string{"Mcp-Session-Id": id}, body: string(body)}.as("ann")
		if version != "" {
			r = r.with("Mcp-Protocol-Version", version).with("Mcp-Method", "tools/call").with("Mcp-Name", "say")
		}
		sameReply(t, r.body, do(t, short, r), do(t, long, r))
	})
}
