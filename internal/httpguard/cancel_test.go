package httpguard_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// TestCancel finds that a call ends when its own client cancels it in the older
// era, and that nobody else can end it.
func TestCancel(t *testing.T) {
	t.Parallel()
	ts := newTools()
	srv := httptest.NewServer(guarded(ts))
	t.Cleanup(srv.Close)
	begin := func(name string) string {
		return fetch(t, srv.Client(), initialize(`{}`).as(name).http(t.Context(), srv.URL)).header.Get("Mcp-Session-Id")
	}
	ann, bob := begin("ann"), begin("bob")
	for as, id := range map[string]any{`7.0`: 7, `"s\u0065ven"`: "seven"} {
		answered := make(chan reply, 1)
		go func() {
			answered <- fetch(t, srv.Client(), callLegacy(ann, id, "wait", `{}`).as("ann").http(t.Context(), srv.URL))
		}()
		<-ts.began
		for _, other := range []request{
			legacy(bob, nil, "notifications/cancelled", `"requestId":`+as).as("bob"),
			legacy(ann, nil, "notifications/cancelled", `"requestId":`+as).as("bob"),
			legacy(ann, nil, "notifications/cancelled", `"requestId":8`).as("ann"),
			legacy(ann, nil, "notifications/cancelled", `"requestId":null`).as("ann"),
			legacy(ann, nil, "notifications/cancelled", ``).as("ann"),
			modern(nil, "notifications/cancelled", `"requestId":`+as).as("ann"),
			callLegacy(ann, id, "echo", `{}`).as("ann"), // which is refused, and forgets nothing
		} {
			fetch(t, srv.Client(), other.http(t.Context(), srv.URL))
		}
		select {
		case got := <-answered:
			t.Errorf("others ended it: %s", got.body)
			continue
		default:
		}
		got := fetch(t, srv.Client(), legacy(ann, nil, "notifications/cancelled", `"requestId":`+as).as("ann").http(t.Context(), srv.URL))
		if got.status != http.StatusAccepted {
			t.Errorf("got %d %s", got.status, got.body)
		}
		if got := <-answered; strings.Contains(got.body, "waited") || !strings.Contains(got.body, "cancel") {
			t.Errorf("got %d %s", got.status, got.body)
		}
	}
}

// TestHangUp finds that a call ends with its connection, and is noted as one
// whose caller has gone.
func TestHangUp(t *testing.T) {
	t.Parallel()
	ts, events := newTools(), make(chan httpguard.Event, 1)
	srv := httptest.NewServer(guarded(ts, func(o *httpguard.Options) {
		o.Observe, o.Known = func(e httpguard.Event) { events <- e }, func(string) bool { return true }
	}))
	t.Cleanup(srv.Close)
	ctx, hangUp := context.WithCancel(t.Context())
	r := callModern(1, "wait", `{}`).as("ann").http(ctx, srv.URL)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		if res, err := srv.Client().Do(r); err == nil {
			_ = res.Body.Close()
			t.Errorf("it was answered with %d", res.StatusCode)
		}
	}()
	<-ts.began
	hangUp()
	<-gone
	if e := <-events; e.Status != 499 || e.Reason != "gone" || e.Name != "wait" {
		t.Errorf("got %+v", e)
	}
}
