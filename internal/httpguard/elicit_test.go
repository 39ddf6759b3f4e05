package httpguard_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/server"
)

// asking is a call that waits for the reply to its question.
type asking struct {
	question string
	stream   *bufio.Reader
}

// putQuestion calls the tool that asks, and reads the question's id as written.
func putQuestion(ctx context.Context, t *testing.T, srv *httptest.Server, r request) asking {
	t.Helper()
	answer, err := srv.Client().Do(r.http(ctx, srv.URL))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	a := asking{stream: bufio.NewReader(answer.Body)}
	for a.question == "" {
		line, err := a.stream.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if _, id, found := strings.Cut(line, `"id":`); found {
			a.question = id[:strings.IndexAny(id, ",}")]
		}
	}
	return a
}

// end is what the call ends with.
func (a asking) end(t *testing.T) string {
	t.Helper()
	rest, err := io.ReadAll(a.stream)
	if err != nil {
		t.Fatal(err)
	}
	return string(rest)
}

// replyTo is a client's reply to a question.
func replyTo(session, question, outcome string) request {
	r := legacy(session, nil, "", "")
	r.body = `{"jsonrpc":"2.0","id":` + question + `,` + outcome + `}`
	return r
}

// Two calls of one session may both ask, and the person takes their time.
func TestRepliesToOverlappingQuestions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		handler http.Handler
		second  int
	}{
		"bare":    {bare(newTools(), server.WithStateLess(true)), http.StatusNotFound},
		"guarded": {guarded(newTools()), http.StatusAccepted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(c.handler)
			t.Cleanup(srv.Close)
			id := "any"
			if name == "guarded" {
				id = fetch(t, srv.Client(), initialize(`{"elicitation":{}}`).as("alice").http(t.Context(), srv.URL)).header.Get("Mcp-Session-Id")
			}
			first := putQuestion(t.Context(), t, srv, callLegacy(id, 1, "ask", `{}`).as("alice"))
			ctx, hangUp := context.WithCancel(t.Context())
			defer hangUp()
			second := putQuestion(ctx, t, srv, callLegacy(id, 2, "ask", `{}`).as("alice"))
			reply := func(a asking, action string) int {
				return fetch(t, srv.Client(), replyTo(id, a.question, `"result":{"action":"`+action+`"}`).as("alice").http(t.Context(), srv.URL)).status
			}
			if got := reply(first, "accept"); got != http.StatusAccepted {
				t.Errorf("first: got %d", got)
			}
			if got := first.end(t); !strings.Contains(got, `"id":1`) || !strings.Contains(got, "accept") {
				t.Errorf("first: got %s", got)
			}
			if got := reply(second, "decline"); got != c.second {
				t.Fatalf("second: got %d, want %d", got, c.second)
			}
			if c.second != http.StatusAccepted {
				return
			}
			if got := second.end(t); !strings.Contains(got, `"id":2`) || !strings.Contains(got, "decline") {
				t.Errorf("second: got %s", got)
			}
			if got := reply(second, "accept"); got != http.StatusNotFound {
				t.Errorf("a second reply to the same question: got %d", got)
			}
		})
	}
}

// What is no reply ends the call as an error, and no call waits for it.
func TestNoReply(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(guarded(newTools()))
	t.Cleanup(srv.Close)
	id := fetch(t, srv.Client(), initialize(`{"elicitation":{}}`).as("alice").http(t.Context(), srv.URL)).header.Get("Mcp-Session-Id")
	for name, outcome := range map[string]string{
		"error":    `"error":{"code":-32601,"message":"no such method"}`,
		"nothing":  `"result":null`,
		"nonsense": `"result":[1]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			call := putQuestion(t.Context(), t, srv, callLegacy(id, name, "ask", `{}`).as("alice"))
			got := fetch(t, srv.Client(), replyTo(id, call.question, outcome).as("alice").http(t.Context(), srv.URL))
			if got.status != http.StatusAccepted {
				t.Errorf("got %d %s", got.status, got.body)
			}
			if got := call.end(t); !strings.Contains(got, `"error"`) {
				t.Errorf("got %s", got)
			}
		})
	}
}
