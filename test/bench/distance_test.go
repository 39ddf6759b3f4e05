package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestDistance finds that requests wait side by side, that a new connection
// waits once more, and that both are counted until the count begins anew.
func TestDistance(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &distance{latency: time.Second, api: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Far", "yes")
			w.WriteHeader(http.StatusTeapot)
			_, _ = w.Write([]byte("short and stout"))
		})}
		get := func(ctx context.Context, want time.Duration) {
			begun, w := time.Now(), httptest.NewRecorder()
			d.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/pot?page=0", http.NoBody))
			if took := time.Since(begun); took != want {
				t.Errorf("it took %v, want %v", took, want)
			}
			if w.Code != http.StatusTeapot || w.Header().Get("X-Far") != "yes" || w.Body.String() != "short and stout" {
				t.Errorf("got %d %v %q", w.Code, w.Header(), w.Body)
			}
		}
		connection := d.connected(t.Context(), nil)
		get(connection, 2*time.Second)
		get(connection, time.Second)
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() { get(connection, time.Second) })
		}
		all.Wait()
		if trips := d.counted(); len(trips) != 5 || inSequence(trips) != 3 || trips[0].what != "GET /pot?page=0" {
			t.Errorf("counted %v", trips)
		}
		if err := d.settle(t.Context()); err != nil {
			t.Error(err)
		}
		d.forget()
		if trips := d.counted(); len(trips) != 0 {
			t.Errorf("counted %v after all was forgotten", trips)
		}
	})
}

// TestDistanceSettles finds that one waits until a request that is on its way
// has come back.
func TestDistanceSettles(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &distance{latency: time.Second, api: http.NotFoundHandler()}
		go d.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody))
		synctest.Wait()
		if err := d.settle(t.Context()); err != nil || len(d.counted()) != 1 {
			t.Errorf("%v, with %v counted", err, d.counted())
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		d.note(func() { d.open++ })
		if d.settle(ctx) == nil {
			t.Error("it settled though a request is on its way")
		}
	})
}
