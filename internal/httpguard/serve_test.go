package httpguard_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// Whoever sends headers or a body too slowly is let go. The clock is the
// test's own.
func TestSlow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sent  string
		after time.Duration
		want  string
	}{
		"headers":          {"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n", 5 * time.Second, ""},
		"nothing":          {"", 5 * time.Second, ""},
		"a body refused":   {"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{", 0, "HTTP/1.1 401"},
		"a chunk refused":  {"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{", 0, "HTTP/1.1 401"},
		"a method refused": {"GET /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{", 0, "HTTP/1.1 405"},
		"a body announced": {"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n", 0, "HTTP/1.1 401"},
		"body":             {"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: alice\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{", 30 * time.Second, "HTTP/1.1 408"},
		"a chunk":          {"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: alice\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{", 30 * time.Second, "HTTP/1.1 408"},
		"a next request":   {"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 3 * time.Minute, "HTTP/1.1 401"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l := newPipes()
				ctx, stop := context.WithCancel(t.Context())
				served := make(chan error, 1)
				go func() { served <- httpguard.Serve(ctx, l, guarded(newTools()), httpguard.ServeOptions{}) }()
				conn, err := l.dial(t.Context(), "", "")
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				go func() { _, _ = io.WriteString(conn, c.sent) }()
				got, _ := io.ReadAll(conn)
				if took := time.Since(start); took < c.after || took > c.after+time.Second {
					t.Errorf("let go after %v, want %v", took, c.after)
				}
				if !strings.HasPrefix(string(got), c.want) {
					t.Errorf("got %q, want %q", got, c.want)
				}
				stop()
				if err := <-served; err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// Whoever does not read is let go too, and does not hold the others up.
func TestNobodyReads(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		failed := make(chan error, 1)
		h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, err := w.Write(make([]byte, 1<<20))
			failed <- err
		})
		l := newPipes()
		ctx, stop := context.WithCancel(t.Context())
		served := make(chan error, 1)
		go func() { served <- httpguard.Serve(ctx, l, h, httpguard.ServeOptions{}) }()
		conn, err := l.dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
		if err := <-failed; !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("the write ended with %v", err)
		}
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
}

// A call may take longer than a request may take to be read, and a stream
// longer than a write.
func TestSlowCallIsNotCut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ts := newTools()
		url, client := serve(t, guarded(ts), httpguard.ServeOptions{})
		time.AfterFunc(5*time.Minute, func() { close(ts.end) })
		got := fetch(t, client, callModern(1, "wait", `{}`).as("alice").http(t.Context(), url))
		if !strings.Contains(got.body, "waited") {
			t.Errorf("got %d %s", got.status, got.body)
		}
	})
}

// Told to stop, the server lets calls finish, ends streams that only wait, and
// takes nothing new.
func TestDrain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ts := newTools()
		o := httpguard.Options{Authenticator: byName{}, Loopback: true, Sessions: httpguard.NewSessions(nil, 0)}
		h := httpguard.New(server.NewStreamableHTTPServer(
			ts.server(server.WithToolCapabilities(true)), o.Sessions.ServerOptions()...), o)
		l := newPipes()
		ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
		served := make(chan error, 1)
		go func() { served <- httpguard.Serve(ctx, l, h, httpguard.ServeOptions{}) }()
		client := l.client(t)

		listen := modern(1, "subscriptions/listen", `"notifications":{"toolsListChanged":true}`).as("alice")
		stream, err := client.Do(listen.http(t.Context(), "http://127.0.0.1/mcp"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = stream.Body.Close() }()
		answered := make(chan reply, 1)
		go func() {
			answered <- fetch(t, client, callModern(2, "wait", `{}`).as("alice").http(t.Context(), "http://127.0.0.1/mcp"))
		}()
		<-ts.began

		stop()
		synctest.Wait()
		if _, err := io.ReadAll(stream.Body); err != nil {
			t.Errorf("the stream broke off: %v", err)
		}
		select {
		case err := <-served:
			t.Fatalf("over before the call was: %v", err)
		default:
		}
		if _, err := l.dial(t.Context(), "", ""); !errors.Is(err, net.ErrClosed) {
			t.Errorf("a new connection: %v", err)
		}
		close(ts.end)
		if got := <-answered; !strings.Contains(got.body, "waited") {
			t.Errorf("the call was answered %d %s", got.status, got.body)
		}
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
}

// What still runs when the grace is over is cut off.
func TestDrainCutsOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ts := newTools()
		l := newPipes()
		ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
		served := make(chan error, 1)
		go func() { served <- httpguard.Serve(ctx, l, guarded(ts), httpguard.ServeOptions{Grace: 3 * time.Second}) }()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			got, err := l.client(t).Do(callModern(1, "wait", `{}`).as("alice").http(t.Context(), "http://127.0.0.1/mcp"))
			if err == nil {
				_ = got.Body.Close()
			}
		}()
		<-ts.began
		start := time.Now()
		stop()
		if err := <-served; !errors.Is(err, httpguard.ErrCutOff) {
			t.Errorf("got %v, want %v", err, httpguard.ErrCutOff)
		}
		if took := time.Since(start); took < 3*time.Second || took > 5*time.Second {
			t.Errorf("it took %v", took)
		}
		<-ended
	})
}

// More connections than allowed wait.
func TestConnections(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ts := newTools()
		url, client := serve(t, guarded(ts), httpguard.ServeOptions{Connections: 2})
		answered := make(chan reply)
		for range 3 {
			go func() { answered <- fetch(t, client, callModern(1, "wait", `{}`).as("alice").http(t.Context(), url)) }()
		}
		synctest.Wait()
		if n := len(ts.began); n != 2 {
			t.Errorf("%d calls run, want 2", n)
		}
		close(ts.end)
		for range 3 {
			<-answered
		}
	})
}

// A stream says what proxies need to know, and lives.
func TestStream(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := httpguard.Options{Authenticator: byName{}, Loopback: true, Sessions: httpguard.NewSessions(nil, 0)}
		h := httpguard.New(server.NewStreamableHTTPServer(
			newTools().server(server.WithToolCapabilities(true)), o.Sessions.ServerOptions()...), o)
		url, client := serve(t, h, httpguard.ServeOptions{})
		ctx, leave := context.WithCancel(t.Context())
		listen := modern(1, "subscriptions/listen", `"notifications":{"toolsListChanged":true}`).as("alice")
		stream, err := client.Do(listen.http(ctx, url))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = stream.Body.Close() }()
		if got := stream.Header.Get("X-Accel-Buffering") + " " + stream.Header.Get("Cache-Control"); got != "no no-store" {
			t.Errorf("got the headers %v", stream.Header)
		}
		start, comments := time.Now(), 0
		for lines := bufio.NewScanner(stream.Body); comments < 4 && lines.Scan(); {
			if lines.Text() == ":" {
				comments++
			}
		}
		if took := time.Since(start); took != 100*time.Second {
			t.Errorf("four comments took %v, want 100 s", took)
		}
		leave()
	})
}
