package app

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// earlier is a client of an endpoint that speaks 2025-11-25, in a session.
type earlier struct {
	*host

	header []string
}

// earlier shakes hands.
func (h *host) earlier(declares string, header ...string) earlier {
	h.t.Helper()
	l := earlier{h, append([]string{"Content-Type", "application/json", "Accept", "application/json, text/event-stream"}, header...)}
	got := l.post(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":` + declares + `,"clientInfo":{"name":"test","version":"1"}}}`)
	session := got.header.Get("Mcp-Session-Id")
	if got.status != http.StatusOK || session == "" {
		h.t.Fatalf("got %d %s", got.status, got.body)
	}
	l.header = append(l.header, "Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-11-25")
	if got := l.post(`{"jsonrpc":"2.0","method":"notifications/initialized"}`); got.status != http.StatusAccepted {
		h.t.Fatalf("got %d %s", got.status, got.body)
	}
	return l
}

// post says a message.
func (l earlier) post(body string) said {
	l.t.Helper()
	return l.send(http.MethodPost, l.url, body, l.header...)
}

// reply answers a question.
func (l earlier) reply(question, result string) said {
	l.t.Helper()
	id, err := json.Marshal(member(l.t, question, "id"))
	if err != nil {
		l.t.Fatal(err)
	}
	return l.post(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":%s}`, id, result))
}

// stream is an answer that comes in events.
type stream struct {
	status int
	body   io.ReadCloser
	lines  *bufio.Reader
	stop   context.CancelFunc
}

// open makes a call and leaves its answer open.
func (l earlier) open(id int, tool, args string) *stream {
	l.t.Helper()
	return l.stream(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":%q,"arguments":%s}}`, id, tool, args), l.header...)
}

// patience is how long a stream may stay open, or a program run on, before the
// test fails.
const patience = time.Minute

// stream says a message and leaves its answer open.
func (h *host) stream(body string, header ...string) *stream {
	h.t.Helper()
	ctx, stop := context.WithTimeout(context.WithoutCancel(h.t.Context()), patience)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := h.client.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	return &stream{res.StatusCode, res.Body, bufio.NewReader(res.Body), stop}
}

func (s *stream) close() {
	s.stop()
	_ = s.body.Close()
}

// event is the message of the next event; empty at the end.
func (s *stream) event(t *testing.T) string {
	t.Helper()
	for {
		line, err := s.lines.ReadString('\n')
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			return strings.TrimSpace(data)
		}
		if err == io.EOF {
			return ""
		}
		if err != nil {
			t.Fatalf("%v after %q", err, line)
		}
	}
}

// rest is all messages up to the end of the stream.
func (s *stream) rest(t *testing.T) string {
	t.Helper()
	var all []string
	for message := s.event(t); message != ""; message = s.event(t) {
		all = append(all, message)
	}
	return strings.Join(all, "\n")
}
