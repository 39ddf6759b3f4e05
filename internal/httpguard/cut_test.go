package httpguard_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// TestCutOffIsAnError finds that a call which is cut off when the server stops
// is told so, as an answer or on a stream that has begun: 200 and nothing would
// be taken for done.
func TestCutOffIsAnError(t *testing.T) {
	t.Parallel()
	ts, told := newTools(), newTools()
	for name, c := range map[string]struct {
		handler http.Handler
		call    request
		began   chan string
		status  int
	}{
		"an answer": {guarded(ts), callModern(1, "wait", `{}`), ts.began, http.StatusInternalServerError},
		"a stream":  {guarded(told), callModern(1, "tellwait", `{}`), told.began, http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			client := &http.Client{Transport: &http.Transport{}}
			ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
			served := make(chan error, 1)
			go func() {
				served <- httpguard.Serve(ctx, l, c.handler, httpguard.ServeOptions{Grace: 10 * time.Millisecond})
			}()
			answered := make(chan reply, 1)
			go func() {
				answered <- fetch(t, client, c.call.as("alice").http(t.Context(), "http://"+l.Addr().String()+"/mcp"))
			}()
			<-c.began
			stop()
			got := <-answered
			if got.status != c.status || got.code(t) != -32603 || !strings.Contains(got.body, "stopped") || !strings.Contains(got.body, `"id":1`) {
				t.Errorf("got %d %q", got.status, got.body)
			}
			if err := <-served; err != nil {
				t.Logf("it ended with %v", err)
			}
		})
	}
}

// TestHalfClosed finds that a caller who sends no more, and still reads, is not
// told 200 and nothing.
func TestHalfClosed(t *testing.T) {
	t.Parallel()
	ts := newTools()
	srv := httptest.NewServer(guarded(ts))
	t.Cleanup(srv.Close)
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := callModern(1, "wait", `{}`).as("alice").http(t.Context(), srv.URL).Write(conn); err != nil {
		t.Fatal(err)
	}
	<-ts.began
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return // hung up on: that is no answer either
	}
	body, _ := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if res.StatusCode == http.StatusOK || !strings.Contains(string(body), "not known") {
		t.Errorf("got %d %q", res.StatusCode, body)
	}
}

// TestQuestionEndsWithServer finds that a call which waits for a person does
// not hold up a server that stops: their reply could not reach it any more.
func TestQuestionEndsWithServer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newPipes()
		ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
		served := make(chan error, 1)
		go func() { served <- httpguard.Serve(ctx, l, guarded(newTools()), httpguard.ServeOptions{}) }()
		client := l.client(t)
		const url = "http://127.0.0.1/mcp"
		id := fetch(t, client, initialize(`{"elicitation":{}}`).as("alice").http(t.Context(), url)).header.Get("Mcp-Session-Id")
		answered := make(chan reply, 1)
		go func() {
			answered <- fetch(t, client, callLegacy(id, 1, "ask", `{}`).as("alice").http(t.Context(), url))
		}()
		synctest.Wait()
		start := time.Now()
		stop()
		if got := <-answered; got.code(t) != -32603 || !strings.Contains(got.body, "stopping") {
			t.Errorf("got %d %s", got.status, got.body)
		}
		if err := <-served; err != nil || time.Since(start) > time.Second {
			t.Errorf("it took %v and ended with %v", time.Since(start), err)
		}
	})
}
