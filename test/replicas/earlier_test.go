package replicas_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/scenario"
)

// earlier is a client of revision 2025-11-25, in a session.
type earlier struct {
	fleet   *fleet
	session string
	calls   int
}

// shake begins a session.
func (f *fleet) shake(t *testing.T, capabilities string) *earlier {
	t.Helper()
	e := &earlier{fleet: f}
	res := e.post(t, `{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":`+capabilities+`,"clientInfo":{"name":"test","version":"1"}}}`)
	e.session = res.Header.Get("Mcp-Session-Id")
	if said := whole(t, res); res.StatusCode != http.StatusOK || e.session == "" {
		t.Fatalf("got %d %s", res.StatusCode, said)
	}
	if res := e.post(t, `{"jsonrpc":"2.0","method":"notifications/initialized"}`); res.StatusCode != http.StatusAccepted {
		t.Fatalf("got %d %s", res.StatusCode, whole(t, res))
	}
	return e
}

// post says a message. Its answer may be a stream.
func (e *earlier) post(t *testing.T, body string) *http.Response {
	t.Helper()
	return e.send(t, http.MethodPost, body)
}

func (e *earlier) send(t *testing.T, method, body string) *http.Response {
	t.Helper()
	// A stream outlives what the test does with its context.
	req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), method, "https://"+public+"/mcp", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	if e.session != "" {
		req.Header.Set("Mcp-Session-Id", e.session)
		req.Header.Set("Mcp-Protocol-Version", "2025-11-25")
	}
	res, err := e.fleet.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func whole(t *testing.T, res *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// message is one of JSON-RPC from the server.
type message struct {
	ID     json.RawMessage     `json:"id"`
	Method string              `json:"method"`
	Result *mcp.CallToolResult `json:"result"`
}

// begin makes a call and returns its answer, which is open yet.
func (e *earlier) begin(t *testing.T, tool string, arguments map[string]any) *http.Response {
	t.Helper()
	args, err := json.Marshal(arguments)
	if err != nil {
		t.Fatal(err)
	}
	if arguments == nil {
		args = []byte("{}")
	}
	e.calls++
	return e.post(t, fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":%q,"arguments":%s}}`, e.calls, tool, args))
}

// next is the next message of an answer.
func next(t *testing.T, lines *bufio.Reader) message {
	t.Helper()
	for {
		line, err := lines.ReadString('\n')
		data := strings.TrimSpace(strings.TrimPrefix(line, "data: "))
		if strings.HasPrefix(data, "{") {
			var m message
			if err := json.Unmarshal([]byte(data), &m); err != nil {
				t.Fatalf("%v in %s", err, data)
			}
			return m
		}
		if err != nil {
			t.Fatalf("%v instead of an answer", err)
		}
	}
}

// reply answers a question.
func (e *earlier) reply(t *testing.T, question json.RawMessage) *http.Response {
	t.Helper()
	return e.post(t, fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":{"action":"accept","content":{"confirm":true}}}`, question))
}

// call makes a call, and has the person agree when they are asked.
func (e *earlier) call(t *testing.T, tool string, arguments map[string]any) *mcp.CallToolResult {
	t.Helper()
	res := e.begin(t, tool, arguments)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: got %d %s", tool, res.StatusCode, whole(t, res))
	}
	lines := bufio.NewReader(res.Body)
	m := next(t, lines)
	for m.Method != "" {
		if got := e.reply(t, m.ID); got.StatusCode != http.StatusAccepted {
			t.Fatalf("%s: the reply got %d %s", tool, got.StatusCode, whole(t, got))
		}
		m = next(t, lines)
	}
	if m.Result == nil {
		t.Fatalf("%s: no result", tool)
	}
	return m.Result
}

// TestEarlierByToken calls every tool in a session of 2025-11-25 without
// stickiness: who cannot be asked needs none.
func TestEarlierByToken(t *testing.T) {
	t.Parallel()
	f := launch(t, false)
	e := f.shake(t, `{}`)
	client{fleet: f, call: e.call, travels: true}.play(t)

	// To end it ends it where the request lands. Elsewhere it is good for its
	// own caller until its time is up.
	if res := e.send(t, http.MethodDelete, ""); res.StatusCode != http.StatusOK && res.StatusCode != http.StatusNoContent {
		t.Errorf("got %d %s", res.StatusCode, whole(t, res))
	}
	var all []int
	for range f.replicas {
		all = append(all, e.post(t, `{"jsonrpc":"2.0","id":99,"method":"tools/list"}`).StatusCode)
	}
	if slices.Sort(all); !slices.Equal(all, []int{http.StatusOK, http.StatusOK, http.StatusNotFound}) {
		t.Errorf("the replicas answer %v", all)
	}
}

// TestEarlierAsked calls every tool in a session of 2025-11-25, asking the
// person, with nginx sending a session always to the same replica.
func TestEarlierAsked(t *testing.T) {
	t.Parallel()
	f := launch(t, true)
	e := f.shake(t, `{"elicitation":{}}`)
	begun := len(f.visited.since(0))
	client{fleet: f, call: e.call, asks: true}.play(t)
	if went := slices.Compact(f.visited.since(begun)); len(went) != 1 {
		t.Errorf("one session went to %q", went)
	}
}

// TestEarlierAskedElsewhere shows what stickiness is for: the reply to a
// question does nothing at a replica that did not put it, and the call waits.
func TestEarlierAskedElsewhere(t *testing.T) {
	t.Parallel()
	f := launch(t, false)
	e := f.shake(t, `{"elicitation":{}}`)
	made := e.call(t, "create_invoice", map[string]any{
		"client": "Northwind Bakery", "items": []any{map[string]any{"name": "Flour", "quantity": 1, "price": "10.00"}},
	})
	number := scenario.At(made, "number")
	call := e.begin(t, "send_invoice", map[string]any{"invoice": number})
	lines := bufio.NewReader(call.Body)
	question := next(t, lines)
	if question.Method != "elicitation/create" {
		t.Fatalf("got %+v", question)
	}
	status := func() any { return scenario.At(e.call(t, "get_invoice", map[string]any{"invoice": number}), "status") }
	asking := call.Header.Get(replicaHeader)
	elsewhere := 0
	for {
		got := e.reply(t, question.ID)
		if got.Header.Get(replicaHeader) == asking {
			break
		}
		elsewhere++
		if now := status(); got.StatusCode != http.StatusNotFound || now != "Draft" {
			t.Errorf("a reply elsewhere got %d and made it %v", got.StatusCode, now)
		}
		if elsewhere > len(f.replicas) {
			t.Fatal("the replica that asks is never reached")
		}
	}
	if elsewhere == 0 {
		t.Error("the first reply came to the replica that asks, by chance")
	}
	if m := next(t, lines); m.Result == nil || m.Result.IsError {
		t.Errorf("got %+v", m)
	}
	if now := status(); now != "Sent" {
		t.Errorf("in the end it is %v", now)
	}
}
