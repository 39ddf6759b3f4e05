package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
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
		d := &distance{latency: time.Second, setUp: 2 * time.Second, api: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
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
		get(connection, 3*time.Second)
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

// TestMoveAway finds that the API can be reached over HTTP/1.1, and
// with a certificate over the second.
func TestMoveAway(t *testing.T) {
	t.Parallel()
	as, err := identify(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for proto, as := range map[string]*identity{"HTTP/1.1": nil, "HTTP/2.0": as} {
		t.Run(proto, func(t *testing.T) {
			t.Parallel()
			d, err := moveAway(t.Context(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.Proto)) }), time.Millisecond, as)
			if err != nil {
				t.Fatal(err)
			}
			defer d.server.Close() //nolint:errcheck // nothing is left of it
			trusted := x509.NewCertPool()
			if as != nil {
				b, err := os.ReadFile(as.file)
				if err != nil || !trusted.AppendCertsFromPEM(b) {
					t.Fatal("no certificate", err)
				}
			}
			c := http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: trusted}}}
			defer c.CloseIdleConnections()
			for range 2 {
				res, err := c.Get(d.url + "/v1/company")
				if err != nil {
					t.Fatal(err)
				}
				b, err := io.ReadAll(res.Body)
				_ = res.Body.Close()
				if err != nil || string(b) != proto {
					t.Errorf("it spoke %q, %v", b, err)
				}
			}
			if n := inSequence(d.counted()); n != 2 {
				t.Errorf("%d in sequence", n)
			}
		})
	}
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
