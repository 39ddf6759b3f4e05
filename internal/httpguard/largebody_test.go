package httpguard_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// Bodies of 40 MB come to nothing, stated or not, and others are served.
//
//nolint:paralleltest // it measures memory, and runs before the parallel tests
func TestMemoryOfLargeBodies(t *testing.T) {
	const senders, size = 8, 40 << 20
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- httpguard.Serve(ctx, l, guarded(newTools()), httpguard.ServeOptions{}) }()
	url := "http://" + l.Addr().String() + "/mcp"
	client := &http.Client{Transport: &http.Transport{}}
	before := sys()
	done := make(chan int)
	for i := range senders {
		go func() {
			r := callModern(1, "echo", `{}`).as("mallory").http(t.Context(), url)
			r.Body, r.ContentLength = io.NopCloser(io.LimitReader(spaces{}, size)), size
			if i%2 == 0 {
				r.ContentLength = -1
			}
			got, err := client.Do(r)
			if err != nil {
				done <- 0 // the server hung up while the client was still talking
				return
			}
			_ = got.Body.Close()
			done <- got.StatusCode
		}()
	}
	got := fetch(t, client, callModern(1, "echo", `{}`).as("alice").http(t.Context(), url))
	if got.status != http.StatusOK {
		t.Errorf("alice: got %d %s", got.status, got.body)
	}
	for range senders {
		if status := <-done; status != 0 && status != http.StatusRequestEntityTooLarge {
			t.Errorf("mallory: got %d, want 413", status)
		}
	}
	if grown := sys() - before; grown > 64<<20 {
		t.Errorf("memory grew by %d MiB", grown>>20)
	}
	client.CloseIdleConnections()
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

// spaces are endless.
type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// sys is the memory taken from the system.
func sys() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}

// Large bodies share a budget; small ones need none.
func TestBudgetOfBodies(t *testing.T) {
	t.Parallel()
	ts := newTools()
	h := guarded(ts, func(o *httpguard.Options) { o.MaxBodies = 256 << 10 })
	large := func(tool string) request {
		return callModern(1, tool, `{"padding":"`+strings.Repeat("x", 100<<10)+`"}`).as("alice")
	}
	done := make(chan reply)
	for range 2 {
		go func() { done <- do(t, h, large("wait")) }()
		<-ts.began
	}
	got := do(t, h, large("echo"))
	if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") != "1" {
		t.Errorf("a third: got %d %s", got.status, got.body)
	}
	if got := do(t, h, callModern(1, "echo", `{}`).as("alice")); got.status != http.StatusOK {
		t.Errorf("a small one: got %d %s", got.status, got.body)
	}
	close(ts.end)
	<-done
	<-done
	if got := do(t, h, large("echo")); got.status != http.StatusOK {
		t.Errorf("afterwards: got %d %s", got.status, got.body)
	}
}
