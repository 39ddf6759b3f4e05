package httpguard_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// TestQuestionsHoldNoSlots finds that questions which wait for a person leave
// the places for calls to others, that they are limited by themselves, and that
// a reply still gets its call done.
func TestQuestionsHoldNoSlots(t *testing.T) {
	t.Parallel()
	const most = 64
	srv := httptest.NewServer(limited(newTools(), httpguard.Limits{Concurrent: 4}))
	t.Cleanup(srv.Close)
	client := srv.Client()
	id := fetch(t, client, initialize(`{"elicitation":{}}`).as("alice").http(t.Context(), srv.URL)).header.Get("Mcp-Session-Id")
	open := make([]asking, 0, most)
	for n := range most {
		open = append(open, putQuestion(t.Context(), t, srv, callLegacy(id, n+1, "ask", `{}`).as("alice")))
	}
	call := func(number int, tool string) reply {
		return fetch(t, client, callLegacy(id, number, tool, `{}`).as("alice").http(t.Context(), srv.URL))
	}
	if got := call(1000, "echo"); got.status != http.StatusOK || got.code(t) != 0 {
		t.Errorf("beside the questions: got %d %s", got.status, got.body)
	}
	if got := call(1001, "ask"); !strings.Contains(got.body, "too many questions") {
		t.Errorf("one question too many: got %d %s", got.status, got.body)
	}
	for _, a := range open {
		if got := fetch(t, client, replyTo(id, a.question, `"result":{"action":"accept"}`).as("alice").http(t.Context(), srv.URL)); got.status != http.StatusAccepted {
			t.Fatalf("a reply: got %d %s", got.status, got.body)
		}
		if got := a.end(t); !strings.Contains(got, "accept") {
			t.Errorf("after the reply: got %s", got)
		}
	}
	for n := range 8 { // more than there are places: none was lost
		if got := call(2000+n, "echo"); got.status != http.StatusOK {
			t.Errorf("afterwards: got %d %s", got.status, got.body)
		}
	}
}

// TestLargeQuestion finds that a call with a large body does not wait for a
// person: the memory it holds is everybody's.
func TestLargeQuestion(t *testing.T) {
	t.Parallel()
	h := guarded(newTools())
	id := session(t, h, "alice", `{"elicitation":{}}`)
	got := do(t, h, callLegacy(id, 1, "ask", `{"text":"`+strings.Repeat("a", 20<<10)+`"}`).as("alice"))
	if !strings.Contains(got.body, "too large") {
		t.Errorf("got %d %s", got.status, got.body)
	}
}
