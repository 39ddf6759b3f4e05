package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"sync"
	"time"
)

// distance puts an API far away: every answer comes a latency after its
// request, half of it on the way there and half on the way back, however many
// requests are on their way, and a new connection takes one latency more, or
// two with TLS. It keeps count of the requests.
type distance struct {
	api     http.Handler
	latency time.Duration
	setUp   time.Duration // of a connection
	url     string
	server  *http.Server

	mu    sync.Mutex
	trips []trip // those that ended
	open  int    // how many are on their way
	last  time.Time
}

// moveAway serves an API at a distance, on a loopback address: over HTTP/1.1,
// or, with an identity, over HTTP/2.
func moveAway(ctx context.Context, api http.Handler, latency time.Duration, as *identity) (*distance, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d := &distance{api: api, latency: latency, setUp: latency, url: "http://" + l.Addr().String(), last: time.Now()}
	d.server = &http.Server{Handler: d, ReadHeaderTimeout: 10 * time.Second, ConnContext: d.connected}
	serve := d.server.Serve
	if as != nil {
		d.setUp, d.url, d.server.TLSConfig = 2*latency, "https://"+l.Addr().String(), as.config
		serve = func(l net.Listener) error { return d.server.ServeTLS(l, "", "") }
	}
	go func() {
		if err := serve(l); !errors.Is(err, http.ErrServerClosed) {
			panic(fmt.Errorf("the far API: %w", err)) // nothing can be measured without it
		}
	}()
	return d, nil
}

// usable is the key of the moment from which a connection carries requests.
type usable struct{}

func (d *distance) connected(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, usable{}, time.Now().Add(d.setUp))
}

// ServeHTTP holds an answer back as a whole: what has been counted as ended
// cannot have been read before.
func (d *distance) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	d.note(func() { d.open++ })
	ready, _ := r.Context().Value(usable{}).(time.Time) // zero is past, too
	wait(r.Context(), max(0, time.Until(ready))+d.latency/2)
	a := answer{header: make(http.Header), status: http.StatusOK}
	d.api.ServeHTTP(&a, r)
	wait(r.Context(), d.latency/2)
	d.note(func() {
		d.open--
		d.trips = append(d.trips, trip{r.Method + " " + r.URL.RequestURI(), began, time.Now()})
	})
	a.send(w)
}

// note changes the count.
func (d *distance) note(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
	d.last = time.Now()
}

// forget begins the count anew.
func (d *distance) forget() { d.note(func() { d.trips = nil }) }

// counted are the requests that have ended since.
func (d *distance) counted() []trip {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.trips
}

// settle waits until no request has been on its way for a while: whatever a
// program asks by itself is over then.
func (d *distance) settle(ctx context.Context) error {
	calm := d.latency + 100*time.Millisecond
	for {
		d.mu.Lock()
		left := calm - time.Since(d.last)
		if d.open > 0 {
			left = calm
		}
		d.mu.Unlock()
		if left <= 0 || ctx.Err() != nil {
			return ctx.Err()
		}
		wait(ctx, left)
	}
}

// wait waits, or until the context ends.
func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// answer is a response that is still to be sent.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = status }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

func (a *answer) send(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes()) // a client that went away measures nothing
}
